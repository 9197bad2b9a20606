// The short names that the compiler gives to properties of steps, by the path that they stand for.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'

export type ShortPath = {
  readonly path: string
  /** Whether the compiler knows it to be no text, and casts it where a text is wanted. */
  readonly isCast: boolean
}

type Shorten = (property: string, step: JsonObject) => ShortPath | undefined

/** By SageMaker's name of the step type. */
const shorteners: Readonly<Record<string, Shorten>> = {
  Processing: (property, step) => {
    const output = /^ProcessingOutputConfig\.Outputs\['([^']*)'\]\.S3Output\.S3Uri$/.exec(property)?.[1]
    const config = isJsonObject(step.Arguments) ? step.Arguments.ProcessingOutputConfig : undefined
    const outputs = isJsonObject(config) ? config.Outputs : undefined
    return output !== undefined && isNamed(outputs, output)
      ? {path: member('outputs', output), isCast: false}
      : undefined
  },
  Training: (property, step) => {
    if (property === 'ModelArtifacts.S3ModelArtifacts') return {path: 'model', isCast: false}
    if (property === 'AlgorithmSpecification.TrainingImage') return {path: 'image', isCast: false}
    if (property === 'TrainingJobName') return {path: 'job', isCast: false}
    const metric = /^FinalMetricDataList\['([^']*)'\]\.Value$/.exec(property)?.[1]
    const algorithm = isJsonObject(step.Arguments) ? step.Arguments.AlgorithmSpecification : undefined
    const metrics = isJsonObject(algorithm) ? algorithm.MetricDefinitions : undefined
    const isKnown = metric !== undefined && isNamed(metrics, metric)
    return isKnown ? {path: member('metrics', metric), isCast: true} : undefined
  },
  Tuning: tuningValue,
  AutoML: (property) => automlNames(property) ?? automlMetric(property),
  Transform: named({'TransformOutput.S3OutputPath': 'output', TransformJobName: 'job'}),
  Model: (property, step) => modelNames(property) ?? servedModel(property, step),
  RegisterModel: named({ModelPackageArn: 'arn'}),
  EndpointConfig: named({EndpointConfigName: 'name', EndpointConfigArn: 'arn'}),
  Endpoint: named({EndpointName: 'name', EndpointArn: 'arn'}),
  Condition: (property) => (property === 'Outcome' ? {path: 'outcome', isCast: true} : undefined),
  Lambda: outputParameter,
  Callback: outputParameter,
  QualityCheck: named({
    CalculatedBaselineConstraints: 'calculatedBaseline.constraints',
    CalculatedBaselineStatistics: 'calculatedBaseline.statistics',
    BaselineUsedForDriftCheckConstraints: 'baseline.constraints',
    BaselineUsedForDriftCheckStatistics: 'baseline.statistics',
  }),
  ClarifyCheck: named({
    CalculatedBaselineConstraints: 'calculatedBaseline.constraints',
    BaselineUsedForDriftCheckConstraints: 'baseline.constraints',
  }),
  EMR: named({ClusterId: 'clusterId', Id: 'id'}),
  EMRServerless: (property) => jobRunName(property) ?? jobRunPath(property),
}

const modelNames = named({ModelName: 'name', ModelArn: 'arn'})

/** What the first container serves. */
function servedModel(property: string, {Arguments}: JsonObject): ShortPath | undefined {
  const first = isJsonObject(Arguments) && Arguments.Containers !== undefined ? 'Containers[0]' : 'PrimaryContainer'
  return named({[`${first}.ModelDataUrl`]: 'model', [`${first}.Image`]: 'image'})(property)
}

/** One of the training jobs of a tuning step, or the tuning job itself. */
function tuningValue(property: string): ShortPath | undefined {
  if (property === 'HyperParameterTuningJobName') return {path: 'job', isCast: false}
  const [, job = '', value = ''] = /^(BestTrainingJob|TrainingJobSummaries\[\d{1,2}\])\.(.+)$/.exec(property) ?? []
  const at = /^TrainingJobSummaries(\[(\d+)\])$/.exec(job)
  if (job === '' || (at && Number(at[2]) >= 50)) return undefined
  const path = at ? `top${at[1]}` : 'best'
  if (value === 'TrainingJobName') return {path: `${path}.job`, isCast: false}
  if (value === 'FinalHyperParameterTuningJobObjectiveMetric.Value') return {path: `${path}.metric`, isCast: true}
  const name = /^TunedHyperParameters\['([^']*)'\]$/.exec(value)?.[1]
  return name === undefined ? undefined : {path: `${path}.${member('hyperparameters', name)}`, isCast: false}
}

const automlNames = named({
  AutoMLJobName: 'job',
  'BestCandidate.InferenceContainers[0].ModelDataUrl': 'best.model',
  'BestCandidate.InferenceContainers[0].Image': 'best.image',
  'BestCandidate.CandidateName': 'best.name',
  'BestCandidateProperties.ModelInsightsJsonReportPath': 'best.insights',
  'BestCandidateProperties.ExplainabilityJsonReportPath': 'best.explainability',
})

function automlMetric(property: string): ShortPath | undefined {
  const isMetric = property === 'BestCandidate.FinalAutoMLJobObjectiveMetric.Value'
  return isMetric ? {path: 'best.metric', isCast: true} : undefined
}

/** The short path of a property (`ModelArtifacts.S3ModelArtifacts`) of a step, if there is one. */
export function shortPath(step: JsonObject, property: string): ShortPath | undefined {
  const {Type: type} = step
  if (typeof type !== 'string' || !Object.hasOwn(shorteners, type)) return undefined
  return shorteners[type]?.(property, step)
}

const jobRunName = named({'jobRun.jobRunId': 'id', 'jobRun.applicationId': 'applicationId', 'jobRun.arn': 'arn'})

/** The only property path that begins with a small letter. */
function jobRunPath(property: string): ShortPath | undefined {
  return /^jobRun(?:\.[A-Za-z]\w*)+$/.test(property) ? {path: property, isCast: false} : undefined
}

/** Texts without further conditions. */
function named(names: Readonly<Record<string, string>>): (property: string) => ShortPath | undefined {
  return (property) => {
    const path = Object.hasOwn(names, property) ? names[property] : undefined
    return path === undefined ? undefined : {path, isCast: false}
  }
}

function outputParameter(property: string, {OutputParameters: outputs}: JsonObject): ShortPath | undefined {
  const name = /^OutputParameters\['([^']*)'\]$/.exec(property)?.[1]
  const output = Array.isArray(outputs)
    ? outputs.find((each) => isJsonObject(each) && each.OutputName === name)
    : undefined
  if (name === undefined || !isJsonObject(output)) return undefined
  return {path: member('outputs', name), isCast: (output.OutputType ?? 'String') !== 'String'}
}

function member(root: string, name: string): string {
  return /^[A-Za-z0-9_][\w-]*$/.test(name) ? `${root}.${name}` : `${root}['${name}']`
}

/** Whether a list has an element of this name. */
function isNamed(list: Json | undefined, name: string): boolean {
  if (!Array.isArray(list)) return false
  return list.some((each) => isJsonObject(each) && (each.OutputName === name || each.Name === name))
}
