import {expect, it} from 'vitest'
import {deliveryLine, firingLine, preparedLines, takenLine, troubleLine} from '../../src/views/serve-lines.ts'

const scheduledMs = Date.UTC(2026, 0, 3, 3)
const schedule = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly'
const rule = 'arn:aws:events:us-east-1:000000000000:rule/hourly'

it.each([
  [{arn: schedule, targets: 1, tooLate: 0}, 200, 'fired schedule default/nightly, 2026-01-03T03:00:00Z, to 1 target'],
  [
    {arn: rule, targets: 2, tooLate: 0},
    90_000,
    'fired rule hourly, 2026-01-03T03:00:00Z, 90 seconds late, to 2 targets',
  ],
  [
    {arn: rule, targets: 0, tooLate: 1},
    90_000,
    'missed rule hourly, 2026-01-03T03:00:00Z: nobody served then, and now it is too late',
  ],
])('tells of a firing', (firing, lateMs, line) => {
  expect(firingLine({...firing, scheduledMs, firedMs: scheduledMs + lateMs})).toBe(line)
})

const failure = {errorCode: 'NO_RESOURCE', message: 'there is no pipeline'}

it.each([
  [{kind: 'started', executionArn: 'arn:e'}, 'rule hourly started arn:e'],
  [{kind: 'dropped', ...failure}, 'rule hourly could not start arn:p: NO_RESOURCE, there is no pipeline; given up'],
  [
    {kind: 'postponed', untilMs: scheduledMs, ...failure},
    'rule hourly could not start arn:p: NO_RESOURCE, there is no pipeline; tried again at 2026-01-03T03:00:00Z',
  ],
  [
    {kind: 'dead-letter', file: 'queues/dead.ndjson', ...failure},
    'rule hourly could not start arn:p: NO_RESOURCE, there is no pipeline; kept in queues/dead.ndjson',
  ],
] as const)('tells of a delivery', (delivery, line) => {
  expect(deliveryLine({sourceArn: rule, targetArn: 'arn:p', ...delivery})).toBe(line)
})

it('tells of a delivery that could not be settled', () => {
  expect(deliveryLine({kind: 'unsettled', id: 'a/b/c', message: 'the disk is full'})).toBe(
    'cannot deliver a/b/c now, it is tried again: the disk is full',
  )
})

it('tells of watched folders', () => {
  expect(preparedLines('data', {isNew: true, isSwitchedOn: true})).toEqual([
    'made the bucket data',
    'the bucket data sends its events to EventBridge from now on',
  ])
  expect(preparedLines('data', {isNew: false, isSwitchedOn: false})).toEqual([])
  expect(takenLine({relativePath: 'a.csv', size: 7}, 's3://data/in/a.csv')).toBe(
    'took a.csv, 7 bytes, as s3://data/in/a.csv',
  )
  expect(troubleLine('in/a.csv', new Error('EACCES'))).toBe('cannot read in/a.csv now, it is tried again: EACCES')
})
