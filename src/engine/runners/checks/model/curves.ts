// Curves over every threshold of a probability: ROC with the area under it, precision and recall.

export type Curves = {
  readonly falsePositiveRates: readonly number[]
  readonly truePositiveRates: readonly number[]
  readonly precisions: readonly number[]
  readonly recalls: readonly number[]
  readonly auc: number
}

/** As many points as a document should have. */
const mostPoints = 200

/** Undefined when the data have one class only. */
export function curvesOf(isPositive: readonly boolean[], scores: readonly number[]): Curves | undefined {
  const order = scores.map((_score, index) => index).sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0))
  const positives = isPositive.filter(Boolean).length
  const negatives = isPositive.length - positives
  if (positives === 0 || negatives === 0) return undefined

  const points = [{tpr: 0, fpr: 0, precision: 1}]
  let [tp, fp, auc] = [0, 0, 0]
  for (const [rank, index] of order.entries()) {
    if (isPositive[index]) tp += 1
    else fp += 1
    const next = order[rank + 1]
    if (next !== undefined && scores[next] === scores[index]) continue
    const last = points.at(-1) ?? {tpr: 0, fpr: 0}
    const point = {tpr: tp / positives, fpr: fp / negatives, precision: tp / (tp + fp)}
    auc += ((point.fpr - last.fpr) * (point.tpr + last.tpr)) / 2
    points.push(point)
  }
  const shown = thinned(points)
  return {
    falsePositiveRates: shown.map(({fpr}) => fpr),
    truePositiveRates: shown.map(({tpr}) => tpr),
    precisions: shown.map(({precision}) => precision),
    recalls: shown.map(({tpr}) => tpr),
    auc,
  }
}

function thinned<Point>(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostPoints) return points
  const step = (points.length - 1) / (mostPoints - 1)
  return Array.from({length: mostPoints}, (_none, index) => points[Math.round(index * step)]).flatMap((point) =>
    point === undefined ? [] : [point],
  )
}
