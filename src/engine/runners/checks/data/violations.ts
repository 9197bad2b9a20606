// What a data set does that its baseline forbids: the six checks of Model Monitor.
// Source: Developer Guide, "Schema for Violations (constraint_violations.json file)"; sentences as the prebuilt container
// has been seen to write them.

import type {Json, JsonObject} from '../../../../definition/json.ts'
import {isJsonObject} from '../../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../../definition/json-members.ts'
import type {ColumnSummary} from './column.ts'
import {categoricalDistance, type Method, numericalDistance} from './drift.ts'
import {sketchOf, weightedOf, weightedValues} from './sketch.ts'

export type Violation = {
  readonly feature_name: string
  readonly constraint_check_type: string
  readonly description: string
}

export type Baseline = {readonly statistics: JsonObject; readonly constraints: JsonObject}

/** Compares the columns of the data with the baseline's two documents. */
export function findDataViolations(columns: readonly ColumnSummary[], rows: number, baseline: Baseline): Violation[] {
  const overall = merged({}, baseline.constraints.monitoring_config)
  if (overall.evaluate_constraints === 'Disabled') return []

  const features = objectsAt(baseline.constraints, 'features')
  const statistics = new Map(objectsAt(baseline.statistics, 'features').map((one) => [textAt(one, 'name'), one]))
  const byName = new Map(columns.map((column) => [column.name, column]))
  const found = features.flatMap((feature) => {
    const name = textAt(feature, 'name') ?? ''
    const column = byName.get(name)
    if (!column) return []
    const config = merged(overall, feature.monitoringConfigOverrides)
    return checkColumn({column, feature, config, rows, baseline: statistics.get(name)})
  })
  return [...checkColumnCount(columns, features), ...found]
}

type Subject = {
  readonly column: ColumnSummary
  readonly feature: JsonObject
  readonly config: JsonObject
  readonly rows: number
  readonly baseline: JsonObject | undefined
}

function checkColumn(subject: Subject): Violation[] {
  const {column} = subject
  const checks = [
    ['data_type_check', checkType(subject)],
    ['completeness_check', checkCompleteness(subject)],
    ['categorical_values_check', checkDomain(subject)],
    ['baseline_drift_check', checkDrift(subject)],
  ] as const
  return checks.flatMap(([type, description]) =>
    description === undefined ? [] : [{feature_name: column.name, constraint_check_type: type, description}],
  )
}

/** A whole number is a fraction too, any value a text. */
function checkType({column, feature, config}: Subject): string | undefined {
  const expected = textAt(feature, 'inferred_type')
  const {integral, fractional, present} = column
  const fitting = {Integral: integral, Fractional: integral + fractional}[expected ?? '']
  if (fitting === undefined || present === 0) return undefined
  const wanted = numberOr(config.datatype_check_threshold, 1)
  const share = fitting / present
  if (share >= wanted) return undefined
  return (
    `Data type match requirement is not met. Expected data type: ${expected}, Expected match: ${percent(wanted)}. ` +
    `Observed: Only ${percent(share)} of data is ${expected}.`
  )
}

function checkCompleteness({column, feature, rows}: Subject): string | undefined {
  const wanted = numberOr(feature.completeness, 0)
  const share = rows === 0 ? 1 : column.present / rows
  if (share >= wanted) return undefined
  return `Completeness requirement is not met. Expected completeness: ${percent(wanted)}. Observed: Only ${percent(share)} of data is present.`
}

/** What is beyond the counted categories is unknown to the domain, which is never that long. */
function checkDomain({column, feature, config}: Subject): string | undefined {
  const {domains} = objectAt(feature, 'string_constraints')
  if (!Array.isArray(domains) || column.present === 0) return undefined
  const known = new Set(domains.map(String))
  const categories = [...(column.categories ?? [])]
  const strangers = categories.filter(([value]) => !known.has(value))
  const fitting = categories.reduce((sum, [value, count]) => sum + (known.has(value) ? count : 0), 0)
  const share = column.categories ? fitting / column.present : 0
  const wanted = numberOr(config.domain_content_threshold, 1)
  if (share >= wanted) return undefined
  const some = strangers.slice(0, 5).map(([value]) => `"${value}"`)
  const examples = some.length === 0 ? '' : ` Unknown: ${some.join(', ')}${strangers.length > 5 ? ' …' : ''}.`
  return `Value domain requirement is not met. Expected match: ${percent(wanted)}. Observed: Only ${percent(share)} of values are in the domain.${examples}`
}

function checkDrift({column, config, baseline}: Subject): string | undefined {
  const constraints = objectAt(config, 'distribution_constraints')
  if (!baseline || constraints.perform_comparison === 'Disabled' || column.present === 0) return undefined
  const method: Method = isSimple(constraints.comparison_method) ? 'Simple' : 'Robust'
  const threshold = numberOr(constraints.comparison_threshold, 0.1)

  const numerical = baseline.numerical_statistics
  if (isJsonObject(numerical)) {
    if (!column.numbers) return undefined
    const sizes = [numberOr(objectAt(numerical, 'common').num_present, 0), column.present] as const
    const distance = numericalDistance(weightedOf(numerical), weightedValues(sketchOf(column.numbers)), sizes, method)
    return exceeded('Numerical', distance, threshold)
  }
  const buckets = categoriesOf(baseline)
  if (buckets.size === 0 || !column.categories) return undefined
  const distance = categoricalDistance(buckets, column.categories, method)
  return exceeded('Categorical', distance, numberOr(constraints.categorical_comparison_threshold, threshold))
}

function exceeded(kind: 'Numerical' | 'Categorical', distance: number, threshold: number): string | undefined {
  if (distance <= threshold) return undefined
  return `${kind} distance: ${distance} exceeds ${kind.toLowerCase()} threshold: ${threshold}`
}

function categoriesOf(feature: JsonObject): Map<string, number> {
  const distribution = objectAt(objectAt(feature, 'string_statistics'), 'distribution')
  const buckets = objectsAt(objectAt(distribution, 'categorical'), 'buckets')
  return new Map(buckets.map(({value, count}) => [String(value), numberOr(count, 0)]))
}

function checkColumnCount(columns: readonly ColumnSummary[], features: readonly JsonObject[]): Violation[] {
  const now = columns.map(({name}) => name)
  const before = features.map((feature) => textAt(feature, 'name') ?? '')
  const missing = before.filter((name) => !now.includes(name))
  const extra = now.filter((name) => !before.includes(name))
  const counts =
    `Number of columns in current dataset: ${now.length}, ` +
    `Number of columns in baseline constraints: ${before.length}`
  return [...columnViolation('missing', missing, counts), ...columnViolation('extra', extra, counts)]
}

function columnViolation(kind: 'missing' | 'extra', names: readonly string[], counts: string): Violation[] {
  if (names.length === 0) return []
  return [
    {
      feature_name: kind === 'missing' ? 'Missing columns' : 'Extra columns',
      constraint_check_type: `${kind}_column_check`,
      description: `There are ${kind} columns in current dataset: ${names.join(', ')}. ${counts}`,
    },
  ]
}

/** The guide's page has the values as linf_simple and linf_robust too. */
function isSimple(method: Json | undefined): boolean {
  return method === 'Simple' || method === 'linf_simple'
}

/** Settings laid over others, one level deep. */
function merged(base: JsonObject, over: Json | undefined): JsonObject {
  if (!isJsonObject(over)) return base
  const constraints = {...objectAt(base, 'distribution_constraints'), ...objectAt(over, 'distribution_constraints')}
  return {...base, ...over, distribution_constraints: constraints}
}

function numberOr(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

function percent(share: number): string {
  const value = share * 100
  return `${Number.isInteger(value) ? value.toFixed(1) : value}%`
}
