// The requests of EventBridge Scheduler (API Reference, 2021-06-30).

import {retryPolicy} from '../events/members.ts'
import {parameterList, parameterName} from '../members.ts'
import type {Shape} from '../shape.ts'

const name = {kind: 'string', min: 1, max: 64, pattern: '[0-9a-zA-Z-_.]+'} as const
const clientToken = {kind: 'string', min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+'} as const
const state = {kind: 'string', values: ['ENABLED', 'DISABLED']} as const
const asGiven = {kind: 'document'} as const
const paging = {
  NextToken: {kind: 'string', min: 1, max: 2048},
  MaxResults: {kind: 'integer', min: 1, max: 100},
} as const
const tags = {
  kind: 'list',
  max: 200,
  of: {
    kind: 'structure',
    members: {
      Key: {kind: 'string', required: true, min: 1, max: 128},
      Value: {kind: 'string', required: true, min: 1, max: 256},
    },
  },
} as const
const resourceArn = {kind: 'string', min: 1, max: 1011, pattern: 'arn:.*'} as const

/** Parameters of targets other than pipelines are kept as they are given. */
const target = {
  kind: 'structure',
  members: {
    Arn: {kind: 'string', required: true, min: 1, max: 1600},
    RoleArn: {
      kind: 'string',
      required: true,
      min: 1,
      max: 1600,
      pattern: 'arn:aws(-[a-z]+)?:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+',
    },
    Input: {kind: 'string', min: 1},
    DeadLetterConfig: {
      kind: 'structure',
      members: {
        Arn: {
          kind: 'string',
          min: 1,
          max: 1600,
          pattern: 'arn:aws(-[a-z]+)?:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+',
        },
      },
    },
    RetryPolicy: retryPolicy,
    SageMakerPipelineParameters: {
      kind: 'structure',
      members: {PipelineParameterList: parameterList(parameterName, {min: 1})},
    },
    EcsParameters: asGiven,
    EventBridgeParameters: asGiven,
    KinesisParameters: asGiven,
    SqsParameters: asGiven,
  },
} as const

/** CreateSchedule and UpdateSchedule. */
export const putScheduleShape = {
  Name: {...name, required: true},
  GroupName: name,
  ScheduleExpression: {kind: 'string', required: true, min: 1, max: 256},
  ScheduleExpressionTimezone: {kind: 'string', min: 1, max: 50},
  StartDate: {kind: 'timestamp'},
  EndDate: {kind: 'timestamp'},
  Description: {kind: 'string', max: 512},
  State: state,
  KmsKeyArn: {
    kind: 'string',
    min: 1,
    max: 2048,
    pattern: 'arn:aws(-[a-z]+)?:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*',
  },
  Target: {...target, required: true},
  FlexibleTimeWindow: {
    kind: 'structure',
    required: true,
    members: {
      Mode: {kind: 'string', required: true, values: ['OFF', 'FLEXIBLE']},
      MaximumWindowInMinutes: {kind: 'integer', min: 1, max: 1440},
    },
  },
  ActionAfterCompletion: {kind: 'string', values: ['NONE', 'DELETE']},
  ClientToken: clientToken,
} as const satisfies Shape

export const oneScheduleShape = {
  Name: {...name, required: true},
  GroupName: name,
  ClientToken: clientToken,
} as const satisfies Shape

export const listSchedulesShape = {GroupName: name, NamePrefix: name, State: state, ...paging} as const satisfies Shape

export const createScheduleGroupShape = {
  Name: {...name, required: true},
  Tags: tags,
  ClientToken: clientToken,
} as const satisfies Shape

export const oneScheduleGroupShape = {
  Name: {...name, required: true},
  ClientToken: clientToken,
} as const satisfies Shape

export const listScheduleGroupsShape = {NamePrefix: name, ...paging} as const satisfies Shape

export const tagResourceShape = {
  ResourceArn: {...resourceArn, required: true},
  Tags: {...tags, required: true},
} as const satisfies Shape

export const untagResourceShape = {
  ResourceArn: {...resourceArn, required: true},
  TagKeys: {kind: 'list', required: true, max: 50, of: {kind: 'string', min: 1, max: 128}},
} as const satisfies Shape

export const listTagsForResourceShape = {ResourceArn: {...resourceArn, required: true}} as const satisfies Shape
