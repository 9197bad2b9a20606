import {expect, it} from 'vitest'
import {happeningOf} from '../../../../../src/actions/triggers/test/replay/same-happening.ts'
import {parseEvent} from '../../../../../src/events/event-fields.ts'
import {objectEvent} from '../project.ts'

function isSame(one: object, other: object): boolean {
  const [a, b] = [one, other].map((value) => {
    const parsed = parseEvent(JSON.stringify(value))
    if (parsed.kind === 'invalid') throw new Error(parsed.reason)
    return happeningOf(parsed.event)
  })
  return a === b
}

const sagemaker = (type: string, detail: object) => ({
  id: '1',
  source: 'aws.sagemaker',
  'detail-type': `SageMaker ${type}`,
  detail,
})
const execution = (status: string, more: object = {}) =>
  sagemaker('Model Building Pipeline Execution Status Change', {
    pipelineExecutionArn: 'arn:e',
    currentPipelineExecutionStatus: status,
    ...more,
  })
const model = (status: string, time: number, more: object = {}) =>
  sagemaker('Model Package State Change', {
    ModelPackageArn: 'arn:m',
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: status,
    LastModifiedTime: time,
    ...more,
  })
const own = (id: string, n: number) => ({id, source: 'my.app', 'detail-type': 'x', time: 't', detail: {n}})

it.each<[boolean, string, object, object]>([
  [
    true,
    'one object with another id and time',
    objectEvent('a'),
    objectEvent('a', {id: '2', time: '2026-11-01T00:00:09Z'}),
  ],
  [false, 'another object', objectEvent('a'), objectEvent('b')],
  [false, 'the object put again', objectEvent('a'), objectEvent('a', {sequencer: '617f08299329d190'})],
  [true, 'one status of an execution', execution('Succeeded'), execution('Succeeded', {executionEndTime: 'x'})],
  [false, 'another status', execution('Executing'), execution('Succeeded')],
  [true, 'one change of a package', model('Approved', 1), model('Approved', 1, {CustomerMetadataProperties: {a: 'b'}})],
  [false, 'a later change of it', model('Approved', 1), model('Approved', 2)],
  [true, 'an event of the user but for its id', own('1', 1), own('2', 1)],
  [false, 'another event of the user', own('1', 1), own('1', 2)],
])('%s: %s', (expected, _name, one, other) => expect(isSame(one, other)).toBe(expected))
