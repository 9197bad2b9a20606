// An account with a pipeline, and what starts it: made by mlpipe, and with the SDK's clients as Terraform, the console or the
// SageMaker SDK would make it.

import {EventBridgeClient, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateScheduleCommand, SchedulerClient} from '@aws-sdk/client-scheduler'
import {deploy} from '../../../src/actions/deploy/deploy.ts'
import {createTriggers} from '../../../src/actions/triggers/create/create-triggers.ts'
import {clientConfig} from '../../engine/support/local-cloud.ts'
import {type Account, awsAccount, prodTarget} from '../../support/aws-account.ts'

export const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'
export const localRole = 'arn:aws:iam::000000000000:role/mlpipe-local'

export const steps = `\
parameters:
  key: none
  epochs: 5
steps:
  stop: {type: fail, message: "\${parameters.key}"}
`

export const spec = (triggers: string) => `name: churn\n${steps}${triggers}${prodTarget}`

export type Clients = {readonly events: EventBridgeClient; readonly scheduler: SchedulerClient}

export function clientsOf({local}: Account): Clients {
  const config = clientConfig(local.engine)
  return {events: new EventBridgeClient(config), scheduler: new SchedulerClient(config)}
}

/** Deployed, with the triggers of the spec made. */
export async function accountWith(triggers: string): Promise<Account> {
  const account = awsAccount({'mlpipe.yaml': spec(triggers)})
  await deploy({target: 'prod', dryRun: false, yes: true, adopt: false, version: '1'}, account.world)
  if (triggers !== '') await makeTriggers(account)
  account.events.length = 0
  return account
}

export const noOptions = {parameters: [], disabled: false}

export async function makeTriggers({world}: Account): Promise<void> {
  const input = {target: 'prod', options: noOptions, adopt: false, dryRun: false, yes: true, version: '1'}
  await createTriggers(input, world)
}

/** As aws_cloudwatch_event_rule and aws_cloudwatch_event_target of Terraform make them: neither mark nor tags of mlpipe. */
export async function foreignRule(
  {events}: Clients,
  name: string,
  when: {readonly pattern?: object; readonly schedule?: string},
  target: {readonly arn?: string; readonly role?: string} = {},
): Promise<void> {
  const {pattern, schedule} = when
  const input = {EventPattern: pattern && JSON.stringify(pattern), ScheduleExpression: schedule}
  await events.send(new PutRuleCommand({Name: name, ...input}))
  const {arn: Arn = pipelineArn, role: RoleArn = localRole} = target
  await events.send(new PutTargetsCommand({Rule: name, Targets: [{Id: 'sagemaker', Arn, RoleArn}]}))
}

/** As PipelineSchedule of the SageMaker Python SDK makes it: in the default group, by the name of the pipeline, without parameters. */
export async function sdkSchedule(
  {scheduler}: Clients,
  expression: string,
  more: {StartDate?: Date} = {},
): Promise<void> {
  const command = new CreateScheduleCommand({
    Name: 'churn',
    ScheduleExpression: expression,
    FlexibleTimeWindow: {Mode: 'OFF'},
    Target: {Arn: pipelineArn, RoleArn: localRole, SageMakerPipelineParameters: {}},
    ...more,
  })
  await scheduler.send(command)
}
