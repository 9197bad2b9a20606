// How good predicted classes are, from a confusion matrix. Source: Developer Guide, "Model Quality Metrics".

/** Rows: the actual class; columns: the predicted one. */
export type ConfusionMatrix = {
  readonly labels: readonly string[]
  count(actual: string, predicted: string): number
}

export type Metrics = Readonly<Record<string, number>>

/** Labels in order: numbers by value, else texts. */
export function confusionMatrix(
  actual: readonly (string | number)[],
  predicted: readonly (string | number)[],
): ConfusionMatrix {
  const counts = new Map<string, Map<string, number>>()
  const seen = new Set<string>()
  for (const [index, value] of actual.entries()) {
    const [label, guess] = [String(value), String(predicted[index] ?? '')]
    const row = counts.get(label) ?? new Map<string, number>()
    row.set(guess, (row.get(guess) ?? 0) + 1)
    counts.set(label, row)
    seen.add(label).add(guess)
  }
  const labels = [...seen].sort(compareLabels)
  return {labels, count: (from, to) => counts.get(from)?.get(to) ?? 0}
}

/** `negative` and `positive` are labels; the names are the guide's. */
export function binaryMetrics(matrix: ConfusionMatrix, negative: string, positive: string): Metrics {
  const [tp, fn] = [matrix.count(positive, positive), matrix.count(positive, negative)]
  const [fp, tn] = [matrix.count(negative, positive), matrix.count(negative, negative)]
  const total = tp + fn + fp + tn
  const scores = scoresOf(tp, fp, fn)
  // The constant classifier of the guide's example says "positive" always.
  const constant = scoresOf(tp + fn, fp + tn, 0)
  return {
    recall: scores.recall,
    precision: scores.precision,
    accuracy: (tp + tn) / total,
    recall_best_constant_classifier: constant.recall,
    precision_best_constant_classifier: constant.precision,
    accuracy_best_constant_classifier: (tp + fn) / total,
    true_positive_rate: scores.recall,
    true_negative_rate: ratio(tn, tn + fp),
    false_positive_rate: ratio(fp, tn + fp),
    false_negative_rate: ratio(fn, tp + fn),
    f0_5: scores.f0_5,
    f1: scores.f1,
    f2: scores.f2,
    f0_5_best_constant_classifier: constant.f0_5,
    f1_best_constant_classifier: constant.f1,
    f2_best_constant_classifier: constant.f2,
  }
}

/** Each class's scores weighted by how often the class occurs. */
export function multiclassMetrics(matrix: ConfusionMatrix): Metrics {
  const {labels, count} = matrix
  const classes = labels.map((label) => {
    const others = labels.filter((other) => other !== label)
    const tp = count(label, label)
    const fp = sum(others.map((other) => count(other, label)))
    const fn = sum(others.map((other) => count(label, other)))
    return {support: tp + fn, tp, scores: scoresOf(tp, fp, fn)}
  })
  const total = sum(classes.map(({support}) => support))
  const weighted = (score: keyof Scores) => sum(classes.map(({support, scores}) => (support / total) * scores[score]))
  return {
    accuracy: sum(classes.map(({tp}) => tp)) / total,
    weighted_recall: weighted('recall'),
    weighted_precision: weighted('precision'),
    weighted_f0_5: weighted('f0_5'),
    weighted_f1: weighted('f1'),
    weighted_f2: weighted('f2'),
    ...constantMetrics((classes.at(-1)?.support ?? 0) / total),
  }
}

/** The constant classifier says the last label: the guide's example comes out so. `share` is how often that is right. */
function constantMetrics(share: number): Metrics {
  const f = (beta: number) => share * fScore(share, 1, beta)
  return {
    accuracy_best_constant_classifier: share,
    weighted_recall_best_constant_classifier: share,
    weighted_precision_best_constant_classifier: share * share,
    weighted_f0_5_best_constant_classifier: f(0.5),
    weighted_f1_best_constant_classifier: f(1),
    weighted_f2_best_constant_classifier: f(2),
  }
}

type Scores = {recall: number; precision: number; f0_5: number; f1: number; f2: number}

function scoresOf(tp: number, fp: number, fn: number): Scores {
  const precision = ratio(tp, tp + fp)
  const recall = ratio(tp, tp + fn)
  const f = (beta: number) => fScore(precision, recall, beta)
  return {recall, precision, f0_5: f(0.5), f1: f(1), f2: f(2)}
}

function fScore(precision: number, recall: number, beta: number): number {
  return ratio((1 + beta * beta) * precision * recall, beta * beta * precision + recall)
}

/** Nothing of nothing is 0, as Spark's metrics have it. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function compareLabels(left: string, right: string): number {
  const difference = Number(left) - Number(right)
  if (!Number.isNaN(difference) && difference !== 0) return difference
  if (left === right) return 0
  return left < right ? -1 : 1
}
