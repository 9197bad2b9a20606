// Members that EventBridge's operations share, with the API's own limits (EventBridge API Reference, 2015-10-07).

import {parameterList} from '../members.ts'

export const ruleName = {kind: 'string', min: 1, max: 64, pattern: '[\\.\\-_A-Za-z0-9]+'} as const
export const busName = {
  kind: 'string',
  min: 1,
  max: 1600,
  pattern: '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+',
} as const
export const arn = {kind: 'string', min: 1, max: 1600} as const
export const targetId = {kind: 'string', min: 1, max: 64, pattern: '[\\.\\-_A-Za-z0-9]+'} as const
export const paging = {
  NextToken: {kind: 'string', min: 1, max: 2048},
  Limit: {kind: 'integer', min: 1, max: 100},
} as const
export const tags = {
  kind: 'list',
  of: {
    kind: 'structure',
    members: {
      Key: {kind: 'string', required: true, min: 1, max: 128},
      Value: {kind: 'string', required: true, max: 256},
    },
  },
} as const
export const retryPolicy = {
  kind: 'structure',
  members: {
    MaximumRetryAttempts: {kind: 'integer', min: 0, max: 185},
    MaximumEventAgeInSeconds: {kind: 'integer', min: 60, max: 86_400},
  },
} as const

/** Unlike SageMaker's own API and Scheduler's, a rule takes no underscore in the name of a parameter. */
const pipelineParameters = {
  kind: 'structure',
  members: {PipelineParameterList: parameterList({pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*'})},
} as const

const asGiven = {kind: 'document'} as const

/** Parameters of targets other than pipelines are kept as they are given. */
export const target = {
  kind: 'structure',
  members: {
    Id: {...targetId, required: true},
    Arn: {...arn, required: true},
    RoleArn: arn,
    Input: {kind: 'string', max: 8192},
    InputPath: {kind: 'string', max: 256},
    InputTransformer: asGiven,
    KinesisParameters: asGiven,
    RunCommandParameters: asGiven,
    EcsParameters: asGiven,
    BatchParameters: asGiven,
    SqsParameters: asGiven,
    HttpParameters: asGiven,
    RedshiftDataParameters: asGiven,
    SageMakerPipelineParameters: pipelineParameters,
    DeadLetterConfig: {kind: 'structure', members: {Arn: {kind: 'string', min: 1, max: 1600}}},
    RetryPolicy: retryPolicy,
    AppSyncParameters: asGiven,
  },
} as const
