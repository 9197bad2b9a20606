// Triggers that the command line declares: the YAML that they come to, and that it is held to what a spec is held to.

import {describe, expect, it} from 'vitest'
import {SpecError} from '../../../src/diagnostics/spec-error.ts'
import {writeFiles} from '../../support/temp-dir.ts'
import {
  changesIn,
  create,
  deployedAccount,
  deployTo,
  nightly,
  refused,
  ruleOf,
  scheduleOf,
  specWith,
} from '../../support/trigger-account.ts'

type Options = NonNullable<NonNullable<Parameters<typeof create>[1]>['options']>

const cases: readonly (readonly [string, Options, string])[] = [
  [
    'a schedule',
    {schedule: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin', window: '15m', parameters: ['epochs=50', 'rawKey=007']},
    `triggers:
  nightly:
    schedule: cron(0 3 * * ? *)
    timezone: Europe/Berlin
    window: 15m
    parameters:
      epochs: 50
      rawKey: "007"
`,
  ],
  [
    'new data',
    {s3: 's3://lake/incoming/', suffix: '.csv', parameters: ['rawKey=$.detail.object.key'], disabled: true},
    `triggers:
  nightly:
    s3: s3://lake/incoming/
    suffix: .csv
    enabled: false
    parameters:
      rawKey: $.detail.object.key
`,
  ],
  [
    'drift',
    {drift: 'churn-monitor', endpoint: 'churn', feature: 'age', threshold: '0.2', retryAttempts: '3', maxAge: '2h'},
    `triggers:
  nightly:
    drift: churn-monitor
    endpoint: churn
    feature: age
    threshold: 0.2
    retry: {attempts: 3, age: 2h}
`,
  ],
  ['an approval', {model: 'churn', on: 'rejected'}, 'triggers:\n  nightly:\n    model: churn\n    on: rejected\n'],
  [
    'another pipeline',
    {pipeline: 'prepare', on: 'failed'},
    'triggers:\n  nightly:\n    pipeline: prepare\n    on: failed\n',
  ],
  [
    'any event',
    {event: '{"source": ["my.app"], "detail": {"amount": [{"numeric": [">", 6.0]}]}}'},
    `triggers:
  nightly:
    event:
      source: [my.app]
      detail:
        amount:
          - numeric: [">", 6.0]
`,
  ],
]

describe.each(cases)('%s', (_kind, options, yaml) => {
  it('comes to YAML that can be kept in the spec, where it declares the very same', async () => {
    const account = await deployedAccount(specWith(''))
    const made = await create(account, {name: 'nightly', options})
    expect(made).toMatchObject({outcome: 'created', triggers: [{name: 'nightly', origin: 'command-line'}]})
    expect(made.yaml).toBe(yaml)

    account.calls = []
    writeFiles(account.directory, {'mlpipe.yaml': specWith(made.yaml ?? '')})
    const {differences = []} = (await deployTo(account)).triggers ?? {}
    const fields = differences.flatMap(({changes}) => changes.map(({field}) => field))
    expect(fields.filter((field) => !field.endsWith('owner'))).toEqual([])
  })
})

it('an event pattern may stand in a file', async () => {
  const account = await deployedAccount(specWith(''))
  writeFiles(account.directory, {'pattern.json': '{"source": ["my.app"]}\n'})
  await create(account, {name: 'nightly', options: {event: '@pattern.json'}})
  expect(JSON.parse((await ruleOf(account, 'churn-nightly')).EventPattern ?? '')).toEqual({source: ['my.app']})
  const error = await refused(create(account, {name: 'other', options: {event: '@nowhere.json'}}))
  expect(error).toMatchObject({code: 'unreadable-file', message: expect.stringContaining('nowhere.json')})
})

it.each<[string, Options, string]>([
  ['an expression that is none', {schedule: 'cron(0 3 * * *)'}, 'cron(0 3 * * *)'],
  ['a parameter that there is not', {schedule: 'rate(1 hour)', parameters: ['late=1']}, 'late'],
  ['a key of another kind', {schedule: 'rate(1 hour)', suffix: '.csv'}, 'suffix'],
  ['a pattern that is no JSON', {event: 'source: x'}, 'source: x'],
])('%s is shown in the text of the command line', async (_what, options, marked) => {
  const account = await deployedAccount(specWith(''))
  const error = await refused(create(account, {name: 'nightly', options}))
  if (!(error instanceof SpecError)) throw error
  expect(error.source.path).toBe('command line')
  const [{range} = {range: {start: 0, end: 0}}] = error.diagnostics
  expect(error.source.text.slice(range.start, range.end)).toContain(marked)
  expect(changesIn(account)).toEqual([])
})

it('a name that the spec declares too is refused', async () => {
  const account = await deployedAccount(specWith(nightly))
  const error = await refused(create(account, {name: 'nightly', options: {schedule: 'rate(1 hour)'}}))
  expect(error).toMatchObject({
    code: 'trigger-declared',
    nextSteps: ['mlpipe trigger create nightly  (as the spec has it)', 'or give this one another name'],
  })
})

it.each<[string, {readonly name?: string; readonly options: Options}, string]>([
  ['a kind without a name', {options: {schedule: 'rate(1 hour)'}}, 'needs a name'],
  [
    'an option of a kind that is not given',
    {name: 'nightly', options: {timezone: 'UTC'}},
    '--timezone UTC is for a trigger that is declared here',
  ],
  [
    'a parameter for what the spec declares',
    {name: 'nightly', options: {parameters: ['epochs=1']}},
    'write it under triggers.nightly',
  ],
  [
    'a parameter without a value',
    {name: 'weekly', options: {schedule: 'rate(1 hour)', parameters: ['epochs']}},
    'NAME=VALUE',
  ],
])('%s is a usage error', async (_what, more, message) => {
  const account = await deployedAccount(specWith(nightly))
  const error = await refused(create(account, more))
  expect(error).toMatchObject({code: 'usage', message: expect.stringContaining(message)})
})

it('the command that goes on has every flag again, fit for a shell', async () => {
  const account = await deployedAccount(specWith(''))
  account.reply = false
  const options = {s3: 's3://lake/in coming/', parameters: ['rawKey=$.detail.object.key'], disabled: true}
  await create(account, {name: 'new-data', yes: false, options})
  expect(account.questions).toMatchObject([
    {
      question: 'create trigger new-data of churn on prod (AWS us-east-1)?',
      yesCommand:
        "mlpipe trigger create new-data --s3 's3://lake/in coming/' --param 'rawKey=$.detail.object.key' --disabled -t prod --yes",
    },
  ])
})

it('on local nothing is asked, no role is made, and it is said when triggers fire', async () => {
  const account = await deployedAccount(specWith(nightly))
  await deployTo(account, {target: 'local'})
  account.calls = []
  const result = await create(account, {target: 'local', yes: false})
  expect(result).toMatchObject({outcome: 'created', notes: [expect.stringContaining('mlpipe local serve')]})
  expect(result.role).toBeUndefined()
  expect(account.questions).toEqual([])
  const {Target} = await scheduleOf(account, 'churn-nightly')
  expect(Target?.RoleArn).toBe('arn:aws:iam::000000000000:role/mlpipe-local')
})
