// What `trigger create`, `enable`, `disable` and `delete` say, and what deploy says of triggers, at two widths.
import {expect, it} from 'vitest'
import type {DeployResult} from '../../../src/actions/deploy/deploy-result.ts'
import type {CreateTriggersResult, TriggerReport} from '../../../src/actions/triggers/create/triggers-result.ts'
import type {DeleteTriggersResult} from '../../../src/actions/triggers/delete-triggers-result.ts'
import type {SwitchTriggerResult} from '../../../src/actions/triggers/switch-trigger.ts'
import {deployView} from '../../../src/views/deploy.ts'
import {deployProposal} from '../../../src/views/deploy-proposal.ts'
import {stripColour} from '../../../src/views/style.ts'
import {createTriggersProposal, createTriggersView} from '../../../src/views/trigger/create.ts'
import {deleteTriggersProposal, deleteTriggersView} from '../../../src/views/trigger/delete.ts'
import {switchTriggerView} from '../../../src/views/trigger/switch.ts'
import type {Screen} from '../../../src/views/view.ts'

const account = 'us-east-1:111122223333'
const ruleArn = (name: string) => `arn:aws:events:${account}:rule/${name}`

const nightly: TriggerReport = {
  name: 'nightly',
  kind: 'schedule',
  origin: 'spec',
  action: 'create',
  waitsFor: 'every day at 03:00 Europe/Berlin',
  isEnabled: true,
  starter: {
    kind: 'schedule',
    name: 'churn-nightly',
    within: 'churn',
    arn: `arn:aws:scheduler:${account}:schedule/churn/churn-nightly`,
  },
  parameters: [
    {name: 'epochs', value: '50'},
    {name: 'note', value: 'two\nlines'},
  ],
  changes: [],
  replaces: [],
  nextTimes: ['2026-11-28T02:00:00.000Z', '2026-11-29T02:00:00.000Z', '2026-11-30T02:00:00.000Z'],
  timeZone: 'Europe/Berlin',
}

const newData: TriggerReport = {
  name: 'new-data',
  kind: 's3',
  origin: 'spec',
  action: 'update',
  waitsFor: 'an object is put at s3://lake/incoming/*.csv',
  isEnabled: false,
  starter: {kind: 'rule', name: 'churn-new-data', within: 'default', arn: ruleArn('churn-new-data')},
  parameters: [{name: 'rawKey', value: '$.detail.object.key'}],
  changes: [
    {field: 'parameter rawKey', after: '$.detail.object.key'},
    {field: 'retry attempts', before: '185', after: '3'},
  ],
  replaces: ['schedule churn-new-data (churn)'],
  isForeign: true,
}

const drifted: TriggerReport = {
  name: 'drifted',
  kind: 'drift',
  origin: 'spec',
  action: 'none',
  waitsFor: 'alarm churn-drifted goes to ALARM',
  isEnabled: true,
  starter: {kind: 'rule', name: 'churn-drifted', within: 'default', arn: ruleArn('churn-drifted')},
  parameters: [],
  changes: [],
  alarm: {name: 'churn-drifted', action: 'none', changes: []},
  replaces: [],
}

const created: CreateTriggersResult = {
  formatVersion: 1,
  file: 'mlpipe.yaml',
  pipeline: 'churn',
  target: 'prod',
  outcome: 'created',
  triggers: [nightly, newData, drifted],
  role: {arn: 'arn:aws:iam::111122223333:role/churn-trigger', action: 'create'},
  buckets: ['lake'],
  queues: [
    {
      queue: `arn:aws:sqs:${account}:late`,
      policy: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 'sqs:SendMessage'}]},
    },
  ],
  warnings: [],
  notes: ['it takes a few minutes until S3 sends the events of a bucket'],
  next: ['mlpipe trigger test nightly -t prod', 'mlpipe trigger list -t prod'],
}

const oneOfTheCommandLine: CreateTriggersResult = {
  ...created,
  outcome: 'dry-run',
  triggers: [{...nightly, origin: 'command-line'}],
  buckets: [],
  queues: [],
  notes: [],
  yaml: 'triggers:\n  nightly:\n    schedule: cron(0 3 * * ? *)\n    timezone: Europe/Berlin\n',
  next: ["mlpipe trigger create nightly --schedule 'cron(0 3 * * ? *)' --timezone Europe/Berlin -t prod"],
}

const deleted: DeleteTriggersResult = {
  formatVersion: 1,
  pipeline: 'churn',
  target: 'prod',
  outcome: 'deleted',
  triggers: [
    {name: 'drifted', kind: 'rule', starter: 'churn-drifted', within: 'default', alarm: 'churn-drifted'},
    {name: 'new-data', kind: 'rule', starter: 'churn-new-data', within: 'default', keptForOthers: true},
    {name: 'nightly', kind: 'schedule', starter: 'churn-nightly', within: 'churn'},
  ],
  role: 'churn-trigger',
  group: 'churn',
  leaves: [{kind: 'rule', starter: 'by-hand', within: 'default', isForeign: true}],
  next: ['mlpipe trigger list -t prod'],
}

const disabled: SwitchTriggerResult = {
  formatVersion: 1,
  pipeline: 'churn',
  target: 'prod',
  trigger: 'nightly',
  outcome: 'disabled',
  isEnabled: false,
  starters: [
    {
      kind: 'schedule',
      name: 'churn-nightly',
      within: 'churn',
      arn: 'arn:aws:scheduler:us-east-1:111122223333:schedule/x',
    },
  ],
  next: ['mlpipe trigger enable nightly -t prod'],
}

const deployed: DeployResult = {
  formatVersion: 1,
  file: 'mlpipe.yaml',
  pipeline: 'churn',
  target: 'prod',
  outcome: 'unchanged',
  changes: [],
  uploads: [],
  groupsCreated: [],
  parameters: [],
  steps: [{name: 'stop', type: 'fail'}],
  warnings: [],
  triggers: {
    declared: 3,
    isBroughtInLine: false,
    differences: [
      {name: 'nightly', action: 'create', starter: 'schedule churn-nightly (churn)', changes: []},
      {name: 'new-data', action: 'update', starter: 'rule churn-new-data', changes: newData.changes},
      {name: 'weekly', action: 'keep', starter: 'schedule churn-weekly (churn)', changes: []},
    ],
    buckets: [],
  },
  next: ['mlpipe run -t prod', 'mlpipe deploy --triggers -t prod'],
}

const inLine: DeployResult = {
  ...deployed,
  triggers: {...(deployed.triggers ?? {declared: 0, differences: []}), isBroughtInLine: true, buckets: ['lake']},
}

it.each<[string, (screen: Screen) => string]>([
  ['create', (screen) => createTriggersView.human(created, screen)],
  ['create-proposal', (screen) => createTriggersProposal(created, screen).join('\n')],
  ['create-command-line', (screen) => createTriggersView.human(oneOfTheCommandLine, screen)],
  ['delete', (screen) => deleteTriggersView.human(deleted, screen)],
  ['delete-proposal', (screen) => deleteTriggersProposal(deleted, screen).join('\n')],
  ['disable', (screen) => switchTriggerView.human(disabled, screen)],
  ['deploy', (screen) => deployView.human(deployed, screen)],
  ['deploy-in-line', (screen) => deployView.human(inLine, screen)],
  ['deploy-proposal', (screen) => deployProposal({...inLine, would: 'change-nothing'}, screen).join('\n')],
])('%s', async (name, print) => {
  for (const width of [100, 70]) {
    const text = print({width, colour: false})
    await expect(`${text}\n`).toMatchFileSnapshot(`../../fixtures/views/trigger/${name}-${width}.txt`)
    expect(stripColour(print({width, colour: true}))).toBe(text)
  }
})

const narrow = {width: 70, colour: false}

it('what was answered with no is as it was', () => {
  expect(createTriggersView.human({...created, outcome: 'kept'}, narrow)).toBe(
    'no trigger was made: churn on prod is as it was',
  )
  expect(deleteTriggersView.human({...deleted, outcome: 'kept'}, narrow)).toBe(
    'nothing was deleted: the triggers of churn on prod are as they were',
  )
})

it('what is switched already is said so', () => {
  const text = switchTriggerView.human({...disabled, outcome: 'unchanged', isForeign: true}, narrow)
  expect(text).toMatch(/^trigger +nightly was disabled already$/m)
  expect(text).toContain('it was not made by mlpipe')
})

it('triggers that stand as declared take one line of a deploy', () => {
  const triggers = {declared: 2, isBroughtInLine: false, differences: [], buckets: []}
  expect(deployView.human({...deployed, triggers}, narrow)).toMatch(/^triggers +2 triggers as the spec has them$/m)
  expect(deployView.human({...deployed, triggers: {...triggers, declared: 0}}, narrow)).toMatch(/^triggers +none$/m)
})
