// Expected values are those of the examples in the Developer Guide, on the page of each metric.

import {describe, expect, it} from 'vitest'
import {
  acceptanceRateDifference,
  accuracyDifference,
  classImbalance,
  conditionalAcceptance,
  conditionalDisparity,
  conditionalRejection,
  demographicDisparity,
  differenceInProportions,
  disparateImpact,
  generalizedEntropy,
  jensenShannon,
  kolmogorovSmirnov,
  kullbackLeibler,
  lpNorm,
  recallDifference,
  rejectionRateDifference,
  specificityDifference,
  totalVariation,
  treatmentEquality,
} from '../../../../src/engine/runners/checks/bias/bias-metrics.ts'

const none = {tp: 0, fp: 0, tn: 0, fn: 0}

/** Rejected, waitlisted, accepted: 40, 40, 20 % of a and 20, 10, 70 % of d. */
const admissions = {
  a: new Map([
    ['rejected', 40],
    ['waitlisted', 40],
    ['accepted', 20],
  ]),
  d: new Map([
    ['rejected', 20],
    ['waitlisted', 10],
    ['accepted', 70],
  ]),
}

describe('metrics of observed labels', () => {
  it.each([
    ['nobody in d', {a: 10, d: 0}, 1],
    ['as many in d', {a: 5, d: 5}, 0],
    ['three times as many in a', {a: 75, d: 25}, 0.5],
  ])('class imbalance: %s', (_name, sizes, expected) => {
    expect(classImbalance(sizes)).toBe(expected)
  })

  it('difference in proportions: 60 % of a and 50 % of d', () => {
    expect(differenceInProportions({a: 60, d: 25}, {a: 100, d: 50})).toBeCloseTo(0.1, 12)
  })

  it('KL: a minority with 30 % approval against 80 %', () => {
    const labels = {
      a: new Map([
        ['1', 80],
        ['0', 20],
      ]),
      d: new Map([
        ['1', 30],
        ['0', 70],
      ]),
    }
    expect(kullbackLeibler(labels)).toBeCloseTo(0.8 * Math.log(0.8 / 0.3) + 0.2 * Math.log(0.2 / 0.7), 12)
    expect(kullbackLeibler(labels)).toBeCloseTo(0.53, 2)
  })

  it('KL is infinite where d lacks a label that a has', () => {
    expect(kullbackLeibler({a: new Map([['x', 1]]), d: new Map([['y', 1]])})).toBe(Number.POSITIVE_INFINITY)
  })

  it('JS of distributions that share nothing is ln 2, of equal ones 0', () => {
    expect(jensenShannon({a: new Map([['x', 3]]), d: new Map([['y', 5]])})).toBeCloseTo(Math.LN2, 12)
    expect(jensenShannon({a: new Map([['x', 3]]), d: new Map([['x', 5]])})).toBe(0)
  })

  it('KS: the greatest difference of a label', () => {
    expect(kolmogorovSmirnov(admissions)).toBeCloseTo(0.5, 12)
  })

  it('LP: the Euclidean norm of the differences', () => {
    expect(lpNorm(admissions)).toBeCloseTo(Math.sqrt(0.2 ** 2 + 0.3 ** 2 + 0.5 ** 2), 12)
  })

  it('TVD: half of the sum of the differences', () => {
    expect(totalVariation(admissions)).toBeCloseTo(0.5, 12)
  })

  it('demographic disparity: 60 % of the rejected and 50 % of the accepted', () => {
    expect(demographicDisparity({accepted: 10, rejected: 10, acceptedInD: 5, rejectedInD: 6})).toBeCloseTo(0.1, 12)
  })

  it('conditional disparity weighs each subgroup by its size', () => {
    const even = {accepted: 5, rejected: 5, acceptedInD: 3, rejectedInD: 3}
    const uneven = {accepted: 15, rejected: 15, acceptedInD: 0, rejectedInD: 15}
    expect(conditionalDisparity([even, uneven])).toBeCloseTo((10 * 0 + 30 * 1) / 40, 12)
  })
})

describe('metrics of predicted labels', () => {
  it('disparate impact: 50 % of d over 60 % of a', () => {
    expect(disparateImpact({a: 60, d: 25}, {a: 100, d: 50})).toBeCloseTo(0.5 / 0.6, 12)
  })

  it.each([
    // Observed 70 and 20 where 60 and 30 are predicted, then 50 and 40.
    ['positive', {...none, tp: 60, fn: 10}, {...none, tp: 20, fp: 10}, 0.5],
    ['negative', {...none, tp: 50, fp: 10}, {...none, tp: 30, fn: 10}, -0.5],
  ])('conditional acceptance, %s bias', (_name, a, d, expected) => {
    expect(conditionalAcceptance({a, d})).toBeCloseTo(expected, 12)
  })

  it.each([
    // Observed 50 and 40 where 60 and 30 are predicted, then 70 and 20.
    ['positive', {...none, tn: 50, fn: 10}, {...none, tn: 30, fp: 10}, 0.5],
    ['negative', {...none, tn: 60, fp: 10}, {...none, tn: 20, fn: 10}, -0.5],
  ])('conditional rejection, %s bias', (_name, a, d, expected) => {
    expect(conditionalRejection({a, d})).toBeCloseTo(expected, 12)
  })

  it('accuracy difference: 0.7 and 0.5', () => {
    expect(accuracyDifference({a: {tp: 60, tn: 10, fn: 20, fp: 10}, d: {tp: 40, tn: 10, fp: 40, fn: 10}})).toBeCloseTo(
      0.2,
      12,
    )
  })

  it('recall difference: 65 of 70 and 20 of 27', () => {
    expect(recallDifference({a: {...none, tp: 65, fn: 5}, d: {...none, tp: 20, fn: 7}})).toBeCloseTo(
      65 / 70 - 20 / 27,
      12,
    )
  })

  it('specificity difference: 18 of 23 and 20 of 30', () => {
    expect(specificityDifference({a: {...none, tn: 20, fp: 10}, d: {...none, tn: 18, fp: 5}})).toBeCloseTo(0.1159, 4)
  })

  it('acceptance rates: 35 of 70 and 40 of 100', () => {
    expect(acceptanceRateDifference({a: {...none, tp: 35, fp: 35}, d: {...none, tp: 40, fp: 60}})).toBeCloseTo(0.1, 12)
  })

  it('rejection rates: 80 of 100 and 40 of 50', () => {
    expect(rejectionRateDifference({a: {...none, tn: 80, fn: 20}, d: {...none, tn: 40, fn: 10}})).toBe(0)
    expect(rejectionRateDifference({a: {...none, tn: 80, fn: 20}, d: {...none, tn: 50, fn: 0}})).toBeCloseTo(0.2, 12)
  })

  it('treatment equality: 5 to 2 and 8 to 6', () => {
    expect(treatmentEquality({a: {...none, fn: 8, fp: 6}, d: {...none, fn: 5, fp: 2}})).toBeCloseTo(1.167, 3)
  })

  it('generalized entropy is 0 when all are right or all are wrong acceptances, 0.5 of benefits 0 and 2 in halves', () => {
    expect(generalizedEntropy({a: {...none, tp: 4}, d: {...none, tn: 2}})).toBe(0)
    expect(generalizedEntropy({a: {...none, fp: 4}, d: {...none, fp: 2}})).toBe(0)
    expect(generalizedEntropy({a: {...none, fp: 3}, d: {...none, fn: 3}})).toBeCloseTo(0.5, 12)
  })
})
