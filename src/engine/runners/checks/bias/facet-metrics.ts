// The metrics of one facet value, in Clarify's order and with its names.

import type {JsonObject} from '../../../../definition/json.ts'
import type {Stage} from './analysis-config.ts'
import {
  acceptanceRateDifference,
  accuracyDifference,
  type Confusion,
  classImbalance,
  conditionalAcceptance,
  conditionalDisparity,
  conditionalRejection,
  differenceInProportions,
  disparateImpact,
  generalizedEntropy,
  jensenShannon,
  kolmogorovSmirnov,
  kullbackLeibler,
  type LabelCounts,
  lpNorm,
  type Pair,
  recallDifference,
  rejectionRateDifference,
  type Stratum,
  specificityDifference,
  totalVariation,
  treatmentEquality,
} from './bias-metrics.ts'

export type Figures = {
  readonly labels: readonly string[]
  readonly accepted: readonly boolean[]
  readonly predicted: readonly boolean[] | undefined
  readonly groups: readonly string[] | undefined
}

type Metric = readonly [name: string, description: string, value: number | string]

const noGroup = 'Group variable is empty or not provided'
const noFlipTest = 'the embedded engine does not compare nearest neighbours'

export function metricsOf(
  stage: Stage,
  figures: Figures,
  isInD: readonly boolean[],
  methods: readonly string[] | undefined,
): JsonObject[] {
  const metrics = stage === 'pre_training' ? preTraining(figures, isInD) : postTraining(figures, isInD)
  return metrics
    .filter(([name]) => methods === undefined || methods.includes(name))
    .map(([name, title, value]) => ({name, description: `${title} (${name})`, ...shown(value)}))
}

/** JSON has no infinity: a division by zero is said in words. */
function shown(value: number | string): JsonObject {
  if (typeof value === 'string') return {value: null, error: value}
  return Number.isFinite(value) ? {value} : {value: null, error: 'the metric divides by zero on these data'}
}

function preTraining(figures: Figures, isInD: readonly boolean[]): Metric[] {
  const {labels, accepted} = figures
  const sizes = countBoth(isInD, () => true)
  const positive = countBoth(isInD, (index) => accepted[index] === true)
  const counts: Pair<LabelCounts> = {a: countLabels(labels, isInD, false), d: countLabels(labels, isInD, true)}
  return [
    ['CDDL', 'Conditional Demographic Disparity in Labels', disparity(figures, accepted, isInD)],
    ['CI', 'Class Imbalance', classImbalance(sizes)],
    ['DPL', 'Difference in Positive Proportions in Labels', differenceInProportions(positive, sizes)],
    ['JS', 'Jensen-Shannon Divergence', jensenShannon(counts)],
    ['KL', 'Kullback-Liebler Divergence', kullbackLeibler(counts)],
    ['KS', 'Kolmogorov-Smirnov Distance', kolmogorovSmirnov(counts)],
    ['LP', 'L-p Norm', lpNorm(counts)],
    ['TVD', 'Total Variation Distance', totalVariation(counts)],
  ]
}

function postTraining(figures: Figures, isInD: readonly boolean[]): Metric[] {
  const {accepted, predicted = []} = figures
  const sizes = countBoth(isInD, () => true)
  const positive = countBoth(isInD, (index) => predicted[index] === true)
  const both: Pair<Confusion> = {
    a: confusion(accepted, predicted, isInD, false),
    d: confusion(accepted, predicted, isInD, true),
  }
  return [
    ['AD', 'Accuracy Difference', accuracyDifference(both)],
    ['CDDPL', 'Conditional Demographic Disparity in Predicted Labels', disparity(figures, predicted, isInD)],
    ['DAR', 'Difference in Acceptance Rates', acceptanceRateDifference(both)],
    ['DCA', 'Difference in Conditional Acceptance', conditionalAcceptance(both)],
    ['DCR', 'Difference in Conditional Rejections', conditionalRejection(both)],
    ['DI', 'Disparate Impact', disparateImpact(positive, sizes)],
    ['DPPL', 'Difference in Positive Proportions in Predicted Labels', differenceInProportions(positive, sizes)],
    ['DRR', 'Difference in Rejection Rates', rejectionRateDifference(both)],
    ['FT', 'Flip Test', noFlipTest],
    ['GE', 'Generalized Entropy', generalizedEntropy(both)],
    ['RD', 'Recall Difference', recallDifference(both)],
    ['SD', 'Specificity Difference', specificityDifference(both)],
    ['TE', 'Treatment Equality', treatmentEquality(both)],
  ]
}

function disparity({groups}: Figures, outcomes: readonly boolean[], isInD: readonly boolean[]): number | string {
  if (!groups) return noGroup
  const strata = new Map<string, {accepted: number; rejected: number; acceptedInD: number; rejectedInD: number}>()
  for (const [index, group] of groups.entries()) {
    const stratum = strata.get(group) ?? {accepted: 0, rejected: 0, acceptedInD: 0, rejectedInD: 0}
    strata.set(group, stratum)
    const inD = isInD[index] ? 1 : 0
    if (outcomes[index]) {
      stratum.accepted += 1
      stratum.acceptedInD += inD
    } else {
      stratum.rejected += 1
      stratum.rejectedInD += inD
    }
  }
  return conditionalDisparity([...strata.values()] satisfies Stratum[])
}

function countBoth(isInD: readonly boolean[], counts: (index: number) => boolean): Pair<number> {
  let [a, d] = [0, 0]
  for (const [index, inD] of isInD.entries()) {
    if (!counts(index)) continue
    if (inD) d += 1
    else a += 1
  }
  return {a, d}
}

function countLabels(labels: readonly string[], isInD: readonly boolean[], wanted: boolean): LabelCounts {
  const counts = new Map<string, number>()
  for (const [index, label] of labels.entries()) {
    if (isInD[index] === wanted) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}

function confusion(
  accepted: readonly boolean[],
  predicted: readonly boolean[],
  isInD: readonly boolean[],
  wanted: boolean,
): Confusion {
  const count = {tp: 0, fp: 0, tn: 0, fn: 0}
  for (const [index, inD] of isInD.entries()) {
    if (inD !== wanted) continue
    const isRight = accepted[index] === predicted[index]
    if (predicted[index]) count[isRight ? 'tp' : 'fp'] += 1
    else count[isRight ? 'tn' : 'fn'] += 1
  }
  return count
}
