// From the last datapoints of a metric to the state of its alarm (CloudWatch User Guide, "Evaluating an alarm" and
// "Configuring how CloudWatch alarms treat missing data"). Pure.

import type {AlarmState} from '../store/alarms.ts'

export type Datapoint = 'breaching' | 'good' | 'missing'

export type Evaluation = {
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly treatMissing: 'breaching' | 'notBreaching' | 'ignore' | 'missing'
}

/**
 * CloudWatch looks at more datapoints than the alarm evaluates, so that late ones can stand in for those that are missing. How
 * many is not told; the tables of the guide have two more.
 */
export function rangeOf({evaluationPeriods}: Evaluation): number {
  return evaluationPeriods + 2
}

/** `datapoints` are those of the range, oldest first. Undefined: the alarm stays in the state that it is in. */
export function evaluateDatapoints(datapoints: readonly Datapoint[], evaluation: Evaluation): AlarmState | undefined {
  const {evaluationPeriods, datapointsToAlarm, treatMissing} = evaluation
  const real = datapoints.filter((datapoint) => datapoint !== 'missing').slice(-evaluationPeriods)
  const breaching = real.filter((datapoint) => datapoint === 'breaching').length
  const filled = evaluationPeriods - real.length

  if (breaching >= datapointsToAlarm) return 'ALARM'
  if (filled === 0 || treatMissing === 'notBreaching') return 'OK'
  if (treatMissing === 'breaching') return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK'
  if (real.includes('good')) return 'OK'
  if (treatMissing === 'ignore') return undefined
  if (real.length === 0) return 'INSUFFICIENT_DATA'
  return isOldEnough(datapoints, datapointsToAlarm) ? 'ALARM' : undefined
}

/** "Avoiding premature transitions to alarm state": what breaches has done so for as long as it takes to alarm. */
function isOldEnough(datapoints: readonly Datapoint[], datapointsToAlarm: number): boolean {
  return datapoints.length - datapoints.indexOf('breaching') >= datapointsToAlarm
}
