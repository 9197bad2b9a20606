// What DescribeTrialComponent says of a job's trial component: its job's parameters, artifacts and metrics, read when it is asked for.
// Names of parameters and artifacts, and the messages, are those that SageMaker gives the components of its jobs.

import type {Json, JsonObject} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import type {Db} from '../database.ts'
import {compact, seconds, userContext} from '../documents.ts'
import {findJob, type JobRow, parseOutcome, parseRequest} from '../jobs.ts'
import {containersOfModel} from './containers.ts'
import type {EntityRow} from './entities.ts'
import {
  type NamedUri,
  processingInputs,
  processingOutputs,
  trainingImage,
  trainingInputs,
  transformInput,
  transformOutput,
} from './job-artifacts.ts'

export function summariseTrialComponent(db: Db, row: EntityRow): JsonObject {
  return {...commonMembers(row, findJob(db, row.sourceUri)), TrialComponentSource: sourceOf(row)}
}

export function describeTrialComponent(db: Db, row: EntityRow): JsonObject {
  const job = findJob(db, row.sourceUri)
  const common = {...commonMembers(row, job), Source: sourceOf(row), Sources: [sourceOf(row)]}
  return job ? {...common, ...contentsOf(db, job), Metrics: metricsOf(job)} : common
}

function sourceOf({sourceUri, type}: EntityRow): JsonObject {
  return {SourceArn: sourceUri, SourceType: type}
}

function commonMembers(row: EntityRow, job: JobRow | undefined): JsonObject {
  return compact({
    TrialComponentName: row.name,
    TrialComponentArn: row.arn,
    DisplayName: row.name,
    Status: job && {PrimaryStatus: job.status, Message: statusMessage(job)},
    StartTime: seconds(job?.startedAtMs),
    EndTime: seconds(job?.endedAtMs),
    CreationTime: seconds(row.createdAtMs),
    CreatedBy: userContext,
    LastModifiedTime: seconds(job?.modifiedAtMs ?? row.modifiedAtMs),
    LastModifiedBy: userContext,
  })
}

/** TrialComponentStatusMessage. */
const longestMessage = 1024

function statusMessage(job: JobRow): string {
  const {failureReason, exitMessage} = parseOutcome(job)
  const parts: Readonly<Record<string, string>> = {
    Training: `secondary status: ${job.status === 'InProgress' ? 'Training' : job.status}, failure reason: ${failureReason ?? ''}.`,
    Transform: `failure reason: ${failureReason ?? null}`,
  }
  const processing = `exit message: ${exitMessage ?? null}, failure reason: ${failureReason ?? null}`
  return `Status: ${job.status}, ${parts[job.kind] ?? processing}`.slice(0, longestMessage)
}

function contentsOf(db: Db, job: JobRow): JsonObject {
  const request = parseRequest(job)
  switch (job.kind) {
    case 'Training':
      return trainingContents(request, parseOutcome(job).modelArtifactsUri)
    case 'Transform':
      return transformContents(db, request)
    default:
      return processingContents(request)
  }
}

function trainingContents(request: JsonObject, modelUri: string | undefined): JsonObject {
  const hyperparameters = Object.entries(objectAt(request, 'HyperParameters')).map(([name, value]) => [
    name,
    hyperparameter(value),
  ])
  return {
    Parameters: {
      ...textParameter('SageMaker.ImageUri', trainingImage(request)),
      ...instanceParameters(objectAt(request, 'ResourceConfig')),
      ...Object.fromEntries(hyperparameters),
    },
    InputArtifacts: artifacts(trainingInputs(request)),
    OutputArtifacts: artifacts(modelUri === undefined ? [] : [{name: 'SageMaker.ModelArtifact', uri: modelUri}]),
  }
}

function processingContents(request: JsonObject): JsonObject {
  const image = textAt(objectAt(request, 'AppSpecification'), 'ImageUri')
  const taken = image === undefined ? [] : [{name: 'SageMaker.ImageUri', uri: image}]
  return {
    Parameters: instanceParameters(objectAt(objectAt(request, 'ProcessingResources'), 'ClusterConfig')),
    InputArtifacts: artifacts([...taken, ...processingInputs(request)]),
    OutputArtifacts: artifacts(processingOutputs(request)),
  }
}

function transformContents(db: Db, request: JsonObject): JsonObject {
  const modelName = textAt(request, 'ModelName')
  const containers = modelName === undefined ? [] : containersOfModel(db, modelName)
  const uri = transformInput(request)
  const output = transformOutput(request)
  const mediaType = textAt(objectAt(request, 'TransformInput'), 'ContentType')
  const media = mediaType === undefined ? {} : {mediaType}
  return {
    Parameters: {
      ...instanceParameters(objectAt(request, 'TransformResources')),
      ...textParameter('SageMaker.ModelName', modelName),
      ...textParameter('SageMaker.ModelPrimary.DataUrl', containers.find(({dataUri}) => dataUri)?.dataUri),
      ...textParameter('SageMaker.ModelPrimary.Image', containers.find(({image}) => image)?.image),
    },
    InputArtifacts: artifacts(uri === undefined ? [] : [{name: 'SageMaker.TransformInput', uri, ...media}]),
    OutputArtifacts: artifacts(output === undefined ? [] : [{name: 'SageMaker.TransformOutput', uri: output}]),
  }
}

function instanceParameters(resources: JsonObject): JsonObject {
  return compact({
    'SageMaker.InstanceCount': numberParameter(resources.InstanceCount),
    'SageMaker.InstanceType': textAt(resources, 'InstanceType') && {
      StringValue: textAt(resources, 'InstanceType') ?? '',
    },
    'SageMaker.VolumeSizeInGB': numberParameter(resources.VolumeSizeInGB),
  })
}

function textParameter(name: string, value: string | undefined): JsonObject {
  return value === undefined ? {} : {[name]: {StringValue: value}}
}

function numberParameter(value: Json | undefined): JsonObject | undefined {
  const text = String(value ?? '')
  return isNumber(text) ? {NumberValue: Number(text)} : undefined
}

/** A hyperparameter that reads as a number is one. */
function hyperparameter(value: Json): JsonObject {
  const text = String(value)
  return isNumber(text) ? {NumberValue: Number(text)} : {StringValue: text}
}

function isNumber(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
}

function artifacts(list: readonly NamedUri[]): JsonObject {
  return Object.fromEntries(
    list.map(({name, uri, mediaType}) => [name, {...(mediaType ? {MediaType: mediaType} : {}), Value: uri}]),
  )
}

/** Of a metric the last value is kept; its least, its greatest and how many there were are not. */
function metricsOf(job: JobRow): JsonObject[] {
  return (parseOutcome(job).metrics ?? []).map(({name, value, timestampMs}) => ({
    MetricName: name,
    SourceArn: job.arn,
    TimeStamp: timestampMs / 1000,
    Last: value,
  }))
}
