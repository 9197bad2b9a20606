// Bias metrics of a facet: `d` is the group that may be disadvantaged, `a` everyone else.
// Source: Developer Guide, "Pre-training Bias Metrics" and "Post-training Data and Model Bias Metrics", one page for each.

/** Of one group: how often each label was observed. */
export type LabelCounts = ReadonlyMap<string, number>

/** Of one group: predictions against observed labels. */
export type Confusion = {readonly tp: number; readonly fp: number; readonly tn: number; readonly fn: number}

export type Pair<Value> = {readonly a: Value; readonly d: Value}

/** Of one subgroup that the group variable makes: how often `d` and everyone got which outcome. */
export type Stratum = {
  readonly accepted: number
  readonly rejected: number
  readonly acceptedInD: number
  readonly rejectedInD: number
}

export function classImbalance(sizes: Pair<number>): number {
  return (sizes.a - sizes.d) / (sizes.a + sizes.d)
}

/** DPL of observed labels, DPPL of predicted ones. */
export function differenceInProportions(positive: Pair<number>, sizes: Pair<number>): number {
  return positive.a / sizes.a - positive.d / sizes.d
}

export function kullbackLeibler(labels: Pair<LabelCounts>): number {
  const {a, d} = distributions(labels)
  return divergence(a, d)
}

export function jensenShannon(labels: Pair<LabelCounts>): number {
  const {a, d} = distributions(labels)
  const middle = a.map((share, index) => (share + (d[index] ?? 0)) / 2)
  return (divergence(a, middle) + divergence(d, middle)) / 2
}

/** The L2 norm. */
export function lpNorm(labels: Pair<LabelCounts>): number {
  return Math.sqrt(sum(differences(labels).map((difference) => difference ** 2)))
}

export function totalVariation(labels: Pair<LabelCounts>): number {
  return sum(differences(labels).map(Math.abs)) / 2
}

export function kolmogorovSmirnov(labels: Pair<LabelCounts>): number {
  return Math.max(...differences(labels).map(Math.abs))
}

/** CDDL of observed labels, CDDPL of predicted ones: the subgroups' demographic disparities, weighted by their sizes. */
export function conditionalDisparity(strata: readonly Stratum[]): number {
  const total = sum(strata.map(sizeOf))
  return sum(strata.map((stratum) => (sizeOf(stratum) * demographicDisparity(stratum)) / total))
}

/** `d`'s share of the rejected less its share of the accepted. */
export function demographicDisparity({accepted, rejected, acceptedInD, rejectedInD}: Stratum): number {
  return share(rejectedInD, rejected) - share(acceptedInD, accepted)
}

export function disparateImpact(predicted: Pair<number>, sizes: Pair<number>): number {
  return predicted.d / sizes.d / (predicted.a / sizes.a)
}

/** Observed over predicted acceptances. */
export function conditionalAcceptance({a, d}: Pair<Confusion>): number {
  const ratio = ({tp, fp, fn}: Confusion) => (tp + fn) / (tp + fp)
  return ratio(a) - ratio(d)
}

/** Observed over predicted rejections. */
export function conditionalRejection({a, d}: Pair<Confusion>): number {
  const ratio = ({tn, fp, fn}: Confusion) => (tn + fp) / (tn + fn)
  return ratio(d) - ratio(a)
}

export function accuracyDifference({a, d}: Pair<Confusion>): number {
  const accuracy = ({tp, fp, tn, fn}: Confusion) => (tp + tn) / (tp + fp + tn + fn)
  return accuracy(a) - accuracy(d)
}

export function recallDifference({a, d}: Pair<Confusion>): number {
  const recall = ({tp, fn}: Confusion) => tp / (tp + fn)
  return recall(a) - recall(d)
}

export function specificityDifference({a, d}: Pair<Confusion>): number {
  const specificity = ({tn, fp}: Confusion) => tn / (tn + fp)
  return specificity(d) - specificity(a)
}

export function acceptanceRateDifference({a, d}: Pair<Confusion>): number {
  const precision = ({tp, fp}: Confusion) => tp / (tp + fp)
  return precision(a) - precision(d)
}

export function rejectionRateDifference({a, d}: Pair<Confusion>): number {
  const precision = ({tn, fn}: Confusion) => tn / (tn + fn)
  return precision(d) - precision(a)
}

export function treatmentEquality({a, d}: Pair<Confusion>): number {
  const ratio = ({fn, fp}: Confusion) => fn / fp
  return ratio(d) - ratio(a)
}

/** Of everyone, with the benefit 1 + predicted - observed: 0 for a wrong rejection, 2 for a wrong acceptance. */
export function generalizedEntropy({a, d}: Pair<Confusion>): number {
  const right = a.tp + a.tn + d.tp + d.tn
  const accepted = a.fp + d.fp
  const total = right + accepted + a.fn + d.fn
  const mean = (right + 2 * accepted) / total
  const squares = (right + 4 * accepted) / (mean * mean)
  return (squares - total) / (2 * total)
}

function distributions({a, d}: Pair<LabelCounts>): Pair<readonly number[]> {
  const labels = [...new Set([...a.keys(), ...d.keys()])]
  const of = (counts: LabelCounts) => {
    const total = sum([...counts.values()])
    return labels.map((label) => share(counts.get(label) ?? 0, total))
  }
  return {a: of(a), d: of(d)}
}

function differences(labels: Pair<LabelCounts>): number[] {
  const {a, d} = distributions(labels)
  return a.map((value, index) => value - (d[index] ?? 0))
}

/** In nats. */
function divergence(from: readonly number[], to: readonly number[]): number {
  return sum(from.map((value, index) => (value === 0 ? 0 : value * Math.log(value / (to[index] ?? 0)))))
}

function sizeOf({accepted, rejected}: Stratum): number {
  return accepted + rejected
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
