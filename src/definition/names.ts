// Patterns and limits of the names that a pipeline definition and its API carry.
// Sources: the SageMaker API reference (CreatePipeline, Parameter, CreateProcessingJob, CreateTrainingJob) and AWS's
// published JSON schema of pipeline definitions (names of steps and parameters).

/** AWS's own pattern counts hyphens with the letter behind them, so that the length is asked for apart from it. */
function hyphenated(longest: number): RegExp {
  return new RegExp(`^(?=.{1,${longest}}$)[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$`)
}

/** CreatePipeline, PipelineName: 1 to 256 characters. */
export const pipelineNamePattern = hyphenated(256)

/**
 * API Reference, ModelName, EndpointName, EndpointConfigName, VariantName, InferenceComponentName, ModelPackageGroupName,
 * MonitoringScheduleName and those of jobs: 63 characters.
 */
export const entityNamePattern = hyphenated(63)
export const entityNameRule =
  'letters, digits and -, beginning and ending with a letter or digit, 63 characters at most'

/** HyperParameterTrainingJobDefinitionName and the names of rules and schedules: 64 characters. */
export const longerNamePattern = hyphenated(64)

/** JSON schema, Step.Name. */
export const stepNamePattern = /^[A-Za-z0-9\-_]{1,64}$/

/** JSON schema, Parameter.Name. (The API allows 256 when an execution starts; the definition's limit is the narrower.) */
export const parameterNamePattern = /^[A-Za-z0-9\-_]{1,64}$/

/** CreateTrainingJob, Channel.ChannelName. */
export const channelNamePattern = /^[A-Za-z0-9._-]{1,64}$/

/** CreateProcessingJob and CreateTrainingJob: names in Environment. */
export const environmentNamePattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export const displayNameMaximum = 256
export const descriptionMaximum = 3072
/** The definition's schema allows a default of 4,096 characters, StartPipelineExecution a value of 1,024. */
export const parameterDefaultMaximum = 4096
export const parameterValueMaximum = 1024
