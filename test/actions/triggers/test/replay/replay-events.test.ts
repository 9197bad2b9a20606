// A made-up month. The embedded engine was never used here, so that nothing has run yet.
import {describe, expect, it} from 'vitest'
import {type ReplayInput, replayEvents} from '../../../../../src/actions/triggers/test/replay/replay-events.ts'
import {objectEvent, projectWorld} from '../project.ts'

const lines = (events: readonly (object | string)[]) =>
  events.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')

function replay(events: readonly (object | string)[], input: Partial<ReplayInput> = {}, triggerText?: string) {
  const world = projectWorld({'events.ndjson': lines(events)}, triggerText)
  return replayEvents({replay: 'events.ndjson', useHistory: false, ...input}, world)
}

const day = (number: number, hour = 3) => new Date(Date.UTC(2026, 10, number, hour)).toISOString().replace('.000', '')
const onlyNewData = 'triggers:\n  new-data:\n    s3: s3://lake/in/\n    parameters: {rawKey: $.detail.object.key}\n'

/** A file a day, each put once; on the 5th the event comes twice, on the 6th the service sends two. */
function month(): object[] {
  return Array.from({length: 30}, (_, index) => index + 1).flatMap((number) => {
    const put = objectEvent(`in/${number}.csv`, {id: `e-${number}`, time: day(number), sequencer: `00${number}`})
    const other = objectEvent(`out/${number}.csv`, {id: `o-${number}`, time: day(number, 4)})
    const twice = number === 5 ? [put] : []
    const again = number === 6 ? [{...put, id: 'e-6b'}] : []
    return [put, ...twice, ...again, other]
  })
}

it('counts fires, duplicates and the span of a month', async () => {
  const result = await replay(month(), {name: 'new-data'})
  expect(result).toMatchObject({
    events: 62,
    first: '2026-11-01T03:00:00.000Z',
    last: '2026-11-30T04:00:00.000Z',
    broken: {count: 0, records: []},
    fires: true,
    triggers: [
      {
        name: 'new-data',
        fires: 32,
        repeatedEvents: 1,
        repeatedHappenings: 1,
        refused: 0,
        first: '2026-11-01T03:00:00.000Z',
        last: '2026-11-30T03:00:00.000Z',
      },
    ],
  })
})

it('counts what the executions would run: a key that is new, and what reads from it; always what is never reused', async () => {
  const {runs} = await replay(month(), {name: 'new-data'})
  expect(runs).toEqual({
    executions: 32,
    parameterSets: 30,
    history: {from: 'none', executions: 0},
    steps: [
      {name: 'prepare', type: 'Processing', runs: 30, conditional: 0, reused: 2},
      {name: 'train', type: 'Training', runs: 30, conditional: 0, reused: 2},
      {name: 'clean', type: 'Processing', runs: 32, conditional: 0, reused: 0},
    ],
    total: {runs: 92, conditional: 0, reused: 4},
  })
})

it('a parameter runs only the steps whose keys it reaches', async () => {
  const text = 'triggers:\n  t:\n    s3: s3://lake/in/\n    parameters: {epochs: $.detail.object.size}\n'
  const sized = (size: number, id: string) => {
    const {detail, ...rest} = objectEvent('in/a', {id, sequencer: id})
    return {...rest, detail: {...detail, object: {...detail.object, size}}}
  }
  const {runs} = await replay([sized(1, 'a'), sized(2, 'b'), sized(1, 'c')], {}, text)
  expect(runs?.steps).toMatchObject([
    {name: 'prepare', runs: 1, reused: 2},
    {name: 'train', runs: 2, reused: 1},
    {name: 'clean', runs: 3, reused: 0},
  ])
})

it('what was made runs again once it has expired, after 10 days', async () => {
  const puts = [1, 5, 11, 12].map((number) =>
    objectEvent('in/a.csv', {id: `e-${number}`, time: day(number), sequencer: `${number}`}),
  )
  const {runs} = await replay(puts, {}, onlyNewData)
  // On the 11th at the same hour the result of the 1st is 10 days old.
  expect(runs?.steps).toMatchObject([
    {name: 'prepare', runs: 2, reused: 2},
    {name: 'train', runs: 2, reused: 2},
    {name: 'clean', runs: 4},
  ])
})

it('steps behind a condition that only the run decides are counted apart', async () => {
  const gate = `\
  gate:
    type: condition
    if: steps.train.TrainingTimeInSeconds >= 1
    then: [late]
  late:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: job.py
`
  const {runs} = await replay([objectEvent('in/a')], {}, `${gate}${onlyNewData}`)
  expect(runs?.steps).toMatchObject([
    {name: 'prepare'},
    {name: 'train'},
    {name: 'clean'},
    {name: 'late', runs: 0, conditional: 1},
  ])
  expect(runs?.total).toMatchObject({runs: 3, conditional: 1})
})

it('a trigger that is disabled is counted, and starts nothing', async () => {
  const text = onlyNewData.replace('new-data:', 'new-data:\n    enabled: false')
  const result = await replay(month(), {}, text)
  expect(result).toMatchObject({fires: false, triggers: [{fires: 32, isEnabled: false}]})
  expect(result).not.toHaveProperty('runs')
})

it('fires that start nothing, for want of a value or with a wrong one, are counted with why', async () => {
  const {detail, ...rest} = objectEvent('in/a', {reason: 'auto'})
  const unsized = {...rest, id: 'x', detail: {...detail, object: {key: 'in/b'}}}
  const result = await replay([{...rest, detail}, unsized, objectEvent('in/c', {id: 'y'})], {name: 'sized'})
  expect(result.triggers[0]).toMatchObject({
    fires: 3,
    refused: 2,
    problems: ['the event has nothing at $.detail.object.size', '"mode" cannot be "PutObject": known: auto, manual'],
  })
  expect(result.runs).toMatchObject({executions: 1})
})

it('a trigger that never fires tells where most events fail; a schedule goes by the clock', async () => {
  const result = await replay(month())
  expect(result.triggers.map(({name, fires, failsAt}) => [name, fires, failsAt?.field])).toEqual([
    ['nightly', 0, undefined],
    ['new-data', 32, undefined],
    ['sized', 32, undefined],
    ['approved', 0, 'source'],
    ['upstream', 0, 'source'],
    ['drifted', 0, 'source'],
    ['custom', 0, 'source'],
  ])
})

describe('records that cannot be read', () => {
  it('are counted and named, and the others are gone through', async () => {
    const result = await replay(
      [objectEvent('in/a.csv'), '{"id":', 'oops', '{"id":"no detail"}', objectEvent('in/b.csv')],
      {name: 'new-data'},
    )
    expect(result).toMatchObject({events: 2, triggers: [{fires: 2}]})
    expect(result.broken).toEqual({
      count: 3,
      records: [
        {line: 2, problem: 'expected a JSON value and found the end at column 7'},
        {line: 3, problem: 'it is not a JSON object'},
        {line: 4, problem: 'it is no event: it has no detail'},
      ],
    })
  })

  it('alone are an error', async () => {
    await expect(replay(['oops'])).rejects.toMatchObject({
      exit: 64,
      message: 'events.ndjson holds no event: line 1: it is not a JSON object',
    })
  })

  it('as a file that is not there are an error', async () => {
    await expect(replay([], {replay: 'none'})).rejects.toMatchObject({
      exit: 64,
      message: expect.stringContaining('does not exist'),
    })
  })
})

it('a bare pattern is counted without a spec', async () => {
  const result = await replay(month(), {pattern: '{"source":["aws.s3"]}', file: 'none.yaml'})
  expect(result).toMatchObject({triggers: [{fires: 62, repeatedEvents: 1}], fires: true})
  expect(result).not.toHaveProperty('runs')
})
