// A model quality check: statistics and suggested constraints from actual and predicted values, and violations.
// Source: Developer Guide, "Model Quality Metrics" and "Create a Model Quality Baseline".

import type {Json, JsonObject} from '../../../../definition/json.ts'
import {isJsonObject} from '../../../../definition/json.ts'
import {objectAt} from '../../../../definition/json-members.ts'
import {clientFault} from '../../job-fault.ts'
import {moments} from '../data/statistics.ts'
import {
  binaryMetrics,
  type ConfusionMatrix,
  confusionMatrix,
  type Metrics,
  multiclassMetrics,
} from './classification.ts'
import {curvesOf} from './curves.ts'
import {regressionMetrics} from './regression.ts'

export const problemTypes = ['Regression', 'BinaryClassification', 'MulticlassClassification'] as const
export type ProblemType = (typeof problemTypes)[number]

/** Numbers are kept as such, 8 bytes each. */
export type Label = string | number

/** Rows that have both an actual and a predicted value; probabilities only where the data give them. */
export type Outcomes = {
  readonly actual: readonly Label[]
  readonly predicted: readonly Label[]
  readonly probabilities: readonly number[] | undefined
}

export type Quality = {readonly statistics: JsonObject; readonly constraints: JsonObject}

export type QualityViolation = {
  readonly constraint_check_type: string
  readonly description: string
  readonly metric_name: string
}

const sections = {
  Regression: 'regression',
  BinaryClassification: 'binary_classification',
  MulticlassClassification: 'multiclass_classification',
} as const

export function assessQuality(type: ProblemType, outcomes: Outcomes): Quality {
  const items = outcomes.actual.length
  const {metrics, figures} = measure(type, outcomes)
  const section = sections[type]
  return {
    statistics: {version: 0, dataset: {item_count: items}, [`${section}_metrics`]: {...figures, ...metrics}},
    constraints: {version: 0, [`${section}_constraints`]: suggest(metrics)},
  }
}

type Measured = {readonly metrics: JsonObject; readonly figures: JsonObject}

function measure(type: ProblemType, outcomes: Outcomes): Measured {
  switch (type) {
    case 'Regression':
      return measureRegression(outcomes)
    case 'BinaryClassification':
      return measureBinary(outcomes)
    case 'MulticlassClassification': {
      const of = ({actual, predicted}: Outcomes) => multiclassMetrics(confusionMatrix(actual, predicted))
      return {
        metrics: withDeviations(outcomes, of),
        figures: matrixFigure(confusionMatrix(outcomes.actual, outcomes.predicted)),
      }
    }
  }
}

function measureRegression(outcomes: Outcomes): Measured {
  requireNumbers(outcomes.actual)
  requireNumbers(outcomes.predicted)
  const of = ({actual, predicted}: Outcomes) => regressionMetrics(actual.map(Number), predicted.map(Number))
  return {metrics: withDeviations(outcomes, of), figures: {}}
}

function measureBinary(outcomes: Outcomes): Measured {
  const matrix = confusionMatrix(outcomes.actual, outcomes.predicted)
  const [negative, positive] = binaryLabels(matrix.labels)
  const curves = (of: Outcomes) =>
    of.probabilities &&
    curvesOf(
      of.actual.map((label) => String(label) === positive),
      of.probabilities,
    )
  const of = (part: Outcomes): Metrics => {
    const auc = curves(part)?.auc
    const metrics = binaryMetrics(confusionMatrix(part.actual, part.predicted), negative, positive)
    return auc === undefined ? metrics : {...metrics, auc}
  }
  const shown = curves(outcomes)
  const curveFigures = shown && {
    receiver_operating_characteristic_curve: {
      false_positive_rates: shown.falsePositiveRates,
      true_positive_rates: shown.truePositiveRates,
    },
    precision_recall_curve: {precisions: shown.precisions, recalls: shown.recalls},
  }
  return {metrics: withDeviations(outcomes, of), figures: {...matrixFigure(matrix), ...curveFigures}}
}

/** The positive one comes last in order: 1 after 0, true after false. */
function binaryLabels(labels: readonly string[]): readonly [string, string] {
  if (labels.length > 2) {
    throw clientFault(
      `the data have ${labels.length} labels (${labels.slice(0, 5).join(', ')} …); BinaryClassification has two`,
    )
  }
  const [first = '0', second] = labels
  if (second !== undefined) return [first, second]
  return first === '0' || first === 'false' ? [first, '1'] : ['0', first]
}

function matrixFigure({labels, count}: ConfusionMatrix): JsonObject {
  const row = (actual: string) => Object.fromEntries(labels.map((predicted) => [predicted, count(actual, predicted)]))
  return {confusion_matrix: Object.fromEntries(labels.map((actual) => [actual, row(actual)]))}
}

const fewestForDeviation = 200
const samples = 5
const sampledShare = 0.8

/** "Standard deviation … only when at least 200 samples are available": of five random samples of 80 % each. */
function withDeviations(outcomes: Outcomes, of: (part: Outcomes) => Metrics): JsonObject {
  const metrics = of(outcomes)
  const size = outcomes.actual.length
  const sampled =
    size < fewestForDeviation ? [] : Array.from({length: samples}, (_none, seed) => of(sample(outcomes, seed)))
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => {
      const deviation = sampled.length === 0 ? Number.NaN : moments(sampled.map((one) => one[name] ?? 0)).deviation
      return [name, {value: written(value), standard_deviation: written(deviation)}]
    }),
  )
}

/** The same rows for the same seed, so that a check has the same outcome twice. */
function sample(outcomes: Outcomes, seed: number): Outcomes {
  let state = seed + 1
  const isTaken = Uint8Array.from(outcomes.actual, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 2 ** 32 < sampledShare ? 1 : 0
  })
  const take = <Value>(values: readonly Value[]) => values.filter((_value, index) => isTaken[index] === 1)
  const {actual, predicted, probabilities} = outcomes
  return {actual: take(actual), predicted: take(predicted), probabilities: probabilities && take(probabilities)}
}

/** JSON has no NaN; Model Monitor writes the word. */
function written(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

/** What must not grow; every other metric must not shrink. */
const worseWhenGreater = new Set(['mae', 'mse', 'rmse', 'false_positive_rate', 'false_negative_rate'])

function suggest(metrics: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(metrics)
      .filter(([name]) => !name.endsWith('_best_constant_classifier'))
      .map(([name, metric]) => [
        name,
        {
          threshold: isJsonObject(metric) ? (metric.value ?? 0) : 0,
          comparison_operator: worseWhenGreater.has(name) ? 'GreaterThanThreshold' : 'LessThanThreshold',
        },
      ]),
  )
}

/** A metric that is not among the constraints is not checked, nor one whose threshold or value is no number. */
export function findQualityViolations(
  type: ProblemType,
  statistics: JsonObject,
  baseline: JsonObject,
): QualityViolation[] {
  const metrics = objectAt(statistics, `${sections[type]}_metrics`)
  return Object.entries(objectAt(baseline, `${sections[type]}_constraints`)).flatMap(([name, constraint]) => {
    const metric = metrics[name]
    if (!isJsonObject(constraint) || !isJsonObject(metric)) return []
    const {threshold, comparison_operator: operator} = constraint
    const {value, standard_deviation: deviation} = metric
    if (!isBroken(value, operator, threshold)) return []
    return [
      {
        constraint_check_type: String(operator),
        description: `Metric ${name} with ${String(value)} +/- ${String(deviation)} was ${String(operator)} '${String(threshold)}'`,
        metric_name: name,
      },
    ]
  })
}

function isBroken(value: Json | undefined, operator: Json | undefined, threshold: Json | undefined): boolean {
  if (typeof value !== 'number' || typeof threshold !== 'number') return false
  return operator === 'GreaterThanThreshold' ? value > threshold : value < threshold
}

function requireNumbers(values: readonly Label[]): void {
  const text = values.find((value) => Number.isNaN(Number(value)))
  if (text !== undefined) throw clientFault(`"${text}" is no number; a Regression check needs numbers`)
}
