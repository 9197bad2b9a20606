// training → Training (CreateTrainingJob's request, less its name).

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {TrainingSpec} from '../../spec/pipeline-spec.ts'
import type {InputSpec} from '../../spec/shapes.ts'
import {partName, type Value} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {checkCount} from '../check-limits.ts'
import {compileText} from '../compile-value.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {fingerprintEnvironment, fingerprintPlaces} from '../fingerprints.ts'
import {knowsScriptMode} from '../images.ts'
import {
  compileTags,
  freshOutputUri,
  jobEnvironment,
  jobImage,
  jobPolicies,
  jobResources,
  maxRuntimeSeconds,
  roleArn,
  unlessEmpty,
} from '../job-parts.ts'
import {archiveCode, compileSource, placeCode} from '../local-content.ts'
import {elementPath, entryRange, jobPlaces, memberPlaces, ownOrDefault, type Place} from '../place.ts'

/** Limits of CreateTrainingJob. */
const maximumChannels = 20
const maximumHyperparameters = 100

/** CreateTrainingJob wants a StoppingCondition; one day is what the SageMaker SDK writes. */
const usualRunSeconds = 86_400

export const trainingCompiler: StepCompiler<TrainingSpec> = {
  type: 'Training',
  propertyNames: ['model', 'metrics', 'image'],

  compile(step, scope) {
    const image = jobImage(step, scope)
    const program = compileProgram(step, image, scope)
    const channels = [
      ...(step.inputs ?? []).map(({name, value}) => compileChannel(name, value, scope)),
      ...program.channels,
    ]
    const hyperparameters = {...compileHyperparameters(step, program.isScriptMode, scope), ...program.hyperparameters}
    checkCount(channels.length, maximumChannels, 'channels', step, scope)
    checkCount(Object.keys(hyperparameters).length, maximumHyperparameters, 'hyperparameters', step, scope)
    checkReserved(step, scope)

    const seconds = maxRuntimeSeconds(step, 'training', scope) ?? usualRunSeconds
    return {
      Arguments: {
        AlgorithmSpecification: {
          TrainingImage: image,
          TrainingInputMode: 'File',
          ...unlessEmpty('ContainerEntrypoint', program.entrypoint),
          ...unlessEmpty('MetricDefinitions', metricDefinitions(step, scope)),
        },
        RoleArn: roleArn(step.role, step.nameRange, scope),
        ...unlessEmpty('HyperParameters', hyperparameters),
        ...unlessEmpty('InputDataConfig', channels),
        OutputDataConfig: {
          S3OutputPath: step.output ? compileText(step.output, scope) : freshOutputUri('model', scope),
        },
        ResourceConfig: jobResources(step, scope),
        StoppingCondition: {
          MaxRuntimeInSeconds: seconds,
          ...(step.spot?.value ? {MaxWaitTimeInSeconds: seconds} : {}),
        },
        ...(step.spot?.value ? {EnableManagedSpotTraining: true} : {}),
        ...checkpointConfig(step, scope),
        ...unlessEmpty('Environment', {...jobEnvironment(step, scope), ...fingerprintEnvironment(step, scope)}),
        ...compileTags(step.tags, scope),
      },
      ...jobPolicies(step, scope),
    }
  },

  property(step, path, reference, scope) {
    const [kind, name, extra] = path
    if (kind?.kind !== 'name') return 'unknown'
    if (kind.name === 'model' && !name) {
      return {json: {Get: `Steps.${step.name}.ModelArtifacts.S3ModelArtifacts`}, type: 'String'}
    }
    if (kind.name === 'image' && !name) {
      return {json: {Get: `Steps.${step.name}.AlgorithmSpecification.TrainingImage`}, type: 'String'}
    }
    if (kind.name !== 'metrics' || extra) return 'unknown'
    const metric = partName(name)
    const known = (step.metrics ?? []).map((entry) => entry.name)
    if (known.includes(metric))
      return {json: {Get: `Steps.${step.name}.FinalMetricDataList['${metric}'].Value`}, type: 'Float'}
    const help = suggestName(metric, known)
    scope.findings.error(
      'unsupported-reference',
      name?.range ?? reference.range,
      `step "${step.name}" measures no metric "${metric}"`,
      help ? {help} : {},
    )
    return undefined
  },

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    const code = step.code?.path.range
    return [
      ...jobPlaces(step, 'ResourceConfig', scope),
      ...fingerprintPlaces(step, scope),
      ['AlgorithmSpecification.TrainingImage', ownOrDefault('image', step, scope)],
      ['AlgorithmSpecification.ContainerEntrypoint', entryRange(step.code)],
      ['AlgorithmSpecification.MetricDefinitions', key('metrics')],
      ...(step.metrics ?? []).map(({name, value}): Place => {
        return [elementPath('AlgorithmSpecification.MetricDefinitions', name), value.range]
      }),
      ['HyperParameters', key('hyperparameters') ?? code],
      ...memberPlaces('HyperParameters', step.hyperparameters),
      ['HyperParameters.sagemaker_program', entryRange(step.code)],
      ['HyperParameters.sagemaker_submit_directory', code],
      ['InputDataConfig', key('inputs')],
      ...(step.inputs ?? []).flatMap(({name, nameRange, value}) => channelPlaces(name, nameRange, value)),
      [elementPath('InputDataConfig', 'code'), code],
      ['OutputDataConfig', step.output?.range],
      ['StoppingCondition.MaxWaitTimeInSeconds', key('spot')],
      ['EnableManagedSpotTraining', key('spot')],
      ['CheckpointConfig', key('checkpoints')],
      ['CheckpointConfig.S3Uri', step.checkpoints?.to?.range],
      ['CheckpointConfig.LocalPath', step.checkpoints?.from?.range],
    ]
  },
}

function channelPlaces(name: string, nameRange: Range, input: InputSpec): Place[] {
  const base = elementPath('InputDataConfig', name)
  return [
    [base, nameRange],
    [`${base}.DataSource.S3DataSource.S3Uri`, input.from?.range],
    [`${base}.DataSource.S3DataSource.S3DataDistributionType`, input.distribution?.range],
    [`${base}.ContentType`, input.contentType?.range],
    [`${base}.InputMode`, input.mode?.range],
    [`${base}.CompressionType`, input.compression?.range],
  ]
}

type Program = {
  readonly isScriptMode: boolean
  readonly hyperparameters: JsonObject
  readonly channels: readonly JsonObject[]
  readonly entrypoint: readonly string[]
}

const ownProgram: Program = {isScriptMode: false, hyperparameters: {}, channels: [], entrypoint: []}

/** A framework image gets the script by script mode; any other image as a channel that its entrypoint starts. */
function compileProgram(step: TrainingSpec, image: Json, scope: StepScope): Program {
  if (!step.code) return ownProgram
  if (knowsScriptMode(image)) {
    const placed = archiveCode(step.code, scope)
    if (!placed) return {...ownProgram, isScriptMode: true}
    const hyperparameters = {
      sagemaker_program: JSON.stringify(placed.entry),
      sagemaker_submit_directory: JSON.stringify(placed.s3Uri),
      sagemaker_region: JSON.stringify(scope.target.region),
      sagemaker_container_log_level: '20',
    }
    return {...ownProgram, isScriptMode: true, hyperparameters}
  }
  const placed = placeCode(step.code, scope)
  if (!placed) return ownProgram
  const program = placed.entry.endsWith('.sh') ? '/bin/bash' : 'python3'
  return {
    ...ownProgram,
    channels: [channel('code', placed.s3Uri, {})],
    entrypoint: [program, `/opt/ml/input/data/code/${placed.entry}`],
  }
}

/**
 * SageMaker's wire carries strings only, and the training toolkit decodes each as JSON where it can. A text that would be
 * decoded to something else is therefore quoted; everything else is written as it stands.
 */
function compileHyperparameters(step: TrainingSpec, isScriptMode: boolean, scope: StepScope): JsonObject {
  return Object.fromEntries(
    (step.hyperparameters ?? []).map(({name, value}) => {
      const isQuoted = isScriptMode && value.kind === 'literal' && typeof value.value === 'string' && isJson(value.text)
      return [name, isQuoted ? JSON.stringify(textOf(value)) : compileText(value, scope)]
    }),
  )
}

function textOf(value: Value): string {
  return value.kind === 'literal' ? value.text : ''
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function compileChannel(name: string, input: InputSpec, scope: StepScope): JsonObject {
  return channel(name, compileSource(input, scope), {
    ...(input.contentType ? {ContentType: compileText(input.contentType, scope)} : {}),
    ...(input.mode ? {InputMode: input.mode.value} : {}),
    ...(input.compression ? {CompressionType: input.compression.value} : {}),
    ...(input.distribution ? {distribution: input.distribution.value} : {}),
  })
}

function channel(name: string, s3Uri: Json, options: JsonObject): JsonObject {
  const {distribution = 'FullyReplicated', ...rest} = options
  return {
    ChannelName: name,
    DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: s3Uri, S3DataDistributionType: distribution}},
    ...rest,
  }
}

function metricDefinitions(step: TrainingSpec, scope: StepScope): JsonObject[] {
  return (step.metrics ?? []).map(({name, value}) => {
    try {
      new RegExp(value.value)
    } catch {
      scope.findings.error('wrong-type', value.range, `"${value.value}" is not a regular expression`)
    }
    return {Name: name, Regex: value.value}
  })
}

function checkpointConfig(step: TrainingSpec, scope: StepScope): JsonObject {
  const {checkpoints} = step
  if (!checkpoints?.to) return {}
  const from = checkpoints.from ? {LocalPath: checkpoints.from.value} : {}
  return {CheckpointConfig: {S3Uri: compileText(checkpoints.to, scope), ...from}}
}

/** Names that the training toolkit keeps for itself, and channels that code takes. */
function checkReserved(step: TrainingSpec, scope: StepScope): void {
  for (const {name, nameRange} of step.hyperparameters ?? []) {
    if (step.code && name.startsWith('sagemaker_')) {
      scope.findings.error('name-collision', nameRange, `"${name}" is a name of the training toolkit`)
    }
  }
  const to = step.inputs?.find(({value}) => value.to)?.value.to
  if (to) {
    scope.findings.error(
      'unknown-key',
      to.range,
      'a channel has no "to": it always lies at /opt/ml/input/data/<channel>',
    )
  }
}
