// The target of a rule or a schedule, between our words and those of the two services, which name its members alike.

import {type TargetDocument, targetId} from '../../trigger/documents.ts'
import {defined} from '../fields.ts'
import type {StandingTarget} from '../trigger-ports.ts'

/** As far as both services have it (EventBridge API Reference, Target; Scheduler API Reference, Target). */
type TargetMembers = {
  readonly Id?: string | undefined
  readonly Arn?: string | undefined
  readonly RoleArn?: string | undefined
  readonly SageMakerPipelineParameters?:
    | {
        readonly PipelineParameterList?:
          | readonly {readonly Name?: string | undefined; readonly Value?: string | undefined}[]
          | undefined
      }
    | undefined
  readonly RetryPolicy?:
    | {
        readonly MaximumRetryAttempts?: number | undefined
        readonly MaximumEventAgeInSeconds?: number | undefined
      }
    | undefined
  readonly DeadLetterConfig?: {readonly Arn?: string | undefined} | undefined
}

/** What holds where a target says nothing; Scheduler writes it into what it answers (API Reference, RetryPolicy). */
const defaultRetry = {attempts: 185, maximumAgeSeconds: 86_400}

/** A schedule's target has no id: it gets the one that a rule's would have. */
export function standingTarget(members: TargetMembers): StandingTarget {
  const {Id = targetId, Arn = '', RoleArn, SageMakerPipelineParameters, RetryPolicy, DeadLetterConfig} = members
  const list = SageMakerPipelineParameters?.PipelineParameterList ?? []
  return {
    id: Id,
    arn: Arn,
    parameters: list.map(({Name = '', Value = ''}) => ({name: Name, value: Value})),
    ...defined({roleArn: RoleArn, retry: retryOf(RetryPolicy), deadLetterArn: DeadLetterConfig?.Arn}),
  }
}

function retryOf(policy: TargetMembers['RetryPolicy']): StandingTarget['retry'] {
  const {MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age} = policy ?? {}
  const retry = defined({
    attempts: attempts === defaultRetry.attempts ? undefined : attempts,
    maximumAgeSeconds: age === defaultRetry.maximumAgeSeconds ? undefined : age,
  })
  return Object.keys(retry).length === 0 ? undefined : retry
}

export function targetMembers({arn, roleArn, parameters, retry, deadLetterArn}: TargetDocument) {
  const list = parameters.map(({name, value}) => ({Name: name, Value: value}))
  return {
    Arn: arn,
    RoleArn: roleArn,
    ...(list.length === 0 ? {} : {SageMakerPipelineParameters: {PipelineParameterList: list}}),
    ...(retry
      ? {
          RetryPolicy: defined({
            MaximumRetryAttempts: retry.attempts,
            MaximumEventAgeInSeconds: retry.maximumAgeSeconds,
          }),
        }
      : {}),
    ...(deadLetterArn === undefined ? {} : {DeadLetterConfig: {Arn: deadLetterArn}}),
  }
}
