// analysis.json of a Clarify bias analysis, and what became worse since a baseline.
// Source: Developer Guide, "Get the Analysis Results" and "Bias Drift Violations".

import type {Json, JsonObject} from '../../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../../definition/json-members.ts'
import type {BiasConfig, Stage} from './analysis-config.ts'
import type {BiasTable} from './bias-table.ts'
import {type Figures, metricsOf} from './facet-metrics.ts'

export type BiasViolation = {
  readonly facet: string
  readonly facet_value: string
  readonly metric_name: string
  readonly constraint_check_type: 'bias_drift_check'
  readonly description: string
}

export function analyseBias(config: BiasConfig, table: BiasTable): JsonObject {
  const isPositive = membership(config.positive, table.labels)
  const accepted = table.labels.map(isPositive)
  const predicted = table.predictions?.map(acceptance(config, table.predictions, isPositive))
  const isContinuous = isThreshold(config.positive, table.labels)
  const figures: Figures = {
    labels: isContinuous ? accepted.map(String) : table.labels,
    accepted,
    predicted,
    groups: table.groups,
  }
  const facets = config.facets.map((facet, index) => {
    const values = table.facets[index] ?? []
    return [table.facetNames[index] ?? '', facetEntries(config, facet.values, values, figures)] as const
  })
  return {
    version: '1.0',
    [`${config.stage}_bias_metrics`]: {
      label: table.labelName,
      label_value_or_threshold: config.positive.join(','),
      facets: Object.fromEntries(facets),
    },
  }
}

/** Without values of its own, a facet is analysed for each value it has. */
function facetEntries(
  config: BiasConfig,
  given: readonly string[],
  values: readonly string[],
  figures: Figures,
): JsonObject[] {
  const subjects = given.length > 0 ? [given] : [...new Set(values)].sort().map((value) => [value])
  return subjects.map((subject) => ({
    value_or_threshold: subject.join(','),
    metrics: metricsOf(config.stage, figures, values.map(membership(subject, values)), config.methods),
  }))
}

/** Clarify takes a numeric column for a continuous one when at least 5 % of its values differ; below 10 values it cannot tell. */
const continuousShare = 0.05
const fewestContinuous = 10

function isThreshold(wanted: readonly string[], values: readonly string[]): boolean {
  const [only] = wanted
  if (wanted.length !== 1 || only === undefined || Number.isNaN(Number(only))) return false
  if (values.some((value) => Number.isNaN(Number(value)))) return false
  const distinct = new Set(values).size
  return distinct > fewestContinuous && distinct / values.length >= continuousShare
}

/** Whether a value is one of those wanted or, of a continuous column, above the threshold. With none wanted, 1 is. */
function membership(wanted: readonly string[], values: readonly string[]): (value: string) => boolean {
  const [threshold] = wanted
  if (isThreshold(wanted, values)) return (value) => Number(value) > Number(threshold)
  const set = new Set((wanted.length === 0 ? ['1'] : wanted).map(asLabel))
  return (value) => set.has(value)
}

/** Predictions are labels, or probabilities where they lie between 0 and 1. */
function acceptance(
  {threshold, positive}: BiasConfig,
  predictions: readonly string[],
  isPositive: (value: string) => boolean,
): (value: string) => boolean {
  const isProbability = predictions.some((value) => Number(value) > 0 && Number(value) < 1)
  const isScore = isProbability && predictions.every((value) => Number(value) >= 0 && Number(value) <= 1)
  return isScore && positive.length <= 1 ? (value) => Number(value) > threshold : isPositive
}

function asLabel(text: string): string {
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) ? String(number) : text
}

/** A metric is worse when it is further from its ideal (1 for DI, else 0) than the baseline's. */
export function findBiasViolations(stage: Stage, analysis: JsonObject, baseline: JsonObject): BiasViolation[] {
  const section = `${stage}_bias_metrics`
  const before = objectAt(objectAt(baseline, section), 'facets')
  const after = objectAt(objectAt(analysis, section), 'facets')
  return Object.keys(after).flatMap((facet) =>
    objectsAt(after, facet).flatMap((entry) => {
      const value = textAt(entry, 'value_or_threshold') ?? ''
      const earlier = objectsAt(before, facet).find((one) => String(one.value_or_threshold) === value)
      const baselineValues = new Map(earlier && objectsAt(earlier, 'metrics').map((one) => [one.name, one.value]))
      return objectsAt(entry, 'metrics')
        .filter((metric) => isWorse(metric, baselineValues.get(metric.name ?? '')))
        .map(
          (metric): BiasViolation => ({
            facet,
            facet_value: value,
            metric_name: String(metric.name),
            constraint_check_type: 'bias_drift_check',
            description: `Value ${String(metric.value)} does not meet the constraint requirement`,
          }),
        )
    }),
  )
}

function isWorse({name, value}: JsonObject, baseline: Json | undefined): boolean {
  if (typeof value !== 'number' || typeof baseline !== 'number') return false
  const ideal = name === 'DI' ? 1 : 0
  return Math.abs(value - ideal) > Math.abs(baseline - ideal)
}
