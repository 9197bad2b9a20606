// What the description of a job, a model or a model package tells of its making, in one form for all kinds.
// Source: SageMaker API reference, Describe operations of processing, training, tuning, transform and AutoML jobs, of models and
// of model packages.

import type {Json, JsonObject} from '../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../definition/json-members.ts'
import {contentOf} from './content.ts'
import type {NamedValue, Span, StepRun, Taken} from './provenance.ts'

export type Described = Pick<
  StepRun,
  'image' | 'inputs' | 'code' | 'outputs' | 'hyperparameters' | 'environment' | 'metrics' | 'jobTimes'
>

const starts = ['TrainingStartTime', 'ProcessingStartTime', 'TransformStartTime']
const ends = ['TrainingEndTime', 'ProcessingEndTime', 'TransformEndTime', 'HyperParameterTuningEndTime', 'EndTime']

/** When it was made, and when it ended: for those of which no step of an execution tells it. */
export function describedTimes(description: JsonObject): Span {
  return spanAt(description, ['CreationTime'])
}

/** When its instances began to work, which is when the data was read at the earliest, and when it ended. */
function jobTimesOf(description: JsonObject): Span {
  return spanAt(description, [...starts, 'CreationTime'])
}

function spanAt(description: JsonObject, begins: readonly string[]): Span {
  const [startedAtMs] = timesAt(description, begins)
  const [endedAtMs] = timesAt(description, ends)
  return {...(startedAtMs === undefined ? {} : {startedAtMs}), ...(endedAtMs === undefined ? {} : {endedAtMs})}
}

function timesAt(description: JsonObject, names: readonly string[]): number[] {
  return names.map((name) => Date.parse(textAt(description, name) ?? '')).filter((ms) => !Number.isNaN(ms))
}

export const nothingDescribed: Described = {
  inputs: [],
  code: [],
  outputs: [],
  hyperparameters: [],
  environment: [],
  metrics: [],
}

type Place = Pick<Taken, 'name' | 'uri' | 'isManifest'>

/** Channels and inputs in which the SDKs mount code: script and framework processors, and the ModelTrainer. */
const codeNames: ReadonlySet<string> = new Set(['code', 'entrypoint', 'sm_drivers'])

/** What script mode tells its container, and fingerprints: shown as code and as content. */
const plumbing = /^(sagemaker_|SAGEMAKER_|MLPIPE_FINGERPRINT_)/

export function describedFacts(description: JsonObject): Described {
  const parts = [description, ...trainingDefinitions(description), ...containers(description)]
  const images = parts.flatMap((part) => imageOf(part) ?? [])
  const environment = Object.assign({}, ...parts.map((part) => objectAt(part, 'Environment'))) as JsonObject
  const taken = parts.flatMap(placesTaken).map((one): Taken => {
    const content = contentOf(one.name, one.uri, environment)
    return {...one, ...(content ? {content} : {})}
  })
  const [image] = images
  return {
    ...(image === undefined ? {} : {image}),
    inputs: distinct(taken.filter(({name}) => !codeNames.has(name))),
    code: distinct(taken.filter(({name}) => codeNames.has(name))),
    outputs: placesMade(description),
    hyperparameters: parts.flatMap((part) => namedValues(hyperparametersOf(part))),
    environment: namedValues(environment),
    metrics: metricsOf(description),
    jobTimes: jobTimesOf(description),
  }
}

/** A search has the definition of its training jobs, or several. */
function trainingDefinitions(description: JsonObject): JsonObject[] {
  const one = objectAt(description, 'TrainingJobDefinition')
  return [...(Object.keys(one).length === 0 ? [] : [one]), ...objectsAt(description, 'TrainingJobDefinitions')]
}

/** Of a model and of a model package. */
function containers(description: JsonObject): JsonObject[] {
  const primary = objectAt(description, 'PrimaryContainer')
  return [
    ...(Object.keys(primary).length === 0 ? [] : [primary]),
    ...objectsAt(description, 'Containers'),
    ...objectsAt(objectAt(description, 'InferenceSpecification'), 'Containers'),
  ]
}

function imageOf(part: JsonObject): string | undefined {
  return (
    textAt(objectAt(part, 'AppSpecification'), 'ImageUri') ??
    textAt(objectAt(part, 'AlgorithmSpecification'), 'TrainingImage') ??
    textAt(part, 'Image')
  )
}

function placesTaken(part: JsonObject): Place[] {
  return [
    ...objectsAt(part, 'ProcessingInputs').flatMap((input) => source(input.InputName, objectAt(input, 'S3Input'))),
    ...listOf(part, 'InputDataConfig').flatMap((channel, index) =>
      source(channel.ChannelName ?? `input ${index + 1}`, objectAt(objectAt(channel, 'DataSource'), 'S3DataSource')),
    ),
    ...source('input', objectAt(objectAt(objectAt(part, 'TransformInput'), 'DataSource'), 'S3DataSource')),
    ...place('model', modelData(part)),
    ...place('code', submittedCode(part)),
    ...place('metrics', uriOf(objectAt(objectAt(part, 'ModelMetrics'), 'ModelQuality'), 'Statistics')),
  ]
}

function placesMade(description: JsonObject): Place[] {
  const processed = objectsAt(objectAt(description, 'ProcessingOutputConfig'), 'Outputs')
  return [
    ...processed.flatMap((output) => place(output.OutputName, uriOf(output, 'S3Output'))),
    ...place('model', textAt(objectAt(description, 'ModelArtifacts'), 'S3ModelArtifacts') ?? searchOutput(description)),
    ...place('output', textAt(objectAt(description, 'TransformOutput'), 'S3OutputPath')),
    ...place(
      'output',
      textAt(objectAt(description, 'OutputDataConfig'), 'S3OutputPath'),
      isSearchOfItsOwn(description),
    ),
  ]
}

/** All training jobs of a search write below one place, each under its own name. */
function searchOutput(description: JsonObject): string | undefined {
  return trainingDefinitions(description).flatMap(
    (part) => textAt(objectAt(part, 'OutputDataConfig'), 'S3OutputPath') ?? [],
  )[0]
}

/** An AutoML job; what a training job writes is its model. */
function isSearchOfItsOwn(description: JsonObject): boolean {
  return textAt(description, 'AutoMLJobArn') !== undefined
}

function modelData(part: JsonObject): string | undefined {
  const source = objectAt(objectAt(part, 'ModelDataSource'), 'S3DataSource')
  return textAt(part, 'ModelDataUrl') ?? textAt(source, 'S3Uri')
}

/** Script mode: the hyperparameter is JSON in JSON, the variable of a serving container is not. */
function submittedCode(part: JsonObject): string | undefined {
  const asHyperparameter = textAt(hyperparametersOf(part), 'sagemaker_submit_directory')
  const text = asHyperparameter ?? textAt(objectAt(part, 'Environment'), 'SAGEMAKER_SUBMIT_DIRECTORY')
  const uri = text?.replace(/^"|"$/g, '')
  return uri?.startsWith('s3://') ? uri : undefined
}

/** Of a search: the fixed ones, then those of its best job. */
function hyperparametersOf(part: JsonObject): JsonObject {
  const best = objectAt(objectAt(part, 'BestTrainingJob'), 'TunedHyperParameters')
  return {...objectAt(part, 'HyperParameters'), ...objectAt(part, 'StaticHyperParameters'), ...best}
}

function metricsOf(description: JsonObject): {name: string; value: number}[] {
  const best = objectAt(objectAt(description, 'BestTrainingJob'), 'FinalHyperParameterTuningJobObjectiveMetric')
  const candidate = objectAt(objectAt(description, 'BestCandidate'), 'FinalAutoMLJobObjectiveMetric')
  const measured = [...objectsAt(description, 'FinalMetricDataList'), best, candidate].flatMap((metric) => {
    const name = textAt(metric, 'MetricName')
    return name === undefined || typeof metric.Value !== 'number' ? [] : [{name, value: metric.Value}]
  })
  // What was measured several times counts with its last value.
  return [...new Map(measured.map((metric) => [metric.name, metric])).values()]
}

function namedValues(values: JsonObject): NamedValue[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && !plumbing.test(name) ? [{name, value}] : [],
  )
}

function listOf(part: JsonObject, name: string): JsonObject[] {
  return objectsAt(part, name)
}

function uriOf(parent: JsonObject, member: string): string | undefined {
  return textAt(objectAt(parent, member), 'S3Uri')
}

/** ManifestFile and AugmentedManifestFile are lists of what is read. */
function source(name: Json | undefined, from: JsonObject): Place[] {
  const isManifest = textAt(from, 'S3DataType')?.endsWith('ManifestFile') ?? false
  return place(name, textAt(from, 'S3Uri')).map((one) => (isManifest ? {...one, isManifest} : one))
}

function place(name: Json | undefined, uri: string | undefined, isWanted = true): Place[] {
  return typeof name === 'string' && uri !== undefined && isWanted ? [{name, uri}] : []
}

function distinct(taken: readonly Taken[]): Taken[] {
  return [...new Map(taken.map((one) => [`${one.name} ${one.uri}`, one])).values()]
}
