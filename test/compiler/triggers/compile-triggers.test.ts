// Triggers as they are told to EventBridge, and what is found wrong with them. The exact words stand in test/fixtures/specs.

import {describe, expect, it} from 'vitest'
import type {TriggerScope} from '../../../src/compiler/context.ts'
import {compileTriggers} from '../../../src/compiler/triggers/compile-triggers.ts'
import {type Diagnostic, DiagnosticCollector} from '../../../src/diagnostics/diagnostic.ts'
import {parseTriggersText} from '../../../src/spec/triggers/parse-triggers.ts'
import {compileText} from '../../support/compile-text.ts'

/** The codes of errors and warnings of one trigger, beside the rest of a spec. */
function codesOf(trigger: string, rest = 'steps: {done: {type: fail, message: done}}'): string[] {
  return compiled(trigger, rest).diagnostics.map(({code, severity}) => (severity === 'error' ? code : `${code}?`))
}

function compiled(trigger: string, rest = 'steps: {done: {type: fail, message: done}}') {
  return compileText(`name: churn\n${rest}\ntriggers:\n  t: {${trigger}}\n`)
}

function helpOf(trigger: string, rest?: string): string | undefined {
  return compiled(trigger, rest).diagnostics[0]?.help
}

describe('schedules', () => {
  it.each([
    ['cron of Unix', '"0 3 * * *"', 'did you mean cron(0 3 * * ? *)?'],
    ['weekdays of Unix, which begin with 0', '"0 3 * * 0,6"', 'did you mean cron(0 3 ? * 1,7 *)?'],
    ['names of weekdays', '"0 3 * * MON-FRI"', 'did you mean cron(0 3 ? * MON-FRI *)?'],
    ['both days in six fields', 'cron(0 3 * * * *)', 'did you mean cron(0 3 * * ? *)?'],
    ['six fields without cron( )', '"0 3 * * ? *"', 'did you mean cron(0 3 * * ? *)?'],
    ['a rate in words', 'every 5 minutes', 'did you mean rate(5 minutes)?'],
    ['a duration', '12h', 'did you mean rate(12 hours)?'],
    ['one of a unit', 'rate(1 hours), via: rule', 'did you mean rate(1 hour)?'],
    ['a word of cron', '"@weekly"', 'did you mean cron(0 0 ? * SUN *)?'],
    ['a time', '2027-05-01T10:00', 'did you mean at(2027-05-01T10:00:00)?'],
    ['a time in UTC', '"at(2027-05-01T10:00:00Z)"', 'did you mean at(2027-05-01T10:00:00)?'],
    ['something else', 'at night', undefined],
  ])('%s', (_name, expression, help) => {
    expect(codesOf(`schedule: ${expression}`)).toEqual(['invalid-schedule'])
    expect(helpOf(`schedule: ${expression}`)).toBe(help)
  })

  it.each([
    ['a window of a minute', 'window: 1m', []],
    ['a window of a day', 'window: 24h', []],
    ['a window of more', 'window: 1d1m', ['out-of-range']],
    ['a window of half a minute', 'window: 30s', ['out-of-range']],
    ['a window of a month', 'window: P1M', ['months-for-minutes?', 'out-of-range']],
    ['UTC', 'timezone: UTC', []],
    ['an older name of a zone', 'timezone: US/Pacific', []],
    ['a zone in small letters', 'timezone: asia/tokyo', ['invalid-schedule']],
    ['an offset for a zone', 'timezone: "+01:00"', ['invalid-schedule']],
    ['the end on the day of the start', 'start: 2027-01-01, end: 2027-01-01T12:00', []],
    ['the end before the start by its zone', 'start: 2027-01-01, end: "2027-01-01T01:00+02:00"', ['invalid-schedule']],
    ['the 29th of February in a leap year', 'start: 2028-02-29', []],
    ['the 29th of February in another', 'start: 2027-02-29', ['invalid-schedule']],
  ])('%s', (_name, keys, codes) => {
    expect(codesOf(`schedule: rate(1 day), ${keys}`)).toEqual(codes)
  })
})

describe('objects in S3', () => {
  it.each([
    ['s3://lake', 'lake', ''],
    ['s3://lake/', 'lake', ''],
    ['s3://lake/in', 'lake', 'in'],
    ['s3://lake/in/', 'lake', 'in/'],
    ['s3://lake/a//b c/', 'lake', 'a//b c/'],
  ])('%s', (uri, bucket, prefix) => {
    const {triggers, diagnostics} = compiled(`s3: "${uri}"`)
    expect(diagnostics).toEqual([])
    expect(triggers[0]?.source).toEqual({kind: 's3', bucket, prefix})
  })
})

describe('names of parameters', () => {
  const rest = 'parameters: {a_b: x, a--b: x, -a: x, ab: x}\nsteps: {done: {type: fail, message: done}}'
  const wrong = ['trigger-parameter']

  it.each([
    ['s3: s3://lake/in', 'ab', []],
    ['s3: s3://lake/in', 'a--b', []],
    ['s3: s3://lake/in', 'a_b', wrong],
    ['s3: s3://lake/in', '-a', wrong],
    ['schedule: rate(1 day)', 'a_b', []],
    ['schedule: rate(1 day)', '-a', []],
    ['schedule: rate(1 day), via: rule', 'a_b', wrong],
    ['pipeline: features', 'a_b', wrong],
    ['schedule: rate(1 day)', 'b', wrong],
  ])('%s gives %s', (trigger, name, codes) => {
    expect(codesOf(`${trigger}, parameters: {"${name}": x}`, rest)).toEqual(codes)
  })
})

describe('values of parameters', () => {
  it.each<[string, string, string, string[]]>([
    ['an Integer', '5', '5', []],
    ['an Integer in quotes', '5', '"5"', []],
    ['a Float for an Integer', '5', '5.5', ['trigger-parameter']],
    ['an Integer for a Float', '0.5', '1', []],
    ['a text for a Float', '0.5', 'half', ['trigger-parameter']],
    ['true', 'false', 'true', []],
    ['yes', 'false', 'yes', ['trigger-parameter']],
    ['a number for a String', 'x', '0.10', []],
    ['nothing for a String', 'x', '""', []],
    ['a dollar', 'x', '"5$"', []],
    ['a pattern that ends in a dollar', 'x', '"^a$"', []],
    ['1,024 characters', 'x', 'x'.repeat(1024), []],
    ['1,025 characters', 'x', 'x'.repeat(1025), ['out-of-range']],
    ['a path', 'x', '$.detail.object.key', []],
    ['a path in brackets', 'x', "\"$['detail']['object']['key']\"", []],
    ['an index', 'x', '"$.resources[0]"', []],
    ['a path to a number for an Integer', '5', '$.detail.object.size', []],
    ['a path to a text for an Integer', '5', '$.detail.object.key', ['trigger-parameter']],
    ['a path to a field that such events do not have', 'x', '$.detail.object.name', ['trigger-parameter?']],
    ['a path to a field that they have at times', 'x', '$.detail.object.version-id', []],
    ['a path behind a text', 'x', 's3://lake/$.detail.object.key', ['trigger-parameter']],
    ['a path before a text', 'x', '$.detail.object.key.gz/', ['trigger-parameter']],
    ['two paths', 'x', '$.detail.bucket.name$.detail.object.key', ['trigger-parameter']],
    ['a path with a filter', 'x', '"$.resources[?(@)]"', ['trigger-parameter']],
    ['a path with two dots', 'x', '$..key', ['trigger-parameter']],
    ['a reference to a parameter', 'x', '"${parameters.p}"', ['reference-not-allowed']],
    ['a reference to the target', 'x', '"${target.bucket}"', []],
    ['a variable that is not set', 'x', '"${env.MLPIPE_TEST_UNSET}"', ['environment-variable-missing']],
  ])('%s', (_name, initial, value, codes) => {
    const rest = `parameters: {p: ${initial}}\nsteps: {done: {type: fail, message: done}}`
    expect(codesOf(`s3: s3://lake/in, parameters: {p: ${value}}`, rest)).toEqual(codes)
  })

  it('goes through as it is written', () => {
    const rest = 'parameters: {p: x, q: 0.5}\nsteps: {done: {type: fail, message: done}}'
    const {triggers} = compiled('schedule: rate(1 day), parameters: {p: "${target.bucket}/0x10", q: 1.50}', rest)
    expect(triggers[0]?.parameters).toEqual([
      {name: 'p', value: 'mlpipe-local/0x10'},
      {name: 'q', value: '1.50'},
    ])
  })

  it('gives two hundred parameters, and no more', () => {
    const names = Array.from({length: 201}, (_, index) => `p${index}`)
    const given = (count: number) =>
      names
        .slice(0, count)
        .map((name) => `${name}: x`)
        .join(', ')
    const rest = `parameters: {${given(200)}}\nsteps: {done: {type: fail, message: done}}`
    expect(codesOf(`s3: s3://lake/in, parameters: {${given(200)}}`, rest)).toEqual([])
    expect(codesOf(`s3: s3://lake/in, parameters: {${given(201)}}`, rest)).toContain('out-of-range')
  })
})

describe('the spec that the design shows', () => {
  const rest = `parameters: {rawKey: none}
steps: {done: {type: fail, message: done}}
targets:
  prod: {region: us-east-1, account: "111122223333", role: "arn:aws:iam::111122223333:role/SageMakerRole", bucket: my-bucket, default: true}`

  it.each([
    'schedule: cron(0 3 * * ? *), timezone: Europe/Berlin',
    's3: s3://my-bucket/incoming/, suffix: .csv, parameters: {rawKey: $.detail.object.key}',
  ])('%s', (trigger) => {
    expect(codesOf(trigger, rest)).toEqual([])
  })
})

describe('on a command line', () => {
  const scope: TriggerScope = {
    pipelineName: 'churn',
    target: {name: 'prod', kind: 'aws', region: 'cn-north-1', role: '', bucket: 'lake'},
    env: {},
    definition: {
      Version: '2020-12-01',
      Metadata: {},
      Parameters: [{Name: 'key', Type: 'String', DefaultValue: ''}],
      Steps: [],
    },
    origin: 'command-line',
  }

  function fromText(text: string) {
    const findings = new DiagnosticCollector()
    const triggers = compileTriggers(parseTriggersText(text, findings), scope, findings)
    return {triggers, findings: findings.sorted()}
  }

  it('is read like the spec', () => {
    const {triggers, findings} = fromText(
      'triggers:\n  t: {s3: "s3://${target.bucket}/in/", parameters: {key: $.detail.object.key}}\n',
    )
    expect(findings).toEqual([])
    expect(triggers).toEqual([
      {
        name: 't',
        origin: 'command-line',
        isEnabled: true,
        source: {kind: 's3', bucket: 'lake', prefix: 'in/'},
        parameters: [{name: 'key', value: '$.detail.object.key'}],
      },
    ])
  })

  it.each<[string, string, readonly Diagnostic['code'][]]>([
    ['nothing', '', ['empty-spec']],
    ['another key', 'steps: {}\n', ['unknown-key']],
    ['a wrong trigger', 'triggers:\n  t: {schedule: at night}\n', ['invalid-schedule']],
    [
      'its own pipeline in an account that the target does not tell',
      'triggers:\n  t: {pipeline: "arn:aws-cn:sagemaker:cn-north-1:999999999999:pipeline/churn"}\n',
      ['trigger-loop'],
    ],
    [
      'its own events in such an account',
      `triggers:\n  t: {event: {resources: ["arn:aws-cn:sagemaker:cn-north-1:999999999999:pipeline/churn"]}}\n`,
      ['trigger-loop'],
    ],
    [
      'the events of another pipeline',
      `triggers:\n  t: {event: {resources: ["arn:aws-cn:sagemaker:cn-north-1:999999999999:pipeline/churns"]}}\n`,
      [],
    ],
  ])('%s', (_name, text, codes) => {
    expect(fromText(text).findings.map(({code}) => code)).toEqual(codes)
  })
})
