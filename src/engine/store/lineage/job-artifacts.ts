// What a job takes and makes, out of its request: the artifacts that SageMaker tracks. Source: Developer Guide, "Amazon SageMaker
// AI-Created Tracking Entities", "Tracking Entities for SageMaker AI Jobs"; types as SageMaker's SDK for Python looks for them.

import type {JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import type {JobKind} from '../../runners/job-types.ts'
import type {Db} from '../database.ts'
import {containersOfModel} from './containers.ts'

export type TrackedArtifact = {readonly type: string; readonly uri: string}

type Job = {readonly kind: JobKind; readonly request: JsonObject}

export function artifactsTaken(db: Db, {kind, request}: Job): TrackedArtifact[] {
  switch (kind) {
    case 'Training':
      return present('Image', trainingImage(request)).concat(
        trainingInputs(request).flatMap(({uri}) => present('DataSet', uri)),
      )
    case 'Transform':
      return present('DataSet', transformInput(request)).concat(modelArtifacts(db, request))
    default:
      return present('Image', textAt(objectAt(request, 'AppSpecification'), 'ImageUri')).concat(
        processingInputs(request).flatMap(({uri}) => present('DataSet', uri)),
      )
  }
}

export function artifactsMade({kind, request}: Job, modelArtifactsUri: string | undefined): TrackedArtifact[] {
  switch (kind) {
    case 'Training':
      return [
        ...present('Model', modelArtifactsUri),
        ...present('Checkpoint', textAt(objectAt(request, 'CheckpointConfig'), 'S3Uri')),
        ...present('TensorBoard', textAt(objectAt(request, 'TensorBoardOutputConfig'), 'S3OutputPath')),
      ]
    case 'Transform':
      return present('DataSet', transformOutput(request))
    default:
      return processingOutputs(request).flatMap(({uri}) => present('DataSet', uri))
  }
}

function present(type: string, uri: string | undefined): TrackedArtifact[] {
  return uri === undefined || uri === '' ? [] : [{type, uri}]
}

/** The model of a transform job, though it is named and no input, is tracked by what it consists of. */
function modelArtifacts(db: Db, request: JsonObject): TrackedArtifact[] {
  const containers = containersOfModel(db, textAt(request, 'ModelName') ?? '')
  return containers.flatMap(({image, dataUri, packageArn}) => [
    ...present('Image', image),
    ...present('Model', dataUri),
    ...present('Model', packageArn),
  ])
}

export type NamedUri = {readonly name: string; readonly uri: string; readonly mediaType?: string}

export function trainingImage(request: JsonObject): string | undefined {
  const specification = objectAt(request, 'AlgorithmSpecification')
  return textAt(specification, 'TrainingImage') ?? textAt(specification, 'AlgorithmName')
}

export function trainingInputs(request: JsonObject): NamedUri[] {
  return objectsAt(request, 'InputDataConfig').flatMap((channel) => {
    const uri = s3UriOf(channel)
    const mediaType = textAt(channel, 'ContentType')
    return named(textAt(channel, 'ChannelName'), uri).map((found) => ({...found, ...(mediaType ? {mediaType} : {})}))
  })
}

export function transformInput(request: JsonObject): string | undefined {
  return s3UriOf(objectAt(request, 'TransformInput'))
}

export function transformOutput(request: JsonObject): string | undefined {
  return textAt(objectAt(request, 'TransformOutput'), 'S3OutputPath')
}

export function processingInputs(request: JsonObject): NamedUri[] {
  return objectsAt(request, 'ProcessingInputs').flatMap((input) => {
    const dataset = objectAt(input, 'DatasetDefinition')
    const uri =
      textAt(objectAt(input, 'S3Input'), 'S3Uri') ??
      textAt(objectAt(dataset, 'AthenaDatasetDefinition'), 'OutputS3Uri') ??
      textAt(objectAt(dataset, 'RedshiftDatasetDefinition'), 'OutputS3Uri')
    return named(textAt(input, 'InputName'), uri)
  })
}

export function processingOutputs(request: JsonObject): NamedUri[] {
  return objectsAt(objectAt(request, 'ProcessingOutputConfig'), 'Outputs').flatMap((output) =>
    named(textAt(output, 'OutputName'), textAt(objectAt(output, 'S3Output'), 'S3Uri')),
  )
}

function named(name: string | undefined, uri: string | undefined): NamedUri[] {
  return name === undefined || uri === undefined ? [] : [{name, uri}]
}

function s3UriOf(input: JsonObject): string | undefined {
  return textAt(objectAt(objectAt(input, 'DataSource'), 'S3DataSource'), 'S3Uri')
}
