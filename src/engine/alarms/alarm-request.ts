// What an alarm was put with, as far as it is evaluated here: one metric, one of the simple statistics, a fixed threshold.

import type {AlarmRow, PeriodRow} from '../store/alarms.ts'
import type {putMetricAlarmShape} from '../validations/monitoring/alarms.ts'
import type {InputOf} from '../validations/shape.ts'
import type {Evaluation} from './evaluate-datapoints.ts'

export type AlarmRequest = InputOf<typeof putMetricAlarmShape>

export type EvaluatedAlarm = Evaluation & {
  readonly periodMs: number
  readonly statistic: Statistic
  readonly comparison: Comparison
  readonly threshold: number
  readonly unit?: string
}

export type Statistic = 'SampleCount' | 'Average' | 'Sum' | 'Minimum' | 'Maximum'

export type Comparison = (typeof comparisons)[number]
const comparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const

/** The request of a row passed its table when it was put. */
export function requestOf(row: AlarmRow): AlarmRequest {
  return JSON.parse(row.request) as AlarmRequest
}

/** Undefined for what only `SetAlarmState` moves here: percentiles, metric math, anomaly bands. */
export function evaluatedAlarm(request: AlarmRequest): EvaluatedAlarm | undefined {
  const {Statistic: statistic, Period: period, Threshold: threshold, EvaluationPeriods: evaluationPeriods} = request
  const comparison = comparisons.find((known) => known === request.ComparisonOperator)
  if (!statistic || !period || !comparison || threshold === undefined || evaluationPeriods === undefined)
    return undefined
  return {
    ...{periodMs: period * 1000, statistic, comparison, threshold, evaluationPeriods},
    datapointsToAlarm: request.DatapointsToAlarm ?? evaluationPeriods,
    treatMissing: request.TreatMissingData ?? 'missing',
    ...(request.Unit === undefined ? {} : {unit: request.Unit}),
  }
}

export function statisticOf({count, sum, minimum, maximum}: PeriodRow, statistic: Statistic): number {
  switch (statistic) {
    case 'SampleCount':
      return count
    case 'Average':
      return sum / count
    case 'Sum':
      return sum
    case 'Minimum':
      return minimum
    case 'Maximum':
      return maximum
  }
}

export function isBreaching(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'GreaterThanThreshold':
      return value > threshold
    case 'LessThanThreshold':
      return value < threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
  }
}
