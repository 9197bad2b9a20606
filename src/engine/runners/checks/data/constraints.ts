// constraints.json of a data quality check, as a baseline suggests it.
// Source: Developer Guide, "Schema for Constraints (constraints.json file)".

import type {JsonObject} from '../../../../definition/json.ts'
import type {ColumnSummary} from './column.ts'

/**
 * As the prebuilt container writes it: all values must have the type and come from the domain (1.0), although the guide's
 * table gives 0.1 as the default of the two thresholds.
 */
const monitoringConfig: JsonObject = {
  evaluate_constraints: 'Enabled',
  emit_metrics: 'Enabled',
  datatype_check_threshold: 1,
  domain_content_threshold: 1,
  distribution_constraints: {
    perform_comparison: 'Enabled',
    comparison_threshold: 0.1,
    comparison_method: 'Robust',
    categorical_comparison_threshold: 0.1,
    categorical_drift_method: 'LInfinity',
  },
}

export function constraintsDocument(columns: readonly ColumnSummary[], rows: number): JsonObject {
  return {
    version: 0,
    features: columns.map((column) => suggest(column, rows)),
    monitoring_config: monitoringConfig,
  }
}

function suggest(column: ColumnSummary, rows: number): JsonObject {
  const {name, type, numbers} = column
  const domain = domainOf(column)
  return {
    name,
    inferred_type: type,
    completeness: rows === 0 ? 1 : column.present / rows,
    ...(numbers ? {num_constraints: {is_non_negative: (numbers[0] ?? 0) >= 0}} : {}),
    ...(domain ? {string_constraints: {domains: domain}} : {}),
  }
}

/** Of texts that repeat: at most a tenth of the distinct values occurs once, as deequ's rule for categories has it. */
function domainOf({type, categories}: ColumnSummary): string[] | undefined {
  if (type !== 'String' || !categories) return undefined
  const once = [...categories.values()].filter((count) => count === 1).length
  return once <= categories.size / 10 ? [...categories.keys()].sort() : undefined
}
