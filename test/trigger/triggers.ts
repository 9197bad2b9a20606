// Triggers and events for the tests of the trigger room.

import {parseEvent} from '../../src/events/event-fields.ts'
import {matchEvent} from '../../src/events/match.ts'
import {parsePattern} from '../../src/events/pattern.ts'
import type {DocumentPlace} from '../../src/trigger/documents.ts'
import type {SamplePlace} from '../../src/trigger/samples/envelope.ts'
import type {Trigger, TriggerSource} from '../../src/trigger/trigger.ts'
import {fc} from '../support/properties.ts'

export const pipelineArn = 'arn:aws:sagemaker:eu-central-1:111122223333:pipeline/churn'

export const documentPlace: DocumentPlace = {
  pipelineName: 'churn',
  pipelineArn,
  roleArn: 'arn:aws:iam::111122223333:role/churn-trigger',
  version: '1.2.3',
}

export const samplePlace: SamplePlace = {
  pipelineArn,
  ruleName: 'churn-t',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  timeMs: Date.UTC(2026, 10, 12, 3, 4, 5, 678),
}

export function trigger(overrides: Partial<Trigger> = {}): Trigger {
  return {
    name: 't',
    origin: 'spec',
    isEnabled: true,
    source: {kind: 's3', bucket: 'lake', prefix: 'in/'},
    parameters: [],
    ...overrides,
  }
}

export function matches(patternText: string, eventText: string): boolean {
  const pattern = parsePattern(patternText)
  if (pattern.kind === 'invalid') throw new Error(pattern.reason)
  const event = parseEvent(eventText)
  if (event.kind === 'invalid') throw new Error(event.reason)
  return matchEvent(pattern.pattern, event.event).kind === 'matches'
}

const name = fc.stringMatching(/^[a-zA-Z0-9](-?[a-zA-Z0-9]){0,30}$/)
/** Also what a wildcard would take for itself. */
export const keyText = fc.string({unit: fc.constantFrom('a', 'b', '/', '.', '*', '\\', '_', 'é', '"'), maxLength: 8})

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, {nil: undefined})
const present = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const driftBy = fc.oneof(
  fc.constant({kind: 'violation'} as const),
  fc.record({
    kind: fc.constant('alarm' as const),
    alarmName: name,
    made: fc.constant({
      namespace: 'aws/sagemaker/Endpoints/data-metrics',
      metric: 'feature_baseline_drift_age',
      dimensions: [{name: 'Endpoint', value: 'e'}],
      threshold: 0.2,
      periodSeconds: 3600,
    }),
  }),
  fc.record({kind: fc.constant('alarm' as const), alarmName: name}),
)

/** Every kind that waits for an event, but `event` itself. */
export const eventSources: fc.Arbitrary<Exclude<TriggerSource, {kind: 'schedule' | 'event'}>> = fc.oneof(
  fc
    .record({bucket: name, prefix: keyText, suffix: optional(keyText), marker: optional(keyText)})
    .map(({bucket, prefix, suffix, marker}) => ({
      kind: 's3' as const,
      bucket,
      prefix,
      ...(suffix && marker === undefined ? {suffix} : {}),
      ...(marker && !marker.includes('/') ? {marker} : {}),
    })),
  fc.record({kind: fc.constant('drift' as const), monitor: name, by: driftBy}),
  fc.record({
    kind: fc.constant('model' as const),
    group: name,
    on: fc.constantFrom('approved' as const, 'rejected' as const, 'registered' as const),
  }),
  fc.record({
    kind: fc.constant('pipeline' as const),
    pipeline: fc.oneof(
      name,
      name.map((one) => `arn:aws:sagemaker:eu-central-1:111122223333:pipeline/${one.toLowerCase()}`),
    ),
    on: fc.constantFrom('succeeded' as const, 'failed' as const, 'stopped' as const),
  }),
)

const scheduleSources = fc
  .record({
    via: fc.constantFrom('scheduler' as const, 'rule' as const),
    expression: fc.constantFrom('cron(0 3 * * ? *)', 'rate(5 minutes)', 'rate(1 day)'),
    zone: optional(fc.constantFrom('Europe/Berlin', 'UTC')),
    windowMinutes: optional(fc.integer({min: 1, max: 1440})),
    startMs: optional(fc.integer({min: 0, max: 4e12})),
    endMs: optional(fc.integer({min: 0, max: 4e12})),
  })
  .map((fields) => ({kind: 'schedule' as const, ...present(fields)}) as TriggerSource)

const eventPatterns = fc.constantFrom('{"source":["a",300.0]}', '{ "detail": {"b": [1], "a": [{"prefix": "x"}]} }')

export const triggers: fc.Arbitrary<Trigger> = fc
  .record({
    name,
    origin: fc.constantFrom('spec' as const, 'command-line' as const),
    description: optional(fc.string({maxLength: 600})),
    isEnabled: fc.boolean(),
    source: fc.oneof(
      eventSources,
      scheduleSources,
      eventPatterns.map((pattern) => ({kind: 'event' as const, pattern})),
    ),
    parameters: fc.uniqueArray(fc.record({name, value: fc.string()}), {selector: (one) => one.name, maxLength: 4}),
    roleArn: optional(fc.constant('arn:aws:iam::111122223333:role/own')),
    retry: optional(
      fc
        .record({attempts: optional(fc.nat(185)), maximumAgeSeconds: optional(fc.integer({min: 60, max: 86_400}))})
        .map(present),
    ),
    deadLetterArn: optional(fc.constant('arn:aws:sqs:eu-central-1:111122223333:q')),
  })
  .map((fields) => present(fields) as unknown as Trigger)
