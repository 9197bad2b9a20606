// Declared beside standing. What a service answers where nothing was said is in the references of GetSchedule and PutTargets.
import {expect, it} from 'vitest'
import {compareAlarm, compareStarter} from '../../src/trigger/compare.ts'
import {documentsOf, type RuleDocument, type ScheduleDocument} from '../../src/trigger/documents.ts'
import type {Trigger} from '../../src/trigger/trigger.ts'
import {fc} from '../support/properties.ts'
import {documentPlace, trigger, triggers} from './triggers.ts'

const starterOf = (one: Trigger) => documentsOf(one, documentPlace).starter

/** As the services answer after the document was put: whole seconds, and defaults where a schedule says nothing. */
function stands(document: RuleDocument | ScheduleDocument): Parameters<typeof compareStarter>[1] {
  if (document.kind === 'rule') {
    const {target, ...rest} = document
    const other = {id: 'theirs', arn: 'arn:aws:sqs:eu-central-1:111122223333:q', parameters: []}
    return {...rest, targets: [other, target]}
  }
  const whole = (ms: number | undefined) => (ms === undefined ? undefined : Math.floor(ms / 1000) * 1000)
  const {startMs, endMs, ...rest} = document
  const retry = {attempts: 185, maximumAgeSeconds: 86_400, ...document.target.retry}
  return {
    zone: 'UTC',
    ...rest,
    ...(startMs === undefined ? {} : {startMs: whole(startMs) ?? 0}),
    ...(endMs === undefined ? {} : {endMs: whole(endMs) ?? 0}),
    target: {...document.target, retry, parameters: document.target.parameters.toReversed()},
  }
}

it('nothing differs right after it was put', () => {
  fc.assert(
    fc.property(triggers, (one) => {
      const {starter, alarm} = documentsOf(one, documentPlace)
      expect(compareStarter(starter, stands(starter))).toEqual([])
      if (alarm) expect(compareAlarm(alarm, {...alarm})).toEqual([])
    }),
  )
})

const schedule = {kind: 'schedule', via: 'scheduler', expression: 'rate(1 day)'} as const

it.each<[string, Partial<Trigger>, Partial<Trigger>, object[]]>([
  ['description', {description: 'a'}, {description: 'b'}, [{field: 'description', before: 'a', after: 'b'}]],
  ['a new description', {}, {description: 'b'}, [{field: 'description', after: 'b'}]],
  [
    'owner',
    {origin: 'command-line'},
    {},
    [
      {
        field: 'owner',
        before: 'trigger t of churn, from the command line',
        after: 'trigger t of churn, from the spec',
      },
    ],
  ],
  ['enabled', {isEnabled: false}, {}, [{field: 'enabled', before: 'no', after: 'yes'}]],
  [
    'pattern',
    {source: {kind: 'event', pattern: '{"a":[1]}'}},
    {source: {kind: 'event', pattern: '{"a":[1.0]}'}},
    [{field: 'pattern', before: '{"a":[1]}', after: '{"a":[1.0]}'}],
  ],
  [
    'not the order of fields in a pattern',
    {source: {kind: 'event', pattern: '{"a":[1],"b":[2]}'}},
    {source: {kind: 'event', pattern: '{ "b": [2], "a": [1] }'}},
    [],
  ],
  [
    'parameters one by one',
    {
      parameters: [
        {name: 'a', value: '1'},
        {name: 'b', value: '2'},
        {name: 'c', value: '3'},
      ],
    },
    {
      parameters: [
        {name: 'd', value: '4'},
        {name: 'b', value: '5'},
        {name: 'a', value: '1'},
      ],
    },
    [
      {field: 'parameter b', before: '2', after: '5'},
      {field: 'parameter c', before: '3'},
      {field: 'parameter d', after: '4'},
    ],
  ],
  [
    'retry',
    {retry: {attempts: 3}},
    {retry: {maximumAgeSeconds: 60}},
    [
      {field: 'retry attempts', before: '3', after: '185'},
      {field: 'retry age', before: '86400 s', after: '60 s'},
    ],
  ],
  ['dead letter', {deadLetterArn: 'q'}, {}, [{field: 'dead letter', before: 'q'}]],
  ['role', {roleArn: 'r'}, {}, [{field: 'role', before: 'r', after: documentPlace.roleArn}]],
  [
    'the expression, the zone and the window',
    {source: {...schedule, windowMinutes: 5}},
    {source: {...schedule, expression: 'rate(2 days)', zone: 'Europe/Berlin'}},
    [
      {field: 'schedule', before: 'rate(1 day)', after: 'rate(2 days)'},
      {field: 'time zone', before: 'UTC', after: 'Europe/Berlin'},
      {field: 'window', before: '5 min'},
    ],
  ],
  [
    'the bounds',
    {source: {...schedule, startMs: 0}},
    {source: {...schedule, endMs: 1_000_999}},
    [
      {field: 'start', before: '1970-01-01T00:00:00Z'},
      {field: 'end', after: '1970-01-01T00:16:40Z'},
    ],
  ],
  [
    'an event in place of a schedule of a rule',
    {source: {kind: 'schedule', via: 'rule', expression: 'rate(1 day)'}},
    {source: {kind: 'event', pattern: '{"a":[1]}'}},
    [
      {field: 'pattern', after: '{"a":[1]}'},
      {field: 'schedule', before: 'rate(1 day)'},
    ],
  ],
  ['the service', {source: schedule}, {}, [{field: 'kind', before: 'schedule', after: 'rule'}]],
])('tells %s', (_name, before, after, expected) => {
  expect(compareStarter(starterOf(trigger(after)), stands(starterOf(trigger(before))))).toEqual(expected)
})

it('tells a rule whose target is gone', () => {
  const document = starterOf(trigger())
  if (document.kind !== 'rule') throw new Error('a trigger of objects is a rule')
  const {target: _, ...rest} = document
  expect(compareStarter(document, {...rest, targets: []})).toEqual([
    {field: 'target', after: documentPlace.pipelineArn},
  ])
})

it('tells each field of an alarm', () => {
  const alarm = {
    name: 'a',
    description: '[mlpipe: trigger t of churn, from the spec]',
    namespace: 'n',
    metric: 'm',
    dimensions: [{name: 'Endpoint', value: 'e'}],
    threshold: 0.2,
    periodSeconds: 60,
    tags: [],
  }
  const standing = {...alarm, namespace: 'o', dimensions: [], threshold: 1, periodSeconds: 300}
  expect(compareAlarm(alarm, standing)).toEqual([
    {field: 'namespace', before: 'o', after: 'n'},
    {field: 'dimension Endpoint', after: 'e'},
    {field: 'threshold', before: '1', after: '0.2'},
    {field: 'period', before: '300 s', after: '60 s'},
  ])
})
