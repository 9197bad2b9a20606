// Taking triggers away, and switching them off and on: what goes, what stays, and whose it is.

import {CloudWatchClient, DescribeAlarmsCommand} from '@aws-sdk/client-cloudwatch'
import {describe, expect, it} from 'vitest'
import {deletePipeline} from '../../../src/actions/delete/delete-pipeline.ts'
import {switchTrigger} from '../../../src/actions/triggers/switch-trigger.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {clientConfig} from '../../engine/support/local-cloud.ts'
import {refusal} from '../../support/aws-account.ts'
import {
  changesIn,
  create,
  deployedAccount,
  newData,
  nightly,
  pipelineArn,
  putForeignRole,
  putForeignRule,
  refused,
  remove,
  roleOf,
  ruleOf,
  scheduleOf,
  specWith,
  type TriggerAccount,
} from '../../support/trigger-account.ts'

const both = `${nightly}${newData.replace('triggers:\n', '')}`
const drifted = `triggers:\n  drifted: {drift: churn-monitor, endpoint: churn, feature: age, threshold: 0.2}\n`
const other = 'arn:aws:sqs:us-east-1:000000000000:mail'

async function madeAccount(triggers: string): Promise<TriggerAccount> {
  const account = await deployedAccount(specWith(triggers))
  await create(account)
  account.calls = []
  return account
}

describe('delete', () => {
  it('of one leaves the role, which the other needs', async () => {
    const account = await madeAccount(both)
    expect(await remove(account, {name: 'nightly'})).toMatchObject({
      outcome: 'deleted',
      triggers: [{name: 'nightly', kind: 'schedule', starter: 'churn-nightly', within: 'churn'}],
      group: 'churn',
      leaves: [{name: 'new-data', kind: 'rule'}],
    })
    await expect(scheduleOf(account, 'churn-nightly')).rejects.toThrow()
    expect(await roleOf(account, 'churn-trigger')).toBeDefined()

    expect(await remove(account, {name: 'new-data'})).toMatchObject({role: 'churn-trigger', leaves: []})
    await expect(ruleOf(account, 'churn-new-data')).rejects.toThrow()
    expect(await roleOf(account, 'churn-trigger')).toBeUndefined()
  })

  it('of all takes role and group along, and leaves what others made', async () => {
    const account = await madeAccount(both)
    await putForeignRule(account, 'by-hand', [pipelineArn])
    account.calls = []
    expect(await remove(account)).toMatchObject({
      triggers: [{name: 'new-data'}, {name: 'nightly'}],
      group: 'churn',
      leaves: [{starter: 'by-hand', isForeign: true}],
      next: ['mlpipe trigger list -t prod'],
    })
    expect(await ruleOf(account, 'by-hand')).toMatchObject({targets: [{Arn: pipelineArn}]})
    expect(await remove(account)).toMatchObject({outcome: 'nothing-there', leaves: [{starter: 'by-hand'}]})
  })

  it('a role that a foreign rule uses too stays', async () => {
    const account = await madeAccount(nightly)
    await putForeignRule(account, 'by-hand', [pipelineArn])
    const result = await remove(account)
    expect(result.role).toBeUndefined()
    expect(await roleOf(account, 'churn-trigger')).toBeDefined()
  })

  it('a role of that name that mlpipe did not make stays', async () => {
    const account = await deployedAccount(specWith(nightly))
    await putForeignRole(account, 'churn-trigger', 'scheduler.amazonaws.com')
    await create(account)
    await remove(account)
    expect(await roleOf(account, 'churn-trigger')).toBeDefined()
  })

  it('what others made goes when it is named; other targets of its rule stay', async () => {
    const account = await deployedAccount(specWith(''))
    await putForeignRule(account, 'by-hand', [pipelineArn, other])
    account.calls = []
    const result = await remove(account, {name: 'by-hand', yes: false})
    expect(account.questions).toEqual([
      {
        question: 'delete by-hand, which mlpipe did not make, of churn on prod?',
        yesCommand: 'mlpipe trigger delete by-hand -t prod --yes',
      },
    ])
    expect(result).toMatchObject({triggers: [{starter: 'by-hand', isForeign: true, keptForOthers: true}]})
    expect((await ruleOf(account, 'by-hand')).targets.map(({Arn}) => Arn)).toEqual([other])
  })

  it('an alarm that was made for the trigger goes with it', async () => {
    const account = await madeAccount(drifted)
    const alarms = new CloudWatchClient(clientConfig(account.local.engine))
    const {MetricAlarms: before} = await alarms.send(new DescribeAlarmsCommand({}))
    expect(before).toMatchObject([{AlarmName: 'churn-drifted'}])
    expect(await remove(account, {name: 'drifted'})).toMatchObject({triggers: [{alarm: 'churn-drifted'}]})
    const {MetricAlarms} = await alarms.send(new DescribeAlarmsCommand({AlarmNames: ['churn-drifted']}))
    expect(MetricAlarms).toEqual([])
  })

  it.each([
    ['no', {yes: false}, 'kept'],
    ['a dry run', {dryRun: true, yes: false}, 'dry-run'],
  ])('%s changes nothing', async (_what, more, outcome) => {
    const account = await madeAccount(both)
    account.reply = false
    expect(await remove(account, {name: 'nightly', ...more})).toMatchObject({outcome})
    expect(changesIn(account)).toEqual([])
    const asked = {
      question: 'delete nightly of churn on prod?',
      yesCommand: 'mlpipe trigger delete nightly -t prod --yes',
    }
    expect(account.questions).toEqual(outcome === 'kept' ? [asked] : [])
  })

  it('what breaks off says what is gone, and goes on from there', async () => {
    const account = await madeAccount(both)
    account.answer = (call) =>
      call.startsWith('DELETE /schedules') ? refusal('AccessDeniedException', 'no', 403) : undefined
    const error = await refused(remove(account))
    expect(error.message).toMatch(/^the rest stays \(rule churn-new-data is deleted\): /)
    expect(error.nextSteps.at(-1)).toBe('mlpipe trigger delete --all -t prod  (goes on from there)')
    account.answer = () => undefined
    expect(await remove(account)).toMatchObject({triggers: [{name: 'nightly'}], role: 'churn-trigger'})
  })

  it('what an earlier delete has left over goes by the same name', async () => {
    const account = await madeAccount(nightly)
    account.override = ({access}) => ({
      access: {...access, removeRole: () => Promise.reject(new MlpipeError({code: 'conflict', message: 'no'}))},
    })
    expect(await refused(remove(account, {name: 'nightly'}))).toMatchObject({code: 'conflict'})
    account.override = () => ({})
    expect(await remove(account, {name: 'nightly'})).toMatchObject({triggers: [], role: 'churn-trigger'})
    expect(await refused(remove(account, {name: 'nightly'}))).toMatchObject({code: 'unknown-trigger'})
  })

  it('a rule that never got its target is found by its name', async () => {
    const account = await deployedAccount(specWith(newData))
    account.answer = (call) => (call === 'PutTargets' ? refusal('AccessDeniedException', 'no', 403) : undefined)
    await refused(create(account))
    account.answer = () => undefined
    expect(await remove(account, {name: 'new-data'})).toMatchObject({triggers: [{starter: 'churn-new-data'}]})
    await expect(ruleOf(account, 'churn-new-data')).rejects.toThrow()
  })

  it('works when the pipeline is gone already', async () => {
    const account = await madeAccount(both)
    account.override = ({pipelines}) => ({pipelines: {...pipelines, describe: async () => undefined}})
    expect(await remove(account)).toMatchObject({
      triggers: [{name: 'new-data'}, {name: 'nightly'}],
      role: 'churn-trigger',
    })
  })

  it.each([
    ['neither', {all: false}],
    ['both', {name: 'nightly', all: true}],
  ])('a name or --all is needed: %s', async (_what, more) => {
    const account = await madeAccount(nightly)
    expect(await refused(remove(account, more))).toMatchObject({code: 'usage'})
  })

  it('an unknown name is looked for among what starts the pipeline', async () => {
    const account = await madeAccount(both)
    expect(await refused(remove(account, {name: 'nigthly'}))).toMatchObject({
      code: 'unknown-trigger',
      message: 'the pipeline "churn" has no trigger "nigthly" on this target: did you mean "nightly"?',
    })
  })
})

describe('enable and disable', () => {
  const turn = ({world}: TriggerAccount, name: string, enable: boolean) =>
    switchTrigger({target: 'prod', name, enable}, world)

  it.each([
    ['nightly', 'schedule churn-nightly'],
    ['new-data', 'rule churn-new-data'],
  ])('%s, and a second time nothing is called', async (name, starter) => {
    const account = await madeAccount(both)
    expect(await turn(account, name, true)).toMatchObject({outcome: 'unchanged', isEnabled: true})
    expect(changesIn(account)).toEqual([])

    const result = await turn(account, name, false)
    expect(result).toMatchObject({outcome: 'disabled', next: [`mlpipe trigger enable ${name} -t prod`]})
    expect(result.starters.map((one) => `${one.kind} ${one.name}`)).toEqual([starter])
    expect(await turn(account, name, false)).toMatchObject({outcome: 'unchanged', isEnabled: false})
    expect(await turn(account, name, true)).toMatchObject({outcome: 'enabled'})
  })

  it('a schedule keeps everything else', async () => {
    const account = await madeAccount(nightly)
    const {
      State: _,
      LastModificationDate: _when,
      $metadata: _meta,
      ...before
    } = await scheduleOf(account, 'churn-nightly')
    await turn(account, 'nightly', false)
    expect(await scheduleOf(account, 'churn-nightly')).toMatchObject({...before, State: 'DISABLED'})
  })

  it("somebody else's by the name of its rule", async () => {
    const account = await madeAccount(nightly)
    await putForeignRule(account, 'by-hand', [pipelineArn])
    expect(await turn(account, 'by-hand', false)).toMatchObject({outcome: 'disabled', isForeign: true})
    expect(await ruleOf(account, 'by-hand')).toMatchObject({State: 'DISABLED'})
  })

  it('one that is not there is told', async () => {
    const account = await madeAccount(nightly)
    expect(await refused(turn(account, 'weekly', false))).toMatchObject({
      code: 'unknown-trigger',
      nextSteps: ['mlpipe trigger list -t prod'],
    })
  })

  it('a disabled trigger is brought in line by creating it again', async () => {
    const account = await madeAccount(nightly)
    await turn(account, 'nightly', false)
    expect(await create(account)).toMatchObject({
      triggers: [{changes: [{field: 'enabled', before: 'no', after: 'yes'}]}],
    })
  })
})

it('deleting the pipeline takes all of it along', async () => {
  const account = await madeAccount(`${drifted}${both.replace('triggers:\n', '')}`)
  await deletePipeline({target: 'prod', yes: true, withData: false, dryRun: false}, account.world)
  expect(await roleOf(account, 'churn-trigger')).toBeUndefined()
  for (const rule of ['churn-new-data', 'churn-drifted']) await expect(ruleOf(account, rule)).rejects.toThrow()
  await expect(scheduleOf(account, 'churn-nightly')).rejects.toThrow()
})
