// The Metadata of a step in ListPipelineExecutionSteps, by the kind of its job.
// Source: SageMaker API, PipelineExecutionStepMetadata and the types of its members.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {JobKind} from '../runners/job-types.ts'
import {compact} from '../store/documents.ts'

/** What is known when the job starts. */
export function jobMetadata(kind: JobKind, jobName: string, jobArn: string, envelope: JsonObject): JsonObject {
  switch (kind) {
    case 'Processing':
    case 'Training':
    case 'Tuning':
    case 'Transform':
    case 'AutoML':
      return {[`${kind}Job`]: {Arn: jobArn}}
    case 'Lambda':
      return {Lambda: compact({Arn: envelope.FunctionArn})}
    case 'Callback':
      return {Callback: compact({CallbackToken: jobName, SqsQueueUrl: envelope.SqsQueueUrl})}
    case 'QualityCheck':
    case 'ClarifyCheck':
      return {[kind]: checkMembers(envelope, jobArn)}
    case 'EMR':
      return {EMR: {}}
    case 'EMRServerless':
      // The union has no member for it.
      return {}
    default:
      return {[kind]: {Arn: jobArn}}
  }
}

/** Lays what the job made known at its end over the one member of the union. */
export function withOutcome(metadata: JsonObject, more: JsonObject | undefined): JsonObject {
  const [kind, members] = Object.entries(metadata)[0] ?? []
  if (more === undefined || kind === undefined) return metadata
  return {[kind]: {...(isJsonObject(members) ? members : {}), ...more}}
}

function checkMembers(envelope: JsonObject, jobArn: string): JsonObject {
  return compact({
    CheckType: envelope.CheckType,
    ModelPackageGroupName: envelope.ModelPackageGroupName,
    SkipCheck: asBoolean(envelope.SkipCheck),
    RegisterNewBaseline: asBoolean(envelope.RegisterNewBaseline),
    CheckJobArn: jobArn,
  })
}

function asBoolean(value: Json | undefined): boolean {
  return value === true || value === 'true' || value === 'True'
}
