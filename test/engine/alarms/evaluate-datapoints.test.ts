// The two tables of the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data", to the cell: five
// datapoints, oldest first, of which three are evaluated. `0` is within the threshold, `X` is not, `-` is missing.

import {describe, expect, it} from 'vitest'
import {type Datapoint, evaluateDatapoints, rangeOf} from '../../../src/engine/alarms/evaluate-datapoints.ts'

const kept = undefined
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const

const datapointOf = (mark: string): Datapoint => {
  if (mark === '-') return 'missing'
  return mark === 'X' ? 'breaching' : 'good'
}

function evaluate(marks: string, evaluationPeriods: number, datapointsToAlarm: number) {
  const datapoints = marks.split(' ').map(datapointOf)
  return treatments.map((treatMissing) =>
    evaluateDatapoints(datapoints, {evaluationPeriods, datapointsToAlarm, treatMissing}),
  )
}

describe('an alarm on three of three datapoints is', () => {
  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', kept, 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', kept, 'ALARM', 'OK']],
  ])('after %s, with missing data as missing, ignored, breaching and not: %j', (marks, states) => {
    expect(evaluate(marks, 3, 3)).toEqual(states)
  })
})

describe('an alarm on two of three datapoints is', () => {
  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', kept, 'ALARM', 'OK']],
  ])('after %s, with missing data as missing, ignored, breaching and not: %j', (marks, states) => {
    expect(evaluate(marks, 3, 2)).toEqual(states)
  })
})

it('is not set off too soon by the first of several datapoints that it takes', () => {
  expect(evaluate('- - - - X', 3, 2)).toEqual([kept, kept, 'ALARM', 'OK'])
})

it('looks at two more datapoints than it evaluates, as the tables do', () => {
  expect(rangeOf({evaluationPeriods: 3, datapointsToAlarm: 3, treatMissing: 'missing'})).toBe(5)
})
