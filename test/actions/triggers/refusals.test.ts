// What is found wrong before a trigger is made: nothing is changed by any of it, and each says what to do.

import {type EventBridgeClient, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {describe, expect, it} from 'vitest'
import type {Monitor} from '../../../src/cloud/trigger-ports.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {writeFiles} from '../../support/temp-dir.ts'
import {
  changesIn,
  create,
  deployedAccount,
  madeRoleArn,
  newData,
  nightly,
  putForeignRole,
  putForeignRule,
  refused,
  specWith,
  type TriggerAccount,
  triggerAccount,
} from '../../support/trigger-account.ts'

const other = 'arn:aws:sqs:us-east-1:000000000000:mail'
const arnOf = (pipeline: string) => `arn:aws:sagemaker:us-east-1:000000000000:pipeline/${pipeline}`
const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`
/** What is refused, and that nothing was changed before it was. */
async function refusedCreate(account: TriggerAccount, more: Parameters<typeof create>[1] = {}): Promise<MlpipeError> {
  const error = await refused(create(account, more))
  expect(changesIn(account)).toEqual([])
  return error
}

const clean = (account: TriggerAccount) => {
  account.calls = []
}

describe('the pipeline', () => {
  it('that is not deployed is deployed first', async () => {
    const error = await refusedCreate(triggerAccount(specWith(nightly)))
    expect(error).toMatchObject({code: 'pipeline-not-deployed', nextSteps: ['mlpipe deploy -t prod']})
  })

  it.each([
    [
      'lacks a parameter that the trigger gives',
      (spec: string) => spec.replace('epochs: 3', 'epochs: 3, late: 1').replace('epochs: 50', 'late: 5'),
      'has no parameter "late", which trigger nightly gives',
    ],
    [
      'has it as another type',
      (spec: string) => spec.replace('epochs: 3', 'epochs: text').replace('epochs: 50', 'epochs: words'),
      'has the parameter "epochs" as Integer, and the spec as String',
    ],
  ])('as it is deployed %s', async (_what, change, message) => {
    const account = await deployedAccount(specWith(nightly))
    writeFiles(account.directory, {'mlpipe.yaml': change(specWith(nightly))})
    const error = await refusedCreate(account)
    expect(error).toMatchObject({code: 'not-as-deployed', nextSteps: ['mlpipe deploy -t prod']})
    expect(error.message).toContain(message)
  })

  it('as it is deployed needs a value that the trigger does not give', async () => {
    const open = specWith(nightly).replace('epochs: 3', 'epochs: 3, late: {type: String}')
    const account = await deployedAccount(open.replace('epochs: 50', 'late: x'))
    writeFiles(account.directory, {'mlpipe.yaml': specWith(nightly)})
    expect((await refusedCreate(account)).message).toContain(
      'needs a value for "late", which trigger nightly does not give',
    )
  })
})

describe('the bucket', () => {
  it('that does not exist', async () => {
    const account = await deployedAccount(specWith(newData))
    delete account.buckets['lake']
    expect(await refusedCreate(account)).toMatchObject({
      code: 'no-such-bucket',
      message: expect.stringContaining('"lake"'),
      nextSteps: ['aws s3 mb s3://lake --region us-east-1'],
    })
  })

  it('of another region sends its events there', async () => {
    const account = await deployedAccount(specWith(newData))
    account.buckets['lake'] = {region: 'eu-west-1'}
    expect(await refusedCreate(account)).toMatchObject({
      code: 'bucket-elsewhere',
      message: expect.stringContaining('"lake" is in eu-west-1, and target "prod" in us-east-1'),
    })
  })

  it('is found in any pattern that waits for objects', async () => {
    const pattern = '{source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [nowhere]}}}'
    const account = await deployedAccount(specWith(`triggers:\n  any: {event: ${pattern}}\n`))
    expect(await refusedCreate(account)).toMatchObject({
      code: 'no-such-bucket',
      message: expect.stringContaining('nowhere'),
    })
  })

  it('whose settings are kept from the caller is left to its owner, with a warning', async () => {
    const account = await deployedAccount(specWith(newData))
    const denied = new MlpipeError({code: 'access-denied', message: 'no', who: 'service'})
    account.override = ({buckets}) => ({buckets: {...buckets, sendsEvents: () => Promise.reject(denied)}})
    const {outcome, warnings, buckets} = await create(account)
    expect({outcome, buckets}).toEqual({outcome: 'created', buckets: []})
    expect(warnings).toEqual([expect.stringContaining('its owner has to switch that on')])
  })
})

describe('the role', () => {
  const withRole = (name: string) => specWith(`${nightly}    role: ${roleArn(name)}\n`)

  it('that does not exist', async () => {
    const account = await deployedAccount(withRole('nobody'))
    expect(await refusedCreate(account)).toMatchObject({
      code: 'no-such-role',
      message: expect.stringContaining('nobody'),
    })
  })

  it.each([
    ['scheduler.amazonaws.com', nightly],
    ['events.amazonaws.com', newData],
  ])('that does not trust %s: what its trust policy must say', async (service, triggers) => {
    const account = await deployedAccount(specWith(`${triggers}    role: ${roleArn('Theirs')}\n`))
    await putForeignRole(account, 'Theirs', 'sagemaker.amazonaws.com')
    clean(account)
    const error = await refusedCreate(account)
    expect(error).toMatchObject({code: 'role-without-trust', message: expect.stringContaining(service)})
    const statement = error.nextSteps[0]?.slice('add to the Statement of its trust policy: '.length) ?? ''
    expect(JSON.parse(statement)).toMatchObject({
      Effect: 'Allow',
      Principal: {Service: service},
      Action: 'sts:AssumeRole',
    })
  })

  it('given on the command line goes over that of the trigger, and is not looked after', async () => {
    const account = await deployedAccount(withRole('nobody'))
    await putForeignRole(account, 'Given', 'scheduler.amazonaws.com')
    clean(account)
    const result = await create(account, {options: {role: roleArn('Given')}})
    expect(result.role).toBeUndefined()
    expect(result.notes).toContainEqual(expect.stringContaining(`write role: ${roleArn('Given')}`))
    expect(changesIn(account).filter((call) => call.includes('Role'))).toEqual([])
  })

  it.each([
    ['no ARN', 'Runner', 'no-such-role'],
    ['of another account', 'arn:aws:iam::999999999999:role/Runner', 'role-elsewhere'],
  ])('%s', async (_what, role, code) => {
    const account = await deployedAccount(specWith(nightly))
    expect(await refusedCreate(account, {options: {role}})).toMatchObject({code})
  })

  it('with the name of ours that somebody else made is used as it is, where it has the trust', async () => {
    const account = await deployedAccount(specWith(nightly))
    await putForeignRole(account, 'churn-trigger', 'events.amazonaws.com')
    clean(account)
    expect(await refusedCreate(account)).toMatchObject({code: 'role-without-trust'})

    await putForeignRole(account, 'churn-trigger', 'scheduler.amazonaws.com')
    clean(account)
    expect(await create(account)).toMatchObject({role: {arn: madeRoleArn, action: 'none'}})
    expect(changesIn(account).filter((call) => call.includes('Role'))).toEqual([])
  })

  it('where the caller may not look at roles, one has to be given', async () => {
    const account = await deployedAccount(specWith(nightly))
    const denied = new MlpipeError({code: 'access-denied', message: 'no', who: 'service'})
    account.override = ({access}) => ({access: {...access, role: () => Promise.reject(denied)}})
    expect(await refusedCreate(account)).toMatchObject({
      code: 'role-needed',
      nextSteps: expect.arrayContaining(['mlpipe trigger create --role ARN -t prod']),
    })
    await putForeignRole(account, 'Given', 'scheduler.amazonaws.com')
    const given = await create(account, {options: {role: roleArn('Given')}})
    expect(given).toMatchObject({outcome: 'created', warnings: [expect.stringContaining('could not be looked at')]})
  })
})

describe('the name', () => {
  it('of a rule that mlpipe did not make', async () => {
    const account = await deployedAccount(specWith(newData))
    await putForeignRule(account, 'churn-new-data', [other])
    const error = await refusedCreate(account)
    expect(error).toMatchObject({
      code: 'name-taken',
      message: 'rule churn-new-data is there, and was not made by mlpipe',
    })
    expect(error.nextSteps.at(-1)).toContain('mlpipe trigger create -t prod --adopt')
  })

  it('of another pipeline of mlpipe is never taken over', async () => {
    const account = await deployedAccount(specWith(newData))
    await account.bridge.send(
      new PutRuleCommand({
        Name: 'churn-new-data',
        EventPattern: '{"source":["a"]}',
        Description: '[mlpipe: trigger data of churn-new, from the spec]',
      }),
    )
    expect(await refusedCreate(account, {adopt: true})).toMatchObject({
      code: 'name-taken',
      message: 'rule churn-new-data is trigger data of the pipeline churn-new',
    })
  })

  it('a sixth target', async () => {
    const account = await deployedAccount(specWith(newData))
    const five = [1, 2, 3, 4, 5].map((index) => `${other}-${index}`)
    await putForeignRule(account, 'churn-new-data', five)
    expect(await refusedCreate(account, {adopt: true})).toMatchObject({
      code: 'too-many-targets',
      message: 'rule churn-new-data has 5 targets already, and a rule takes 5',
    })
  })
})

describe('loops of pipelines', () => {
  const waitingFor = (upstream: string) => specWith(`triggers:\n  after: {pipeline: ${upstream}}\n`)
  const status = 'SageMaker Model Building Pipeline Execution Status Change'

  async function starts({bridge}: {bridge: EventBridgeClient}, name: string, from: string, to: string): Promise<void> {
    const pattern = {source: ['aws.sagemaker'], 'detail-type': [status], detail: {pipelineArn: [arnOf(from)]}}
    await bridge.send(new PutRuleCommand({Name: name, EventPattern: JSON.stringify(pattern)}))
    const target = {Id: 'x', Arn: arnOf(to), RoleArn: madeRoleArn}
    await bridge.send(new PutTargetsCommand({Rule: name, Targets: [target]}))
  }

  it('of two', async () => {
    const account = await deployedAccount(waitingFor('deploy'))
    await starts(account, 'deploy-after-churn', 'churn', 'deploy')
    clean(account)
    expect(await refusedCreate(account)).toMatchObject({
      code: 'trigger-loop',
      message:
        'the pipelines would start each other without an end: churn starts deploy (rule deploy-after-churn), deploy starts churn (trigger after)',
    })
  })

  it('of three, told from its smallest name on', async () => {
    const account = await deployedAccount(waitingFor('beta'))
    await starts(account, 'r1', 'alpha', 'beta')
    await starts(account, 'r2', 'churn', 'alpha')
    clean(account)
    expect((await refusedCreate(account)).message).toContain(
      'alpha starts beta (rule r1), beta starts churn (trigger after), churn starts alpha (rule r2)',
    )
  })

  it('a chain is no loop, nor are pipelines upstream that start each other', async () => {
    const account = await deployedAccount(waitingFor('beta'))
    await starts(account, 'r1', 'alpha', 'beta')
    await starts(account, 'r2', 'beta', 'alpha')
    expect(await create(account)).toMatchObject({outcome: 'created'})
  })
})

describe('what is waited for', () => {
  const drift = (more: string) => specWith(`triggers:\n  drifted: {drift: churn-monitor, ${more}}\n`)
  const made = drift('endpoint: churn, feature: age, threshold: 0.2')
  const withMonitor = (account: TriggerAccount, monitor: Monitor | undefined) => {
    account.override = () => ({monitors: {find: async () => monitor}})
  }

  it('an alarm that is named has to be there', async () => {
    const account = await deployedAccount(drift('alarm: churn-drift'))
    withMonitor(account, {arn: 'x'})
    expect(await refusedCreate(account)).toMatchObject({
      code: 'no-such-alarm',
      message: expect.stringContaining('"churn-drift"'),
    })
  })

  it.each<[string, Monitor | undefined, string]>([
    ['a monitor that is not there', undefined, 'there is no monitoring schedule "churn-monitor" yet'],
    ['one without metrics', {arn: 'x', publishesMetrics: false}, 'sends no metrics to CloudWatch'],
  ])('%s is a warning', async (_what, monitor, warning) => {
    const account = await deployedAccount(made)
    withMonitor(account, monitor)
    const result = await create(account)
    expect(result).toMatchObject({outcome: 'created', triggers: [{alarm: {name: 'churn-drifted', action: 'create'}}]})
    expect(result.warnings).toEqual([expect.stringContaining(warning)])
    expect(account.events).toContainEqual({kind: 'warning', message: expect.stringContaining(warning)})
  })

  it('what may not be looked at is a warning', async () => {
    const account = await deployedAccount(made)
    const denied = new MlpipeError({code: 'access-denied', message: 'no', who: 'service'})
    account.override = () => ({monitors: {find: () => Promise.reject(denied)}})
    expect((await create(account)).warnings).toEqual([expect.stringContaining('could not be looked at: no')])
  })

  it('a monitor that is in place is passed over in silence', async () => {
    const account = await deployedAccount(made)
    withMonitor(account, {arn: 'x', publishesMetrics: true})
    expect((await create(account)).warnings).toEqual([])
  })

  it.each([
    ['a pipeline', 'pipeline: upstream', 'there is no pipeline "upstream" yet'],
    ['a model package group', 'model: chrun', 'there is no model package group "chrun" yet'],
  ])('%s that is not there yet is a warning', async (_what, source, warning) => {
    const account = await deployedAccount(specWith(`triggers:\n  after: {${source}}\n`))
    expect((await create(account)).warnings).toEqual([expect.stringContaining(warning)])
  })
})

it('a spec without triggers says how one is declared', async () => {
  const account = await deployedAccount(specWith(''))
  expect(await refusedCreate(account)).toMatchObject({
    code: 'no-triggers',
    nextSteps: [
      expect.stringContaining('mlpipe trigger create nightly --schedule'),
      expect.stringContaining('explain'),
    ],
  })
})

it('a name that the spec does not declare is looked for among those that it does', async () => {
  const account = await deployedAccount(specWith(nightly))
  expect(await refusedCreate(account, {name: 'nigthly'})).toMatchObject({
    code: 'unknown-trigger',
    message: 'mlpipe.yaml declares no trigger "nigthly": did you mean "nightly"?',
  })
})

it('the account of the target is guarded', async () => {
  const account = await deployedAccount(specWith(nightly))
  const guarded = specWith(nightly).replace('region: us-east-1', 'region: us-east-1\n    account: "111122223333"')
  writeFiles(account.directory, {'mlpipe.yaml': guarded})
  expect(await refusedCreate(account)).toMatchObject({code: 'wrong-account'})
})
