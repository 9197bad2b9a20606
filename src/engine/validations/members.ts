// Members that many operations share, with the API's own limits (API reference of SageMaker, 2017-07-24).

export const pipelineNamePattern = '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}'
const pipelineNameOrArnPattern =
  '(arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:([0-9]{12}|aws):pipeline/.*)|([a-zA-Z0-9](-*[a-zA-Z0-9]){0,255})'
const executionArnPattern = 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:pipeline\\/.*\\/execution\\/.*'
const entityNamePattern = '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}'

export const pipelineName = {kind: 'string', min: 1, max: 256, pattern: pipelineNamePattern} as const
export const pipelineNameOrArn = {kind: 'string', min: 1, max: 2048, pattern: pipelineNameOrArnPattern} as const
export const pipelineExecutionArn = {kind: 'string', max: 2048, pattern: executionArnPattern} as const
export const pipelineDefinition = {kind: 'string', min: 1, max: 1_048_576} as const
export const definitionLocation = {
  kind: 'structure',
  members: {
    Bucket: {kind: 'string', required: true, min: 3, max: 63},
    ObjectKey: {kind: 'string', required: true, min: 1},
    VersionId: {kind: 'string', min: 1, max: 1024},
  },
} as const
export const description = {kind: 'string', max: 3072} as const
export const displayName = {kind: 'string', min: 1, max: 82, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*'} as const
/** The display name of a pipeline has the pattern of a name, but may be longer. */
export const pipelineDisplayName = {kind: 'string', min: 1, max: 256, pattern: pipelineNamePattern} as const
export const roleArn = {
  kind: 'string',
  min: 20,
  max: 2048,
  pattern: 'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
} as const
export const clientToken = {kind: 'string', min: 32, max: 128} as const
export const parallelism = {
  kind: 'structure',
  members: {MaxParallelExecutionSteps: {kind: 'integer', required: true, min: 1}},
} as const
/** The values that start a pipeline; each API has a pattern of its own for names, and one of them takes no empty value. */
export const parameterList = (name: {readonly pattern: string}, value: {readonly min?: number} = {}) =>
  ({
    kind: 'list',
    max: 200,
    of: {
      kind: 'structure',
      members: {
        Name: {kind: 'string', required: true, min: 1, max: 256, ...name},
        Value: {kind: 'string', required: true, max: 1024, ...value},
      },
    },
  }) as const
export const parameterName = {pattern: '[A-Za-z0-9\\-_]*'} as const
export const versionId = {kind: 'integer', min: 1} as const
export const entityName = {kind: 'string', min: 1, max: 63, pattern: entityNamePattern} as const
/** The name of a tuning or AutoML job. */
export const shortEntityName = {
  kind: 'string',
  min: 1,
  max: 32,
  pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}',
} as const
export const groupNameOrArn = {
  kind: 'string',
  min: 1,
  max: 170,
  pattern: `(arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]{9,16}:[0-9]{12}:[\\S]{1,2048})|(${entityNamePattern})`,
} as const
export const packageNameOrArn = {
  kind: 'string',
  min: 1,
  max: 176,
  pattern: `(arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]{9,16}:[0-9]{12}:[\\S]{1,2048})|(${entityNamePattern})`,
} as const
export const approvalStatus = {kind: 'string', values: ['Approved', 'Rejected', 'PendingManualApproval']} as const
export const resourceArn = {kind: 'string', max: 256, pattern: 'arn:.*'} as const
export const tag = {
  kind: 'structure',
  members: {
    Key: {kind: 'string', required: true, min: 1, max: 128, reserved: 'aws:'},
    Value: {kind: 'string', required: true, max: 256},
  },
} as const
export const tags = {kind: 'list', of: tag, max: 50, uniqueBy: 'Key'} as const

export const sortOrder = {kind: 'string', values: ['Ascending', 'Descending']} as const
/** The token of a callback step. */
export const callbackToken = {kind: 'string', min: 10, max: 10, pattern: '[a-zA-Z0-9]+'} as const
/** How every List operation is paged. */
export const paging = {
  NextToken: {kind: 'string', max: 8192},
  MaxResults: {kind: 'integer', min: 1, max: 100},
} as const
export const createdBetween = {CreatedAfter: {kind: 'timestamp'}, CreatedBefore: {kind: 'timestamp'}} as const
export const creationTimeBetween = {
  CreationTimeAfter: {kind: 'timestamp'},
  CreationTimeBefore: {kind: 'timestamp'},
} as const
