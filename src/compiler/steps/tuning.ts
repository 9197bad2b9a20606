// tuning → Tuning (CreateHyperParameterTuningJob's request, less its name).

import type {Json, JsonObject} from '../../definition/json.ts'
import {longerNamePattern} from '../../definition/names.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {checkCount} from '../checks/check-limits.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {knowsScriptMode} from '../images/images.ts'
import {
  compileTags,
  freshOutputUri,
  jobEnvironment,
  jobImage,
  jobResources,
  roleArn,
  searchPolicies,
  unlessEmpty,
} from '../parts/job-parts.ts'
import {
  compileAlgorithm,
  compileChannels,
  compileConduct,
  compileHyperparameters,
  compileProgram,
  scriptMode,
  trainingJobPlaces,
} from '../parts/training-parts.ts'
import {
  compileObjective,
  compileRanges,
  rangePlaces,
  resourceLimits,
  type SearchSpec,
  type Strategy,
  strategyOf,
} from '../parts/tuning-search.ts'
import {tuningValue} from '../parts/tuning-values.ts'
import {jobPlaces, type Place, type PlaceScope} from '../place.ts'
import {compileNumber} from '../values/compile-typed.ts'
import {compileText} from '../values/compile-value.ts'

type TuningSpec = StepOf<'tuning'>

/** Limits of CreateHyperParameterTuningJob. */
const maximumDefinitions = 10
const maximumParents = 5

export const tuningCompiler: StepCompiler<TuningSpec> = {
  type: 'Tuning',
  propertyNames: ['best.model', 'best.metric', 'best.job', 'best.hyperparameters.NAME', 'top[1].model', 'job', 'image'],

  compile(step, scope) {
    checkSearch(step, scope)
    const {definitions} = step
    const strategy = strategyOf(step)
    const single = definitions ? undefined : compileSearch(wholeStep(step), strategy, scope)
    return {
      Arguments: {
        HyperParameterTuningJobConfig: {
          Strategy: strategy,
          ResourceLimits: resourceLimits(step, scope),
          ...(step.earlyStopping ? {TrainingJobEarlyStoppingType: step.earlyStopping.value} : {}),
          ...(single ? unlessEmpty('HyperParameterTuningJobObjective', single.objective) : {}),
          ...(single ? {ParameterRanges: single.ranges} : {}),
          ...(step.seed ? {RandomSeed: compileNumber(step.seed, 'the seed', {least: 0, isWhole: true}, scope)} : {}),
        },
        ...(single ? {TrainingJobDefinition: single.job} : {}),
        ...(definitions ? {TrainingJobDefinitions: compileDefinitions(step, strategy, scope)} : {}),
        ...warmStartConfig(step, scope),
        ...compileTags(step.tags, scope),
      },
      ...searchPolicies(step, scope),
    }
  },

  property: tuningValue,

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    const config = 'HyperParameterTuningJobConfig'
    const base = 'TrainingJobDefinition'
    return [
      [`${config}.Strategy`, step.strategy?.range],
      [`${config}.ResourceLimits`, key('jobs')],
      [`${config}.ResourceLimits.MaxNumberOfTrainingJobs`, step.jobs?.max?.range],
      [`${config}.ResourceLimits.MaxParallelTrainingJobs`, step.jobs?.parallel?.range],
      [`${config}.ResourceLimits.MaxRuntimeInSeconds`, step.budget?.range],
      [`${config}.TrainingJobEarlyStoppingType`, step.earlyStopping?.range],
      [`${config}.RandomSeed`, step.seed?.range],
      [`${config}.HyperParameterTuningJobObjective`, key('objective')],
      [`${config}.HyperParameterTuningJobObjective.Type`, step.objective?.goal?.range],
      [`${config}.HyperParameterTuningJobObjective.MetricName`, step.objective?.metric?.range],
      ...rangePlaces(`${config}.ParameterRanges`, step),
      ...(step.definitions ? definitionPlaces(step, scope) : searchPlaces(base, step, scope)),
      ['WarmStartConfig', key('warmStart')],
    ]
  },
}

type WholeSearch = SearchSpec & Pick<TuningSpec, 'output' | 'definitions'>

type Search = {readonly job: JsonObject; readonly objective: JsonObject; readonly ranges: JsonObject}

function compileSearch(search: WholeSearch, strategy: Strategy, scope: StepScope): Search {
  const image = jobImage(search, scope)
  const program = searchProgram(search, image, scope)
  return {
    objective: compileObjective(search, scope),
    ranges: compileRanges(search, strategy, program.isScriptMode, scope),
    job: {
      ...unlessEmpty('StaticHyperParameters', compileHyperparameters(search, program, scope)),
      AlgorithmSpecification: compileAlgorithm(search, image, program, scope),
      RoleArn: roleArn(search.role, scope),
      ...unlessEmpty('InputDataConfig', compileChannels(search, program, scope)),
      OutputDataConfig: {
        S3OutputPath: search.output ? compileText(search.output, scope) : modelsUri(search, scope),
      },
      HyperParameterTuningResourceConfig: jobResources(search, scope),
      ...compileConduct(search, scope),
      ...unlessEmpty('Environment', jobEnvironment(search, scope)),
    },
  }
}

/**
 * Among several definitions the path is part of the cache key, which an execution's own would never let match again. It
 * needs none: below it stands the name of each training job.
 */
function modelsUri({definitions}: Pick<TuningSpec, 'definitions'>, scope: StepScope): Json {
  const {target, pipelineName, stepName} = scope
  return definitions
    ? ['s3:/', target.bucket, pipelineName, stepName, 'model'].join('/')
    : freshOutputUri('model', scope)
}

/** The jobs of a search take no entrypoint, so that a script reaches them by script mode only. */
function searchProgram(search: SearchSpec, image: Json, scope: StepScope) {
  if (!search.code || knowsScriptMode(image)) return compileProgram(search, image, scope)
  const message = `the image of a tuning step starts its own program, and "${String(image)}" is not known to take a script`
  scope.findings.error('code-missing', search.code.range, message, {
    help: 'use an image with the SageMaker training toolkit, such as sklearn:1.2-1, or build the script into yours',
  })
  return scriptMode(search, scope)
}

function compileDefinitions(step: TuningSpec, strategy: Strategy, scope: StepScope): JsonObject[] {
  const definitions = searchesOf(step)
  checkCount(definitions.length, maximumDefinitions, 'definitions', step, scope)
  return definitions.map(({name, nameRange, search}) => {
    if (!longerNamePattern.test(name)) {
      scope.findings.error('invalid-name', nameRange, `"${name}" cannot name a training definition`, {
        help: 'letters, digits and - between them, 64 characters at most',
      })
    }
    const {job, objective, ranges} = compileSearch(search, strategy, scope)
    return {
      DefinitionName: name,
      ...unlessEmpty('TuningObjective', objective),
      HyperParameterRanges: ranges,
      ...job,
    }
  })
}

function wholeStep(step: TuningSpec): TuningSpec & SearchSpec {
  return {...step, owner: `step "${step.name}"`}
}

type NamedSearch = {
  readonly name: string
  readonly nameRange: Range
  readonly search: WholeSearch
}

/** Each definition with what the step says for all of them. */
function searchesOf(step: TuningSpec): NamedSearch[] {
  return (step.definitions ?? []).map(({name, nameRange, value}) => {
    const own = Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))
    const keyRanges = new Map([...step.keyRanges, ...value.keyRanges])
    const owner = `the definition "${name}"`
    return {name, nameRange, search: {...step, ...own, keyRanges, name: step.name, nameRange, owner}}
  })
}

function warmStartConfig({warmStart, nameRange}: TuningSpec, scope: StepScope): JsonObject {
  if (!warmStart?.type) return {}
  const parents = warmStart.parents ?? []
  if (parents.length === 0 || parents.length > maximumParents) {
    const message = `${parents.length} earlier tuning jobs; SageMaker takes 1 to ${maximumParents}`
    scope.findings.error('out-of-range', warmStart.range ?? nameRange, message)
  }
  return {
    WarmStartConfig: {
      WarmStartType: warmStart.type.value,
      ParentHyperParameterTuningJobs: parents.map((parent) => ({
        HyperParameterTuningJobName: compileText(parent, scope),
      })),
    },
  }
}

/** What fits together of strategy, ranges, early stopping and inputs. */
function checkSearch(step: TuningSpec, scope: StepScope): void {
  const {earlyStopping} = step
  // Hyperband stops jobs by itself. Source: HyperParameterTuningJobConfig, TrainingJobEarlyStoppingType.
  if (strategyOf(step) === 'Hyperband' && earlyStopping?.value === 'Auto') {
    scope.findings.error('exclusive-keys', earlyStopping.range, 'Hyperband stops jobs early by itself', {
      help: 'leave "earlyStopping" out',
    })
  }
  for (const {search} of step.definitions ? searchesOf(step) : [{search: wholeStep(step)}]) {
    const isWrong = search.ranges === undefined && search.keyRanges.has('ranges')
    if (!search.ranges?.length && !isWrong && !step.keyRanges.has('api')) {
      scope.findings.error('missing-key', search.nameRange, `${search.owner} searches nothing: it has no "ranges"`, {
        help: 'ranges: {eta: {min: 0.01, max: 0.3}, booster: [gbtree, dart]}',
      })
    }
    for (const {name, value} of search.inputs ?? []) {
      if (!value.fingerprint?.value) continue
      const message = `the data of "${name}" cannot have a fingerprint: the key of a tuning step has no place for it`
      scope.findings.error('unknown-fingerprint', value.fingerprint.range, message, {
        help: 'read the data in a processing step with fingerprint: true, and refer to its output',
      })
    }
  }
}

function definitionPlaces(step: TuningSpec, scope: PlaceScope): Place[] {
  return searchesOf(step).flatMap(({nameRange, search}, at): Place[] => {
    const base = `TrainingJobDefinitions[${at}]`
    return [
      [base, nameRange],
      [`${base}.TuningObjective`, search.keyRanges.get('objective')],
      ...rangePlaces(`${base}.HyperParameterRanges`, search),
      ...searchPlaces(base, {...step, ...search}, scope),
    ]
  })
}

/** Cache, retries and tags stand beside the training definition, everything else of the job in it. */
function searchPlaces(base: string, step: TuningSpec, scope: PlaceScope): Place[] {
  const own = jobPlaces(step, 'HyperParameterTuningResourceConfig', scope)
  const isBeside = (path: string) => /^(?:CacheConfig|RetryPolicies|Tags)/.test(path)
  return [
    ...own.map(([path, range]): Place => [isBeside(path) ? path : `${base}.${path}`, range]),
    ...trainingJobPlaces(`${base}.`, 'StaticHyperParameters', step, scope),
    [`${base}.OutputDataConfig`, step.output?.range],
  ]
}
