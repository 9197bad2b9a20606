// training → Training (CreateTrainingJob's request, less its name).

import type {JsonObject} from '../../definition/json.ts'
import type {TrainingSpec} from '../../spec/pipeline-spec.ts'
import {partName, type Value} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {checkCount} from '../checks/check-limits.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {fingerprintEnvironment, fingerprintPlaces} from '../fingerprints.ts'
import {
  compileTags,
  jobEnvironment,
  jobImage,
  jobPolicies,
  jobResources,
  outputUri,
  roleArn,
  unlessEmpty,
} from '../parts/job-parts.ts'
import {
  compileAlgorithm,
  compileChannels,
  compileConduct,
  compileHyperparameters,
  compileProgram,
  type Program,
  trainingJobPlaces,
} from '../parts/training-parts.ts'
import {itemPlaces, jobPlaces} from '../place.ts'
import {compileText, compileTexts} from '../values/compile-value.ts'
import {type ShortNames, shortValue} from '../values/short-names.ts'

/** Limit of CreateTrainingJob. */
const maximumArguments = 100

export const trainingCompiler: StepCompiler<TrainingSpec> = {
  type: 'Training',
  propertyNames: ['model', 'metrics.NAME', 'image', 'job'],

  compile(step, scope) {
    const {TrainingImage: image = ''} = trainingImage(step, scope)
    const program = compileProgram(step, image, scope)
    const {TrainingImage: _, ...algorithm} = compileAlgorithm(step, image, program, scope)
    return {
      Arguments: {
        AlgorithmSpecification: {
          ...(image === '' ? {} : {TrainingImage: image}),
          ...algorithm,
          ...compileCommand(step, program, scope),
        },
        RoleArn: roleArn(step.role, scope),
        ...unlessEmpty('HyperParameters', compileHyperparameters(step, program, scope)),
        ...unlessEmpty('InputDataConfig', compileChannels(step, program, scope)),
        OutputDataConfig: {
          S3OutputPath: outputUri(step.output, 'model', scope),
        },
        ResourceConfig: jobResources(step, scope),
        ...compileConduct(step, scope),
        ...(step.debugger ? {DebugHookConfig: debugHook(step.debugger, scope)} : {}),
        ...(step.profiler ? {ProfilerConfig: profilerConfig(step.profiler, scope)} : {}),
        ...unlessEmpty('Environment', {...jobEnvironment(step, scope), ...fingerprintEnvironment(step, scope)}),
        ...compileTags(step.tags, scope),
      },
      ...jobPolicies(step, scope),
    }
  },

  property(step, path, reference, scope) {
    const single = shortValue(step, path, singleValues)
    if (single !== 'unknown') return single
    const [kind, name, extra] = path
    if (kind?.kind !== 'name' || kind.name !== 'metrics' || extra) return 'unknown'
    const metric = partName(name)
    const known = (step.metrics ?? []).map((entry) => entry.name)
    if (known.includes(metric))
      return {json: {Get: `Steps.${step.name}.FinalMetricDataList['${metric}'].Value`}, type: 'Float'}
    const help = suggestName(metric, known)
    scope.findings.error(
      'unsupported-reference',
      name?.range ?? reference.range,
      `step "${step.name}" measures no metric "${metric}"`,
      {help: help ?? `add metrics: {${metric}: a regular expression with one group} to it`},
    )
    return undefined
  },

  places: (step, scope) => [
    ...jobPlaces(step, 'ResourceConfig', scope),
    ...fingerprintPlaces(step, scope),
    ...trainingJobPlaces('', 'HyperParameters', step, scope),
    [entrypoint, step.keyRanges.get('command')],
    ...itemPlaces(entrypoint, step.command),
    [containerArguments, step.keyRanges.get('args')],
    ...itemPlaces(containerArguments, step.args),
    ['OutputDataConfig', step.output?.range],
    ['DebugHookConfig', step.debugger?.range],
    ['ProfilerConfig', step.profiler?.range],
  ],
}

/** None where `api:` names an algorithm of the Marketplace, or takes the algorithm away: a serverless job has none. */
function trainingImage(step: TrainingSpec, scope: StepScope): JsonObject {
  const given = step.api?.entries.find(({key}) => key === 'AlgorithmSpecification')?.value
  const isNone = given?.kind === 'literal' && given.value === null
  const isNamed = given?.kind === 'map' && given.entries.some(({key}) => key === 'AlgorithmName')
  return !step.image && (isNone || isNamed) ? {} : {TrainingImage: jobImage(step, scope)}
}

const entrypoint = 'AlgorithmSpecification.ContainerEntrypoint'
const containerArguments = 'AlgorithmSpecification.ContainerArguments'

/** `command`, followed by the script where code is mounted as a channel; and `args`. */
function compileCommand(step: TrainingSpec, program: Program, scope: StepScope): JsonObject {
  const [, ...script] = program.entrypoint
  const command = compileTexts(step.command, scope)
  const args = compileTexts(step.args, scope)
  checkCount(args.length, maximumArguments, 'arguments', step, scope)
  return {
    ...(command.length > 0 ? {ContainerEntrypoint: [...command, ...script]} : {}),
    ...unlessEmpty('ContainerArguments', args),
  }
}

/** Short names of what describing the job shows. */
const singleValues: ShortNames = {
  model: 'ModelArtifacts.S3ModelArtifacts',
  image: 'AlgorithmSpecification.TrainingImage',
  job: 'TrainingJobName',
}

/** As the SageMaker SDK writes it: with the tensors that the Debugger saves of its own accord. */
function debugHook(uri: Value, scope: StepScope): JsonObject {
  return {S3OutputPath: compileText(uri, scope), CollectionConfigurations: []}
}

function profilerConfig(uri: Value, scope: StepScope): JsonObject {
  if (uri.kind === 'literal' && uri.value === false) return {DisableProfiler: true}
  return {S3OutputPath: compileText(uri, scope), DisableProfiler: false}
}
