// What `trigger list`, `show` and `fire` print, wide and narrow.
import {expect, it} from 'vitest'
import type {FirePreview} from '../../../src/actions/triggers/fire/fire-trigger.ts'
import type {TriggersResult} from '../../../src/actions/triggers/look/list-triggers.ts'
import type {TriggerDetail} from '../../../src/actions/triggers/look/trigger-detail.ts'
import type {StartReport, TriggerReport} from '../../../src/actions/triggers/look/trigger-report.ts'
import {stripColour} from '../../../src/views/style.ts'
import {fireView} from '../../../src/views/trigger/fire.ts'
import {triggersView} from '../../../src/views/trigger/list.ts'
import {triggerView} from '../../../src/views/trigger/show.ts'

const start: StartReport = {
  ...{execution: 'mjrltdmn6zgd', arn: 'arn:e', status: 'Succeeded', startedAt: '2026-11-27T02:00:00.000Z'},
  ...{agoSeconds: 7200, foundBy: 'role', orBy: ['new-data']},
}

const nightly: TriggerReport = {
  ...{
    name: 'nightly',
    kind: 'schedule',
    waitsFor: 'every day at 03:00 Europe/Berlin',
    state: 'enabled',
    madeBy: 'spec',
  },
  standing: {
    kind: 'schedule',
    name: 'churn-nightly',
    within: 'churn',
    arn: 'arn:aws:scheduler:eu:1:schedule/churn/churn-nightly',
  },
  next: {
    kind: 'times',
    zone: 'Europe/Berlin',
    times: [
      {at: '2026-11-28T02:00:00.000Z', there: '2026-11-28T03:00:00+01:00', here: '2026-11-27T21:00:00-05:00'},
      {at: '2026-11-29T02:00:00.000Z', there: '2026-11-29T03:00:00+01:00', here: '2026-11-28T21:00:00-05:00'},
    ],
  },
  ...{spec: 'same', differences: [], problems: [], lastStart: start},
}

const newData: TriggerReport = {
  ...{
    name: 'new-data',
    kind: 's3',
    waitsFor: 'an object is put at s3://lake/in/*.csv',
    state: 'disabled',
    madeBy: 'command-line',
  },
  standing: {kind: 'rule', name: 'churn-new-data', within: 'default', arn: 'arn:r'},
  spec: 'differs',
  differences: [
    {field: 'enabled', before: 'no', after: 'yes'},
    {field: 'parameter key', after: '$.detail.object.key'},
  ],
  problems: ['there is no role arn:aws:iam::111122223333:role/churn-trigger'],
}

const sdk: TriggerReport = {
  ...{name: 'churn', kind: 'schedule', waitsFor: 'every 5 minutes', state: 'enabled', madeBy: 'something-else'},
  standing: {kind: 'rule', name: 'churn', within: 'apps', arn: 'arn:s'},
  next: {kind: 'unknown', why: 'a rate counts from when the rule was made, which EventBridge does not tell'},
  ...{differences: [], problems: []},
}

const missing: TriggerReport = {
  ...{name: 'approved', kind: 'model', waitsFor: 'a model of churners is approved', state: 'not-made', madeBy: 'spec'},
  ...{spec: 'not-made', differences: [], problems: []},
}

const leftOver: TriggerReport = {
  ...{name: 'weekly', kind: 'schedule', waitsFor: 'cron(0 3 LW * ? *) UTC', state: 'enabled', madeBy: 'spec'},
  standing: {kind: 'schedule', name: 'churn-weekly', within: 'churn', arn: 'arn:w'},
  next: {kind: 'times', zone: 'UTC', times: []},
  ...{spec: 'not-declared', differences: [], problems: []},
}

const list: TriggersResult = {
  ...{formatVersion: 1, pipeline: 'churn', target: 'prod', arn: 'arn:p', isDeployed: true, zone: 'America/New_York'},
  triggers: [nightly, newData, missing, leftOver, sdk],
  ...{notes: [], next: ['mlpipe deploy --triggers -t prod']},
}

const detail: TriggerDetail = {
  ...{formatVersion: 1, pipeline: 'churn', target: 'local', isDeployed: true, zone: 'Europe/Berlin', trigger: newData},
  description: 'what the shop uploads',
  pattern: {source: ['aws.s3'], detail: {bucket: {name: ['lake']}}},
  targets: [
    {
      roleArn: 'arn:aws:iam::111122223333:role/churn-trigger',
      parameters: [
        {name: 'key', value: '$.detail.object.key', from: 'path'},
        {name: 'epochs', value: '7', from: 'constant'},
      ],
      retry: {attempts: 185, maximumAgeSeconds: 86_400},
      deadLetterArn: 'arn:aws:sqs:us-east-1:111122223333:dead',
      deadLetters: {
        file: '.mlpipe/queues/dead.ndjson',
        count: 2,
        errorCode: 'NO_PERMISSIONS',
        message: 'the role is gone',
      },
    },
  ],
  alsoStarts: ['arn:aws:sns:us-east-1:111122223333:mail'],
  tags: [
    {key: 'mlpipe:trigger', value: 'new-data'},
    {key: 'team', value: 'growth'},
  ],
  alarms: [
    {
      name: 'churn-drift',
      standing: {
        ...{state: 'OK', metric: 'feature_baseline_drift_age', namespace: 'aws/sagemaker/Endpoints/data-metrics'},
        ...{dimensions: [{name: 'Endpoint', value: 'live'}], threshold: 0.2, periodSeconds: 3600},
      },
    },
    {name: 'gone'},
  ],
  buckets: [{bucket: 'lake', events: 'off'}],
  executions: [{...start, foundBy: 'description', byHand: true, parameters: [{name: 'key', value: 'in/july.csv'}]}],
  ...{notes: [], next: ['mlpipe trigger create new-data']},
}

const preview: FirePreview = {
  ...{formatVersion: 1, outcome: 'dry-run', pipeline: 'churn', target: 'local'},
  trigger: {
    ...{name: 'new-data', kind: 's3'},
    event: {from: 'sample', id: 'b0f3c2d1-0000-4000-8000-000000000000', document: {source: 'aws.s3'}},
    parameters: [
      {name: 'key', value: 'in/sample.csv', path: '$.detail.object.key'},
      {name: 'epochs', value: '7'},
    ],
  },
  parameters: [
    {name: 'key', value: 'in/sample.csv'},
    {name: 'epochs', value: '1'},
  ],
  ...{notes: ['it is disabled: no event fires it'], next: ['mlpipe trigger fire new-data']},
}

const {orBy: _, ...sure} = start
const sureList = {...list, triggers: [{...nightly, lastStart: sure}], next: []}
const undeployed = {
  ...list,
  isDeployed: false,
  triggers: [missing],
  notes: ['mlpipe.yaml has 1 error'],
  next: ['mlpipe deploy'],
}

it.each<[string, (width: number, colour: boolean) => string]>([
  ['list', (width, colour) => triggersView.human(list, {width, colour})],
  ['list-not-deployed', (width, colour) => triggersView.human(undeployed, {width, colour})],
  ['show', (width, colour) => triggerView.human(detail, {width, colour})],
  ['show-schedule', (width, colour) => triggerView.human({...scheduleDetail()}, {width, colour})],
  ['fire-dry-run', (width, colour) => fireView.human(preview, {width, colour})],
])('%s, at 100 and 60 columns; colours add nothing', async (name, print) => {
  for (const width of [100, 60]) {
    const text = print(width, false)
    await expect(`${text}\n`).toMatchFileSnapshot(`../../fixtures/views/trigger/${name}-${width}.txt`)
    expect(stripColour(print(width, true))).toBe(text)
  }
})

it('a role that only one trigger has is not said to be another one', () => {
  expect(triggersView.human(sureList, {width: 100, colour: false})).toMatch(/ago, by its role$/)
})

it('nothing is said in one line', () => {
  expect(triggersView.human({...list, triggers: [], next: []}, {width: 100, colour: false})).toBe(
    'nothing starts churn on prod',
  )
})

it('what others wrote cannot draw on the terminal', () => {
  const evil: TriggerReport = {...newData, waitsFor: 'a \u001B[2Jb', problems: ['c\u001B]0;d\u0007']}
  expect(triggersView.human({...list, triggers: [evil]}, {width: 100, colour: false})).not.toMatch(/[\u001B\u0007]/)
})

function scheduleDetail(): TriggerDetail {
  const {pattern: _pattern, description: _description, ...rest} = detail
  return {
    ...rest,
    trigger: nightly,
    zone: 'America/New_York',
    schedule: {
      expression: 'cron(0 3 * * ? *)',
      words: 'every day at 03:00',
      startsAt: '2026-11-01T00:00:00.000Z',
      endsAt: '2027-01-01T00:00:00.000Z',
    },
    ...{targets: [], alsoStarts: [], tags: [], alarms: [], buckets: [], next: []},
    executions: [{...start, parameters: []}],
  }
}
