// Expected values are those of the examples in the Developer Guide, "Model Quality Metrics".

import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../../../src/definition/json.ts'
import {
  binaryMetrics,
  confusionMatrix,
  multiclassMetrics,
} from '../../../../src/engine/runners/checks/model/classification.ts'
import {curvesOf} from '../../../../src/engine/runners/checks/model/curves.ts'
import {assessQuality, findQualityViolations} from '../../../../src/engine/runners/checks/model/quality.ts'
import {regressionMetrics} from '../../../../src/engine/runners/checks/model/regression.ts'

/** Actual and predicted labels that make a confusion matrix. */
function labelsOf(matrix: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  const actual: string[] = []
  const predicted: string[] = []
  for (const [from, row] of Object.entries(matrix)) {
    for (const [to, count] of Object.entries(row)) {
      for (let index = 0; index < count; index += 1) {
        actual.push(from)
        predicted.push(to)
      }
    }
  }
  return {actual, predicted}
}

function member(document: JsonObject, ...path: string[]): unknown {
  return path.reduce<unknown>((at, name) => (at as JsonObject)[name], document)
}

describe('classification', () => {
  const binary = labelsOf({'0': {'0': 1, '1': 2}, '1': {'0': 0, '1': 1}})

  it.each([
    ['recall', 1],
    ['precision', 0.3333333333333333],
    ['accuracy', 0.5],
    ['recall_best_constant_classifier', 1],
    ['precision_best_constant_classifier', 0.25],
    ['accuracy_best_constant_classifier', 0.25],
    ['true_positive_rate', 1],
    ['true_negative_rate', 0.33333333333333337],
    ['false_positive_rate', 0.6666666666666666],
    ['false_negative_rate', 0],
    ['f0_5', 0.3846153846153846],
    ['f1', 0.5],
    ['f2', 0.7142857142857143],
    ['f0_5_best_constant_classifier', 0.29411764705882354],
    ['f1_best_constant_classifier', 0.4],
    ['f2_best_constant_classifier', 0.625],
  ])('two classes: %s', (name, expected) => {
    const metrics = binaryMetrics(confusionMatrix(binary.actual, binary.predicted), '0', '1')
    expect(metrics[name]).toBeCloseTo(expected, 12)
  })

  it.each([
    ['accuracy', 0.6288167938931297],
    ['weighted_recall', 0.6288167938931297],
    ['weighted_precision', 0.6983172269629505],
    ['weighted_f0_5', 0.6803947317178771],
    ['weighted_f1', 0.6571162346664904],
    ['weighted_f2', 0.6384024354394601],
    ['accuracy_best_constant_classifier', 0.19370229007633588],
    ['weighted_recall_best_constant_classifier', 0.19370229007633588],
    ['weighted_precision_best_constant_classifier', 0.03752057718081697],
    ['weighted_f0_5_best_constant_classifier', 0.04473443104152011],
    ['weighted_f1_best_constant_classifier', 0.06286421244683643],
    ['weighted_f2_best_constant_classifier', 0.10570313141262414],
  ])('several classes: %s', (name, expected) => {
    const {actual, predicted} = labelsOf({'0': {'0': 1180, '1': 510}, '1': {'0': 268, '1': 138}})
    expect(multiclassMetrics(confusionMatrix(actual, predicted))[name]).toBeCloseTo(expected, 12)
  })

  it('draws the curves of a perfect order', () => {
    const curves = curvesOf([true, false, true, true, true], [0.9, 0.1, 0.8, 0.7, 0.6])
    expect(curves?.truePositiveRates).toEqual([0, 0.25, 0.5, 0.75, 1, 1])
    expect(curves?.falsePositiveRates).toEqual([0, 0, 0, 0, 0, 1])
    expect(curves?.auc).toBe(1)
  })

  it('gives equal probabilities one point, and so half of the area', () => {
    expect(curvesOf([true, false], [0.5, 0.5])?.auc).toBe(0.5)
  })
})

it('measures numbers by hand: errors 1, -1, 2 about 1, 2, 3', () => {
  const metrics = regressionMetrics([1, 2, 3], [2, 1, 5])
  expect(metrics.mae).toBeCloseTo(4 / 3, 12)
  expect(metrics.mse).toBeCloseTo(2, 12)
  expect(metrics.rmse).toBeCloseTo(Math.SQRT2, 12)
  expect(metrics.r2).toBeCloseTo(1 - 6 / 2, 12)
})

describe('documents', () => {
  const few = {actual: ['1', '0', '1', '0'], predicted: ['1', '0', '0', '0'], probabilities: undefined}

  it('have no standard deviation below 200 samples', () => {
    const {statistics} = assessQuality('BinaryClassification', few)
    expect(member(statistics, 'binary_classification_metrics', 'recall')).toEqual({
      value: 0.5,
      standard_deviation: 'NaN',
    })
    expect(member(statistics, 'binary_classification_metrics', 'confusion_matrix')).toEqual({
      '0': {'0': 2, '1': 0},
      '1': {'0': 1, '1': 1},
    })
    expect(member(statistics, 'dataset')).toEqual({item_count: 4})
  })

  it('have one from 200 samples on, the same every time', () => {
    const actual = Array.from({length: 200}, (_none, index) => String(index))
    const predicted = actual.map((text, index) => String(Number(text) + (index % 3)))
    const assess = () => assessQuality('Regression', {actual, predicted, probabilities: undefined}).statistics
    const deviation = member(assess(), 'regression_metrics', 'mae', 'standard_deviation')
    expect(deviation).toBeGreaterThan(0)
    expect(deviation).toBeLessThan(0.1)
    expect(assess()).toEqual(assess())
  })

  it('suggest what has been reached as thresholds', () => {
    const {constraints} = assessQuality('BinaryClassification', few)
    expect(constraints.binary_classification_constraints).toMatchObject({
      recall: {threshold: 0.5, comparison_operator: 'LessThanThreshold'},
      false_negative_rate: {threshold: 0.5, comparison_operator: 'GreaterThanThreshold'},
    })
    expect(Object.keys(constraints.binary_classification_constraints as JsonObject)).not.toContain(
      'recall_best_constant_classifier',
    )
  })

  it('break constraints by being worse, not by being the same or better', () => {
    const {statistics, constraints} = assessQuality('Regression', {
      actual: ['1', '2', '3'],
      predicted: ['2', '1', '5'],
      probabilities: undefined,
    })
    expect(findQualityViolations('Regression', statistics, constraints)).toEqual([])
    const strict = {
      regression_constraints: {
        mae: {threshold: 1, comparison_operator: 'GreaterThanThreshold'},
        rmse: {threshold: 2, comparison_operator: 'GreaterThanThreshold'},
        r2: {threshold: 0, comparison_operator: 'LessThanThreshold'},
      },
    }
    expect(findQualityViolations('Regression', statistics, strict)).toEqual([
      {
        constraint_check_type: 'GreaterThanThreshold',
        description: "Metric mae with 1.3333333333333333 +/- NaN was GreaterThanThreshold '1'",
        metric_name: 'mae',
      },
      {
        constraint_check_type: 'LessThanThreshold',
        description: "Metric r2 with -2 +/- NaN was LessThanThreshold '0'",
        metric_name: 'r2',
      },
    ])
  })

  it('refuse a third label in two classes', () => {
    const three = {actual: ['a', 'b', 'c'], predicted: ['a', 'b', 'c'], probabilities: undefined}
    expect(() => assessQuality('BinaryClassification', three)).toThrow(
      /3 labels \(a, b, c …\); BinaryClassification has two/,
    )
  })
})
