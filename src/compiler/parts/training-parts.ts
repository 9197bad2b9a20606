// What a training step and the training jobs of a tuning step have in common.

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {Entry} from '../../spec/fields.ts'
import type {JobSpec, TrainingSpec} from '../../spec/pipeline-spec.ts'
import type {InputSpec} from '../../spec/shapes/shapes.ts'
import type {Value} from '../../spec/value.ts'
import {lengthSeconds} from '../../text/duration.ts'
import {checkCount} from '../checks/check-limits.ts'
import type {StepScope} from '../context.ts'
import {knowsScriptMode} from '../images/images.ts'
import {archiveCode, compileSource, placeCode} from '../local-content.ts'
import {elementPath, entryRange, memberPlaces, ownOrDefault, type Place, type PlaceScope} from '../place.ts'
import {compileText} from '../values/compile-value.ts'
import {mergeApi} from '../values/merge-api.ts'
import {longestRunSeconds, maxRuntimeSeconds, unlessEmpty} from './job-parts.ts'
import {compileNetwork, networkPlaces} from './network.ts'

/** The keys of one training job, and the step that it is of. */
export type TrainingJobSpec = Pick<JobSpec, 'name' | 'nameRange' | 'image' | 'instance' | 'role' | 'env' | 'timeout'> &
  Pick<
    TrainingSpec,
    'code' | 'hyperparameters' | 'inputs' | 'metrics' | 'spot' | 'checkpoints' | 'network' | 'keyRanges'
  >

/** Limits of CreateTrainingJob, the same in CreateHyperParameterTuningJob. */
const maximumChannels = 20
const maximumHyperparameters = 100
const maximumMetrics = 40

/** CreateTrainingJob wants a StoppingCondition; one day is what the SageMaker SDK writes. */
const usualRunSeconds = 86_400

export type Program = {
  readonly isScriptMode: boolean
  readonly hyperparameters: JsonObject
  readonly channels: readonly JsonObject[]
  readonly entrypoint: readonly string[]
}

const ownProgram: Program = {isScriptMode: false, hyperparameters: {}, channels: [], entrypoint: []}

/** A framework image gets the script by script mode; any other image as a channel that its entrypoint starts. */
export function compileProgram(step: TrainingJobSpec, image: Json, scope: StepScope): Program {
  if (!step.code) return ownProgram
  if (knowsScriptMode(image)) return scriptMode(step, scope)
  const placed = placeCode(step.code, scope)
  if (!placed) return ownProgram
  const program = placed.entry.endsWith('.sh') ? '/bin/bash' : 'python3'
  return {
    ...ownProgram,
    channels: [channel('code', placed.s3Uri, 'FullyReplicated')],
    entrypoint: [program, `/opt/ml/input/data/code/${placed.entry}`],
  }
}

/** The script by the hyperparameters that the training toolkit reads. */
export function scriptMode(step: TrainingJobSpec, scope: StepScope): Program {
  const placed = step.code && archiveCode(step.code, scope)
  if (!placed) return {...ownProgram, isScriptMode: true}
  const hyperparameters = {
    sagemaker_program: JSON.stringify(placed.entry),
    sagemaker_submit_directory: JSON.stringify(placed.s3Uri),
    sagemaker_region: JSON.stringify(scope.target.region),
    sagemaker_container_log_level: '20',
  }
  return {...ownProgram, isScriptMode: true, hyperparameters}
}

/** HyperParameters, or StaticHyperParameters of a tuning job. */
export function compileHyperparameters(step: TrainingJobSpec, program: Program, scope: StepScope): JsonObject {
  for (const {name, nameRange} of step.hyperparameters ?? []) checkReserved(name, nameRange, step, scope)
  const own = (step.hyperparameters ?? []).map(
    ({name, value}) => [name, hyperparameterText(value, program.isScriptMode, scope)] as const,
  )
  const given: JsonObject = Object.fromEntries(own)
  const hyperparameters = {...given, ...program.hyperparameters, ...given}
  checkCount(Object.keys(hyperparameters).length, maximumHyperparameters, 'hyperparameters', step, scope)
  return hyperparameters
}

/**
 * SageMaker's wire carries strings only, and the training toolkit decodes each as JSON where it can. In script mode a text
 * is therefore quoted, as the SageMaker SDK does it, so that "5" stays a text; everything else is written as it stands.
 */
export function hyperparameterText(value: Value, isScriptMode: boolean, scope: StepScope): Json {
  const isText = value.kind === 'literal' && typeof value.value === 'string'
  return isScriptMode && isText ? JSON.stringify(value.value) : compileText(value, scope)
}

/** What `code:` says; of the other settings of the training toolkit, such as its log level, the step's own count. */
const codeSettings = ['sagemaker_program', 'sagemaker_submit_directory']

export function checkReserved(name: string, nameRange: Range, {code}: TrainingJobSpec, {findings}: StepScope): void {
  if (!code || !codeSettings.includes(name)) return
  findings.error('name-collision', nameRange, `"${name}" is a name of the training toolkit`, {
    help: 'leave it out: "code" gives it',
  })
}

/** InputDataConfig: the inputs, then what the program adds. */
export function compileChannels(step: TrainingJobSpec, program: Program, scope: StepScope): JsonObject[] {
  const channels = [...(step.inputs ?? []).map((input) => compileChannel(input, scope)), ...program.channels]
  checkCount(channels.length, maximumChannels, 'channels', step, scope)
  const code = step.inputs?.find(({name}) => name === 'code')
  if (code && program.channels.length > 0) {
    scope.findings.error('name-collision', code.nameRange, 'the channel "code" is taken by the code of the step', {
      help: 'give the input another name',
    })
  }
  return channels
}

function compileChannel({name, value: input}: Entry<InputSpec>, scope: StepScope): JsonObject {
  if (input.to) {
    const message = 'a channel has no "to": it always lies at /opt/ml/input/data/<channel>'
    scope.findings.error('unknown-key', input.to.range, message)
  }
  const own = {
    ...channel(name, compileSource(input, scope), input.distribution?.value ?? 'FullyReplicated'),
    ...(input.contentType ? {ContentType: compileText(input.contentType, scope)} : {}),
    ...(input.mode ? {InputMode: input.mode.value} : {}),
    ...(input.compression ? {CompressionType: input.compression.value} : {}),
  }
  return input.api ? mergeApi(own, input.api, scope) : own
}

function channel(name: string, s3Uri: Json, distribution: string): JsonObject {
  return {
    ChannelName: name,
    DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: s3Uri, S3DataDistributionType: distribution}},
  }
}

export function metricDefinitions(step: TrainingJobSpec, scope: StepScope): JsonObject[] {
  checkCount(step.metrics?.length ?? 0, maximumMetrics, 'metrics', step, scope)
  return (step.metrics ?? []).map(({name, value}) => {
    try {
      new RegExp(value.value)
    } catch {
      scope.findings.error('wrong-type', value.range, `"${value.value}" is not a regular expression`)
    }
    return {Name: name, Regex: value.value}
  })
}

/** StoppingCondition, and what else says how the job may run: spot instances, checkpoints, network. */
export function compileConduct(step: TrainingJobSpec, scope: StepScope): JsonObject {
  const seconds = maxRuntimeSeconds(step, 'training', scope) ?? usualRunSeconds
  const isSpot = step.spot?.value ?? false
  return {
    StoppingCondition: {
      MaxRuntimeInSeconds: seconds,
      ...(isSpot ? {MaxWaitTimeInSeconds: maxWaitSeconds(step, seconds, scope)} : {}),
    },
    ...(isSpot ? {EnableManagedSpotTraining: true} : {}),
    ...checkpointConfig(step, scope),
    ...compileNetwork(step.network, scope),
  }
}

/** No less than the job may run. Source: StoppingCondition, MaxWaitTimeInSeconds. */
function maxWaitSeconds({spot}: TrainingJobSpec, runSeconds: number, scope: StepScope): number {
  if (!spot?.maxWait) return runSeconds
  const seconds = lengthSeconds(spot.maxWait.value)
  if (seconds >= runSeconds && seconds <= longestRunSeconds.training) return seconds
  const message =
    seconds < runSeconds
      ? `the job may run for ${runSeconds} s, and so cannot be over after ${seconds} s`
      : `a training job can take ${longestRunSeconds.training / 86_400} days at most`
  const help = seconds < runSeconds ? {help: '"maxWait" includes the run: give it at least as much as "timeout"'} : {}
  scope.findings.error('out-of-range', spot.maxWait.range, message, help)
  return runSeconds
}

function checkpointConfig({checkpoints}: TrainingJobSpec, scope: StepScope): JsonObject {
  if (!checkpoints?.to) return {}
  const from = checkpoints.from ? {LocalPath: checkpoints.from.value} : {}
  return {CheckpointConfig: {S3Uri: compileText(checkpoints.to, scope), ...from}}
}

/** AlgorithmSpecification. */
export function compileAlgorithm(step: TrainingJobSpec, image: Json, program: Program, scope: StepScope): JsonObject {
  return {
    TrainingImage: image,
    TrainingInputMode: 'File',
    ...unlessEmpty('ContainerEntrypoint', program.entrypoint),
    ...unlessEmpty('MetricDefinitions', metricDefinitions(step, scope)),
  }
}

/** What feeds the members of the job below `base`, which is empty or ends with a dot. */
export function trainingJobPlaces(
  base: string,
  hyperparameters: string,
  step: TrainingJobSpec,
  scope: PlaceScope,
): Place[] {
  const key = (name: string) => step.keyRanges.get(name)
  const code = step.code?.path.range
  return [
    [`${base}AlgorithmSpecification.TrainingImage`, ownOrDefault('image', step, scope)],
    [`${base}AlgorithmSpecification.ContainerEntrypoint`, entryRange(step.code)],
    [`${base}AlgorithmSpecification.MetricDefinitions`, key('metrics')],
    ...(step.metrics ?? []).map(({name, value}): Place => {
      return [elementPath(`${base}AlgorithmSpecification.MetricDefinitions`, name), value.range]
    }),
    [`${base}${hyperparameters}`, key('hyperparameters') ?? code],
    ...memberPlaces(`${base}${hyperparameters}`, step.hyperparameters),
    [`${base}${hyperparameters}.sagemaker_program`, entryRange(step.code)],
    [`${base}${hyperparameters}.sagemaker_submit_directory`, code],
    [`${base}InputDataConfig`, key('inputs')],
    ...(step.inputs ?? []).flatMap((input) => channelPlaces(`${base}InputDataConfig`, input)),
    [elementPath(`${base}InputDataConfig`, 'code'), code],
    [`${base}StoppingCondition.MaxWaitTimeInSeconds`, step.spot?.maxWait?.range ?? key('spot')],
    [`${base}EnableManagedSpotTraining`, key('spot')],
    [`${base}CheckpointConfig`, key('checkpoints')],
    [`${base}CheckpointConfig.S3Uri`, step.checkpoints?.to?.range],
    [`${base}CheckpointConfig.LocalPath`, step.checkpoints?.from?.range],
    ...networkPlaces(base, step.network),
  ]
}

function channelPlaces(list: string, {name, nameRange, value: input}: Entry<InputSpec>): Place[] {
  const base = elementPath(list, name)
  return [
    [base, nameRange],
    [`${base}.DataSource.S3DataSource.S3Uri`, input.from?.range],
    [`${base}.DataSource.S3DataSource.S3DataDistributionType`, input.distribution?.range],
    [`${base}.ContentType`, input.contentType?.range],
    [`${base}.InputMode`, input.mode?.range],
    [`${base}.CompressionType`, input.compression?.range],
  ]
}
