// An account with a deployed pipeline whose triggers are made: the embedded engine behind the real SDK clients.

import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {GetScheduleCommand, SchedulerClient} from '@aws-sdk/client-scheduler'
import {deploy} from '../../src/actions/deploy/deploy.ts'
import {type CreateTriggersInput, createTriggers} from '../../src/actions/triggers/create/create-triggers.ts'
import type {CreateTriggersResult} from '../../src/actions/triggers/create/triggers-result.ts'
import {type DeleteTriggersInput, deleteTriggers} from '../../src/actions/triggers/delete-triggers.ts'
import type {DeleteTriggersResult} from '../../src/actions/triggers/delete-triggers-result.ts'
import type {World} from '../../src/actions/world.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {MlpipeError} from '../../src/diagnostics/mlpipe-error.ts'
import {clientConfig} from '../engine/support/local-cloud.ts'
import {type Account, awsAccount, prodTarget} from './aws-account.ts'

export const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'
export const madeRoleArn = 'arn:aws:iam::000000000000:role/churn-trigger'

/** A pipeline of one step that takes a key and a number of epochs. */
export const specWith = (triggers: string, targets = prodTarget) => `\
name: churn
parameters: {rawKey: none, epochs: 3}
steps:
  stop: {type: fail, message: "\${parameters.rawKey}"}
${triggers}${targets}`

export const nightly = `\
triggers:
  nightly:
    schedule: cron(0 3 * * ? *)
    timezone: Europe/Berlin
    parameters: {epochs: 50}
`

export const newData = `\
triggers:
  new-data:
    s3: s3://lake/incoming/
    suffix: .csv
    parameters: {rawKey: $.detail.object.key}
`

export type TriggerAccount = Account & {
  readonly iam: IAMClient
  /** What the ports are to do in place of what they do. */
  override: (cloud: Cloud) => Partial<Cloud>
  readonly bridge: EventBridgeClient
  readonly scheduler: SchedulerClient
}

/** With the pipeline deployed as the spec has it. */
export async function deployedAccount(spec: string): Promise<TriggerAccount> {
  const account = triggerAccount(spec)
  await deployTo(account)
  account.calls = []
  return account
}

export function triggerAccount(spec: string): TriggerAccount {
  const account = awsAccount({'mlpipe.yaml': spec})
  account.buckets['lake'] = {region: 'us-east-1'}
  const config = clientConfig(account.local.engine)
  const made: TriggerAccount = Object.assign(account, {
    override: () => ({}),
    iam: new IAMClient(config),
    bridge: new EventBridgeClient(config),
    scheduler: new SchedulerClient(config),
  })
  const plain = account.world
  const world: World = {
    ...plain,
    connect: async (target) => {
      const {cloud, ...connection} = await plain.connect(target)
      return {...connection, cloud: {...cloud, ...made.override(cloud)}}
    },
  }
  return Object.assign(made, {world})
}

/** A role as IAM has it; undefined when it is gone. */
export async function roleOf({iam}: TriggerAccount, name: string) {
  try {
    const {Role} = await iam.send(new GetRoleCommand({RoleName: name}))
    const {PolicyNames: [policy] = []} = await iam.send(new ListRolePoliciesCommand({RoleName: name}))
    const inline = policy && (await iam.send(new GetRolePolicyCommand({RoleName: name, PolicyName: policy})))
    return {
      trust: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''),
      policy: inline ? decodeURIComponent(inline.PolicyDocument ?? '') : '',
      tags: Object.fromEntries((Role?.Tags ?? []).map(({Key, Value}) => [Key, Value])),
    }
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined
    throw error
  }
}

/** As somebody makes one by hand, or changes its trust. */
export async function putForeignRole(
  {iam}: TriggerAccount,
  name: string,
  ...services: readonly string[]
): Promise<void> {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: {Effect: 'Allow', Principal: {Service: services}, Action: 'sts:AssumeRole'},
  })
  const found = await iam.send(new GetRoleCommand({RoleName: name})).catch(() => undefined)
  if (found) await iam.send(new UpdateAssumeRolePolicyCommand({RoleName: name, PolicyDocument: trust}))
  else await iam.send(new CreateRoleCommand({RoleName: name, AssumeRolePolicyDocument: trust}))
}

export function deployTo({world}: Account, more: Partial<Parameters<typeof deploy>[0]> = {}) {
  return deploy({target: 'prod', dryRun: false, yes: true, adopt: false, version: '1.2.3', ...more}, world)
}

const noOptions = {parameters: [], disabled: false}

type CreateMore = Partial<Omit<CreateTriggersInput, 'options'>> & {
  readonly options?: Partial<CreateTriggersInput['options']>
}

export function create({world}: Account, {options, ...more}: CreateMore = {}): Promise<CreateTriggersResult> {
  const input = {target: 'prod', adopt: false, dryRun: false, yes: true, version: '1.2.3', ...more}
  return createTriggers({...input, options: {...noOptions, ...options}}, world)
}

export function remove({world}: Account, more: Partial<DeleteTriggersInput> = {}): Promise<DeleteTriggersResult> {
  const input = {target: 'prod', yes: true, dryRun: false, all: more.name === undefined, ...more}
  return deleteTriggers(input, world)
}

export async function refused(attempt: Promise<unknown>): Promise<MlpipeError> {
  const error = await attempt.catch((thrown: unknown) => thrown)
  if (error instanceof MlpipeError) return error
  throw new Error(`expected a refusal, got ${error instanceof Error ? error.stack : String(error)}`)
}

const changing = /^(Put|Create|Update|Delete|Remove|Enable|Disable|Tag|Add)|^(PUT|POST|DELETE) /

/** Without the note that a deploy keeps of what it was made from. */
export function changesIn({calls}: Account): string[] {
  return calls.filter((call) => changing.test(call) && !call.includes('/origins/'))
}

export async function ruleOf({bridge}: TriggerAccount, name: string) {
  const rule = await bridge.send(new DescribeRuleCommand({Name: name}))
  const {Targets: targets = []} = await bridge.send(new ListTargetsByRuleCommand({Rule: name}))
  return {...rule, targets}
}

export function scheduleOf({scheduler}: TriggerAccount, name: string, group = 'churn') {
  return scheduler.send(new GetScheduleCommand({Name: name, GroupName: group}))
}

/** As somebody makes one by hand. */
export async function putForeignRule(
  {bridge}: TriggerAccount,
  name: string,
  targetArns: readonly string[],
  pattern: object = {source: ['aws.s3']},
): Promise<void> {
  await bridge.send(new PutRuleCommand({Name: name, EventPattern: JSON.stringify(pattern), Description: 'by hand'}))
  const Targets = targetArns.map((Arn, index) => ({Id: `t${index}`, Arn, RoleArn: madeRoleArn}))
  if (Targets.length > 0) await bridge.send(new PutTargetsCommand({Rule: name, Targets}))
}
