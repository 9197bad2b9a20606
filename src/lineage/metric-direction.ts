// Of which metrics it is known that more, or less, is better: those whose name says what is measured. Of all others nobody here knows.

/**
 * The metrics that SageMaker's model quality reports have (Developer Guide, "Model quality metrics and Amazon CloudWatch
 * monitoring"), and what the same are called elsewhere.
 */
const better: Readonly<Record<'more' | 'less', readonly string[]>> = {
  more: [
    ...['accuracy', 'balanced_accuracy', 'precision', 'recall', 'auc', 'au_prc', 'roc_auc', 'f0_5', 'f1', 'f2', 'r2'],
    ...['true_positive_rate', 'true_negative_rate', 'sensitivity', 'specificity'],
    ...['weighted_precision', 'weighted_recall', 'weighted_f0_5', 'weighted_f1', 'weighted_f2'],
  ],
  less: ['mae', 'mse', 'rmse', 'log_loss', 'false_positive_rate', 'false_negative_rate'],
}

/** By the last part of a dotted name that is no `value`: `binary_classification_metrics.accuracy.value` -> `accuracy`. */
export function metricLabel(name: string): string {
  const parts = name.split('.').filter((part) => part !== '')
  return (parts.at(-1) === 'value' ? parts.at(-2) : parts.at(-1)) ?? name
}

/** Undefined where it is not known, and where nothing has changed. */
export function judgeChange(name: string, before: number, after: number): 'better' | 'worse' | undefined {
  const label = metricLabel(name).toLowerCase().replaceAll('-', '_')
  const isMore = better.more.includes(label)
  if (before === after || (!isMore && !better.less.includes(label))) return undefined
  return after > before === isMore ? 'better' : 'worse'
}
