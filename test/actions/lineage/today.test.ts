// What stands today where runs have read: asked for once a place, of so many places only, and never an error.

import {describe, expect, it} from 'vitest'
import {openRecords} from '../../../src/actions/lineage/records.ts'
import {openToday, withToday} from '../../../src/actions/lineage/today.ts'
import {traceExecution} from '../../../src/actions/lineage/trace.ts'
import type {Cloud, ObjectsPage} from '../../../src/cloud/ports.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import type {StepRun, Taken} from '../../../src/lineage/provenance.ts'
import {cannedCloud} from '../../support/canned-cloud.ts'
import {execution, executionArn, fakeCloud, fakeState, jobArn} from '../../support/fake-cloud.ts'
import {stepRun} from '../../support/step-run.ts'

const refused = (code: string, message: string) => new MlpipeError({code, message, who: 'service'})
const page = (...keys: readonly string[]): ObjectsPage => ({
  objects: keys.map((key) => ({key, etag: 'e', size: 1, modifiedAtMs: 30_000})),
  isWhole: true,
})

function looking(answer: (uri: string) => ObjectsPage | Error) {
  const asked: string[] = []
  let open = 0
  let mostOpen = 0
  const base = fakeCloud(fakeState())
  const cloud: Cloud = {
    ...base,
    objects: {
      ...base.objects,
      firstPage: async (uri) => {
        asked.push(uri)
        open += 1
        mostOpen = Math.max(mostOpen, open)
        await new Promise((resolve) => setTimeout(resolve, 1))
        open -= 1
        const found = answer(uri)
        if (found instanceof Error) throw found
        return found
      },
    },
  }
  const records = openRecords(cloud)
  const look = (steps: readonly StepRun[]) => withToday(steps, openToday(cloud), records)
  return {cloud, asked, records, look, mostOpen: () => mostOpen}
}

const reading = (uris: readonly string[], more: Partial<StepRun> = {}): StepRun => {
  const inputs = uris.map((uri, index): Taken => ({name: `in-${index}`, uri}))
  return stepRun({
    executionArn: executionArn('a'),
    step: 'train',
    startedAtMs: 10_000,
    endedAtMs: 20_000,
    inputs,
    ...more,
  })
}
const places = (amount: number, bucket = 'lake') =>
  Array.from({length: amount}, (_, index) => `s3://${bucket}/${index}.csv`)
const keyOf = (uri: string) => uri.split('/').slice(3).join('/')
const since = (steps: readonly StepRun[]) => steps.map(({inputs}) => inputs.map((taken) => taken.since?.state))

describe('the calls', () => {
  it('are one for each place, however many runs read there, each of which has its own answer', async () => {
    const {asked, look} = looking((uri) => page(keyOf(uri)))
    const later = {step: 'later', startedAtMs: 40_000, endedAtMs: 50_000}
    const steps = await look([reading(places(1)), reading(places(1), later), reading(places(1), {step: 'again'})])
    expect(asked).toEqual(places(1))
    expect(since(steps)).toEqual([['written-since'], ['older'], ['written-since']])
  })

  it('are at most fifty, four at a time, for the latest runs', async () => {
    const {asked, look, records, mostOpen} = looking((uri) => page(keyOf(uri)))
    const steps = await look([reading(places(30, 'old')), reading(places(40, 'new'))])
    expect([asked.length, mostOpen()]).toEqual([50, 4])
    expect(asked.filter((uri) => uri.startsWith('s3://new/'))).toHaveLength(40)
    expect(since(steps)[0]?.filter((state) => state === undefined)).toHaveLength(20)
    expect(records.gaps).toEqual([
      'what was written since at 20 more places known by their URI alone: only 50 are looked at',
    ])
  })

  it('are none for what a hash or a fingerprint tells, what a step made, what is no URI, and what has not begun', async () => {
    const {asked, look, records} = looking(() => page())
    const content = {kind: 'fingerprint', value: 'f'} as const
    const inputs: Taken[] = [
      {name: 'seen', uri: 's3://lake/seen/', content},
      {name: 'made', uri: 's3://lake/made/', madeBy: {executionArn: executionArn('a'), step: 'prepare'}},
      {name: 'else', uri: 'file:///somewhere'},
    ]
    const waiting = stepRun({
      executionArn: executionArn('a'),
      step: 'later',
      inputs: [{name: 'in', uri: 's3://lake/x'}],
    })
    const steps = await look([reading([], {inputs}), waiting])
    expect([asked, records.gaps]).toEqual([[], []])
    expect(steps[0]?.inputs).toEqual(inputs)
  })
})

describe('what cannot be told is a gap', () => {
  it('one for each bucket that refuses, and the rest is told all the same', async () => {
    const denied = refused('access-denied', 'ListObjectsV2 is not allowed')
    const {look, records} = looking((uri) => (uri.startsWith('s3://theirs/') ? denied : page(keyOf(uri))))
    const steps = await look([reading([...places(3, 'theirs'), ...places(1, 'ours')])])
    expect(since(steps)).toEqual([[undefined, undefined, undefined, 'written-since']])
    expect(records.gaps).toEqual([
      'what was written since at s3://theirs/0.csv and 2 more places: ListObjectsV2 is not allowed',
    ])
  })

  it('also of what the SDK itself refuses to ask', async () => {
    const {look, records} = looking(() => new Error('Path-style addressing cannot be used with ARN buckets'))
    await look([reading(['s3://arn:aws:s3:us-east-1:000000000000:accesspoint/lake/x'])])
    expect(records.gaps).toHaveLength(1)
    expect(records.gaps[0]).toContain('cannot be used with ARN buckets')
  })

  it('and where nobody answers it is waited for no further', async () => {
    const {asked, look, records} = looking(() => refused('service-unreachable', 'no answer'))
    await look([reading(places(30))])
    expect(asked).toHaveLength(4)
    expect(records.gaps).toEqual(['what was written since at s3://lake/0.csv and 29 more places: no answer'])
  })

  it('where more lies than one page tells', async () => {
    const {look, records} = looking(() => ({...page('many/1', 'many/2'), isWhole: false}))
    const late = {startedAtMs: 40_000, endedAtMs: 50_000}
    expect(since(await look([reading(['s3://lake/many/'], late)]))).toEqual([[undefined]])
    expect(records.gaps).toEqual(['what was written since at s3://lake/many/: only its first 2 objects were looked at'])
    expect(since(await look([reading(['s3://lake/many/'])]))).toEqual([['written-since']])
  })

  it('but that a place is empty, or its bucket gone, is known', async () => {
    const answers: Record<string, ObjectsPage | Error> = {
      's3://lake/none': page(),
      's3://nowhere/none': refused('no-such-bucket', 'names a bucket that does not exist'),
    }
    const {look, records} = looking((uri) => answers[uri] ?? page())
    expect(since(await look([reading(Object.keys(answers))]))).toEqual([['gone', 'gone']])
    expect(records.gaps).toEqual([])
  })
})

it.each([
  ['403', '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>', 'refused'],
  ['404', '<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>', 'seen'],
])('S3 is asked once, and not again after a %s', async (status, body, kind) => {
  const {cloud, asked} = await cannedCloud(() => ({status: Number(status), body}))
  const today = openToday(cloud)
  expect([(await today.look('s3://lake/a')).kind, (await today.look('s3://lake/a')).kind]).toEqual([kind, kind])
  expect(asked.map(({call}) => call)).toEqual(['GET /lake/'])
})

describe('a trace', () => {
  const arn = executionArn('a')
  const definition = JSON.stringify({
    Version: '2020-12-01',
    Metadata: {},
    Parameters: [],
    Steps: [{Name: 'train', Type: 'Training', Arguments: {}}],
  })
  const times = {TrainingStartTime: '1970-01-01T00:00:15.000Z', TrainingEndTime: '1970-01-01T00:00:40.000Z'}

  function traced(status: 'Executing' | 'Succeeded', job: object) {
    const {cloud, asked} = looking((uri) => page(keyOf(uri)))
    const state = fakeState({definition})
    const InputDataConfig = [{ChannelName: 'raw', DataSource: {S3DataSource: {S3Uri: 's3://lake/raw.csv'}}}]
    const end = status === 'Executing' ? {} : {endedAtMs: 20_000}
    const step = {
      name: 'train',
      status,
      startedAtMs: 10_000,
      ...end,
      job: {kind: 'Training' as const, arn: jobArn('training', 't')},
    }
    const base = fakeCloud(state)
    const own: Cloud = {
      ...base,
      objects: {...base.objects, list: async () => [], firstPage: cloud.objects.firstPage},
      executions: {
        ...base.executions,
        describe: async () => execution(arn, status, 0, 0),
        steps: async () => [step],
      },
      jobs: {...base.jobs, properties: async () => ({InputDataConfig, ...job})},
    }
    return {cloud: own, asked}
  }

  it.each([
    ['goes by the times of the job', 'Succeeded', times, 'written-meanwhile'],
    ['goes by the times of the step, where the job is silent', 'Succeeded', {}, 'written-since'],
    ['of what still runs is told of as far as it has come', 'Executing', {}, 'written-meanwhile'],
    [
      'does not count what was written before its job began, though its step had',
      'Succeeded',
      {...times, TrainingStartTime: '1970-01-01T00:00:35.000Z'},
      'older',
    ],
  ] as const)('%s', async (_name, status, job, state) => {
    const {cloud, asked} = traced(status, job)
    const {steps} = await traceExecution(arn, cloud)
    expect(since(steps)).toEqual([[state]])
    expect(asked).toEqual(['s3://lake/raw.csv'])
  })
})
