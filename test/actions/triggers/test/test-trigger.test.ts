// `mlpipe trigger test` for one event: verdict, parameters, and what failed. No target is asked: the world here has none.
import {describe, expect, it} from 'vitest'
import {judgeEvent} from '../../../../src/actions/triggers/test/judge-trigger.ts'
import {openSubject} from '../../../../src/actions/triggers/test/subject.ts'
import {type TestInput, testTriggers} from '../../../../src/actions/triggers/test/test-trigger.ts'
import {parseEvent} from '../../../../src/events/event-fields.ts'
import {readPatternCases} from '../../../support/pattern-cases.ts'
import {objectEvent, projectWorld} from './project.ts'

async function verdictOf(name: string, input: TestInput = {}, world = projectWorld()) {
  const {triggers, fires} = await testTriggers({name, ...input}, world)
  expect(triggers).toHaveLength(1)
  return {...triggers[0], fires}
}

const event = (value: object) => ({event: JSON.stringify(value)})

it('every trigger of the spec has a verdict for a sample of its own', async () => {
  const {triggers, fires} = await testTriggers({}, projectWorld())
  expect(triggers.map(({name, verdict, isEnabled}) => [name, verdict, isEnabled])).toEqual([
    ['nightly', 'fires', true],
    ['new-data', 'fires', true],
    // "PutObject" is none of the values of mode.
    ['sized', 'cannot-start', true],
    ['approved', 'fires', false],
    ['upstream', 'fires', true],
    ['drifted', 'fires', true],
    ['custom', 'fires', true],
  ])
  expect(fires).toBe(true)
})

describe('parameters', () => {
  it('are constants, and values of the event with their paths', async () => {
    expect(await verdictOf('new-data', event(objectEvent('in/x.csv')))).toMatchObject({
      verdict: 'fires',
      fires: true,
      parameters: [
        {name: 'rawKey', value: 'in/x.csv', path: '$.detail.object.key'},
        {name: 'mode', value: 'auto'},
      ],
    })
  })

  it('that the pipeline would not take are told', async () => {
    const {parameters, verdict, fires} = await verdictOf('sized', event(objectEvent('in/x', {reason: 'manuel'})))
    expect({verdict, fires}).toEqual({verdict: 'cannot-start', fires: false})
    expect(parameters).toEqual([
      {name: 'epochs', value: '5', path: '$.detail.object.size'},
      {
        name: 'mode',
        value: 'manuel',
        path: '$.detail.reason',
        problem: '"mode" cannot be "manuel": did you mean "manual"?',
      },
    ])
  })

  it('that the event does not have are told', async () => {
    const {detail, ...envelope} = objectEvent('in/x')
    const bare = {...envelope, detail: {bucket: detail.bucket, object: {key: 'in/x'}, reason: 'auto'}}
    expect(await verdictOf('sized', event(bare))).toMatchObject({
      verdict: 'cannot-start',
      parameters: [
        {name: 'mode', value: 'auto'},
        {name: 'epochs', problem: 'the event has nothing at $.detail.object.size'},
      ],
    })
  })
})

it('every field that fails is told, with what is wanted, what is there, and what is nearly right', async () => {
  expect(await verdictOf('new-data', event(objectEvent('in/x.CSV')))).toMatchObject({
    verdict: 'does-not-match',
    fires: false,
    mismatches: [
      {
        field: 'detail.object.key',
        why: 'no-value-matches',
        wanted: '[{"wildcard":"in/*.csv"}]',
        found: ['"in/x.CSV"'],
        hint: 'only the case of the letters differs',
      },
    ],
  })
})

it('a trigger that is disabled would fire, and starts nothing', async () => {
  expect(await verdictOf('approved')).toMatchObject({verdict: 'fires', isEnabled: false, fires: false})
})

it('a schedule fires by its clock, and tells five times in both zones', async () => {
  const {next, verdict, sample} = await verdictOf('nightly')
  expect({verdict, sample}).toEqual({verdict: 'fires', sample: undefined})
  expect(next).toMatchObject({zone: 'Europe/Berlin'})
  expect(next?.kind === 'times' && next.times).toHaveLength(5)
  expect(next?.kind === 'times' && next.times[0]).toEqual({
    at: '2026-11-28T02:00:00.000Z',
    there: '2026-11-28T03:00:00+01:00',
    here: '2026-11-27T21:00:00-05:00',
  })
  expect(await verdictOf('nightly', event(objectEvent('a')))).toMatchObject({
    verdict: 'waits-for-no-event',
    fires: false,
  })
})

it('a rate counts from when it is made, and that is said', async () => {
  const world = projectWorld({}, 'triggers:\n  often:\n    schedule: rate(1 hour)\n')
  const {notes, triggers} = await testTriggers({}, world)
  expect(notes).toEqual([expect.stringContaining('a rate counts from when its schedule is made')])
  expect(triggers[0]?.next).toMatchObject({kind: 'times', times: {length: 5}})
})

it('a rule with a schedule has the event that it sends', async () => {
  const text = 'triggers:\n  often:\n    schedule: rate(1 hour)\n    via: rule\n'
  expect(await verdictOf('often', {}, projectWorld({}, text))).toMatchObject({
    verdict: 'fires',
    sample: {'detail-type': 'Scheduled Event', resources: ['arn:aws:events:us-east-1:000000000000:rule/churn-often']},
  })
})

it('an account that only the event knows is taken from there, and that is said', async () => {
  const targets = 'targets:\n  prod: {region: us-east-1, role: "arn:aws:iam::111122223333:role/r", bucket: b}\n'
  const arn = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/features'
  const {detail: _, ...envelope} = objectEvent('')
  const succeeded = {
    ...envelope,
    source: 'aws.sagemaker',
    'detail-type': 'SageMaker Model Building Pipeline Execution Status Change',
    detail: {pipelineArn: arn, currentPipelineExecutionStatus: 'Succeeded'},
  }
  const world = projectWorld({}, `triggers:\n  upstream: {pipeline: features}\n${targets}`)
  const result = await testTriggers({target: 'prod', ...event(succeeded)}, world)
  expect(result.fires).toBe(true)
  expect(result.notes).toEqual(['account or region of target "prod" are not in the spec: those of the event count'])
})

describe('refuses', () => {
  const whole = objectEvent('in/x.csv')

  it.each<[string, TestInput, string]>([
    ['what is no JSON', {event: '{"a": }'}, 'is no JSON object: expected a JSON value'],
    ['an event without an id', event({...whole, id: undefined}), 'has no field id, which every event has'],
    [
      'an event of source and detail alone',
      event({source: 'aws.s3', detail: {}}),
      'has no fields id, account, time, region, resources, detail-type, which every event has',
    ],
    [
      'a file that is not there',
      {event: 'none.json'},
      'the file none.json, which should hold the event, does not exist',
    ],
    ['a folder', {event: '.'}, 'is a folder'],
    ['a trigger that is not declared', {name: 'new-dat'}, 'declares no trigger "new-dat": did you mean "new-data"?'],
    ['a name beside a pattern', {name: 'nightly', pattern: '{"a":[1]}'}, 'leave out --pattern'],
  ])('%s', async (_name, input, message) => {
    await expect(testTriggers(input, projectWorld())).rejects.toMatchObject({
      exit: 64,
      message: expect.stringContaining(message),
    })
  })

  it('a spec without triggers', async () => {
    await expect(testTriggers({}, projectWorld({}, ''))).rejects.toMatchObject({code: 'no-triggers', exit: 64})
  })

  // aws/event-ruler's reasons, which EventBridge gives in InvalidEventPatternException.
  it.each([
    ['[1]', 'Filter is not an object'],
    ['{"a":1}', '"a" must be an object or an array'],
    ['{"a":[]}', 'Empty arrays are not allowed'],
    ['{"a":{}}', 'Empty objects are not allowed'],
    ['{"a":[{"like":"x"}]}', 'Unrecognized match type like'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
    ['{"$or":[{"a":[1]}]}', 'There must have at least 2 Objects in $or relationship.'],
  ])('the pattern %s', async (pattern, reason) => {
    const world = projectWorld({'pattern.json': pattern})
    const message = `EventBridge refuses the pattern (pattern.json): Event pattern is not valid. Reason: ${reason}`
    await expect(testTriggers({pattern: 'pattern.json', event: '{}'}, world)).rejects.toMatchObject({exit: 64, message})
  })
})

it('the detail of an event alone is tried, and said to be no event', async () => {
  const result = await testTriggers({name: 'new-data', ...event(objectEvent('in/x.csv').detail)}, projectWorld())
  expect(result.notes).toEqual([expect.stringContaining('no field of an event')])
  expect(result.triggers[0]?.mismatches?.at(-1)).toMatchObject({
    field: 'detail.object.key',
    hint: 'the event has object.key at its top: it may be no more than the detail of an event',
  })
})

describe('a bare pattern needs no spec', () => {
  it('with an event', async () => {
    const world = projectWorld({'p.json': '{"f":[1]}', 'e.json': '\uFEFF{"f":1}'})
    const result = await testTriggers({pattern: 'p.json', event: 'e.json', file: 'no-such-spec.yaml'}, world)
    expect(result).toMatchObject({fires: true, triggers: [{verdict: 'fires', kind: 'event'}]})
    expect(result).not.toHaveProperty('spec')
  })

  it('with a sample', async () => {
    const result = await testTriggers({pattern: '{"detail":{"key":[{"prefix":"in/"}]}}'}, projectWorld())
    expect(result.triggers[0]).toMatchObject({verdict: 'fires', sample: {detail: {key: 'in/sample'}}})
  })

  it('and says where no sample can be made', async () => {
    const result = await testTriggers({pattern: '{"source":[{"exists":false}]}'}, projectWorld())
    expect(result).toMatchObject({fires: false, triggers: [{verdict: 'no-sample', why: 'every event has source'}]})
  })
})

const cases = readPatternCases('the verdicts of the open engine through trigger test')

describe.skipIf(!cases)('agrees with the open engine', () => {
  it('on all cases as bare patterns', async () => {
    const world = projectWorld()
    const wrong: object[] = []
    for (const one of cases ?? []) {
      const {fires} = await testTriggers({pattern: one.patternText, event: one.eventText}, world)
      if (fires !== one.matches) wrong.push(one)
    }
    expect(wrong).toEqual([])
    expect(cases).toHaveLength(400)
  })

  // A pattern that the events of the pipeline itself match would be a loop: each wants a field more, which its events have.
  const withMark = (text: string, mark: string) =>
    text.replace('{', `{"mark":${mark},`).replace(/^(\{"mark":[^,]*),\}$/, '$1}')
  const marked = (cases ?? []).map(({patternText, eventText, matches}) => ({
    patternText: withMark(patternText, '["m"]'),
    eventText: withMark(eventText, '"m"'),
    matches,
  }))

  it('on all cases as triggers of a spec', async () => {
    const patterns = [...new Set(marked.map(({patternText}) => patternText))]
    const text = patterns.map((pattern, index) => `  t${index}: {event: '${pattern.replaceAll("'", "''")}'}\n`)
    const world = projectWorld({}, `triggers:\n${text.join('')}`)
    const subject = await openSubject({}, world)
    const byPattern = new Map(patterns.map((pattern, index) => [pattern, subject.triggers[index]]))
    const wrong = marked.filter((one) => {
      const trigger = byPattern.get(one.patternText)
      const parsed = parseEvent(one.eventText)
      if (!trigger || parsed.kind === 'invalid') return true
      return (judgeEvent(trigger, parsed.event, subject, world).verdict === 'fires') !== one.matches
    })
    expect(wrong).toEqual([])
  })
})
