// The members of a request that name a place in S3 which the job writes to; all others it reads.
// Source: SageMaker API reference, CreateProcessingJob, CreateTrainingJob, CreateTransformJob, CreateAutoMLJob,
// CreateEndpointConfig. The document of a Job is one text, in which they cannot be told apart.

export const writtenMembers: ReadonlySet<string> = new Set([
  'AsyncInferenceConfig',
  'CheckpointConfig',
  'DebugHookConfig',
  'DestinationS3Uri',
  'JobConfigDocument',
  'OutputDataConfig',
  'ProcessingOutputConfig',
  'ProfilerConfig',
  'S3OutputPath',
  'TensorBoardOutputConfig',
  'TransformOutput',
])
