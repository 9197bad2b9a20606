// The pipeline definition language, as SageMaker stores it (AWS's casing kept).
// Source: SageMaker pipeline definition JSON, version 2020-12-01; see also the Developer Guide, "Define a pipeline".

import type {Json, JsonObject} from './json.ts'

export const definitionVersion = '2020-12-01'

export type ParameterType = 'String' | 'Integer' | 'Float' | 'Boolean'

export type ParameterDefinition = {
  readonly Name: string
  readonly Type?: ParameterType
  readonly DefaultValue?: string | number | boolean
  readonly EnumValues?: readonly string[]
  readonly Description?: string
}

/** Both members are needed for SageMaker to use the cache; `ExpireAfter` is an ISO 8601 duration. */
export type CacheConfig = {readonly Enabled: boolean; readonly ExpireAfter?: string}

export type PropertyFile = {
  readonly PropertyFileName: string
  readonly OutputName: string
  readonly FilePath: string
}

export type RetryPolicy = {
  readonly ExceptionType: readonly string[]
  readonly IntervalSeconds?: number
  readonly BackoffRate?: number
  readonly MaxAttempts?: number
  readonly ExpireAfterMin?: number
}

/** What a Lambda or Callback step gives: read as `Steps.S.OutputParameters['<OutputName>']`. */
export type OutputParameter = {readonly OutputName: string; readonly OutputType?: ParameterType}

export type StepDefinition = {
  readonly Name: string
  readonly Type: string
  readonly Arguments: JsonObject
  readonly DependsOn?: readonly string[]
  readonly DisplayName?: string
  readonly Description?: string
  readonly CacheConfig?: CacheConfig
  readonly RetryPolicies?: readonly RetryPolicy[]
  readonly PropertyFiles?: readonly PropertyFile[]
  /** Lambda: its function. */
  readonly FunctionArn?: Json
  /** Callback: its queue. */
  readonly SqsQueueUrl?: Json
  /** Lambda and Callback. */
  readonly OutputParameters?: readonly OutputParameter[]
}

export type PipelineDefinition = {
  readonly Version: string
  readonly Metadata: JsonObject
  readonly Parameters: readonly ParameterDefinition[]
  readonly PipelineExperimentConfig?: Json
  readonly MlflowConfig?: Json
  readonly Steps: readonly StepDefinition[]
}
