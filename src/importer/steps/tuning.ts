// Tuning → tuning.

import type {Json, JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {
  liftEach,
  liftInstance,
  liftNested,
  liftNumber,
  liftTags,
  liftText,
  liftTexts,
  liftTimeout,
  liftWord,
} from './job-parts.ts'
import {liftHyperparameter, liftHyperparameters, liftTrainingJob, programOf, requestOf} from './training-parts.ts'

export const liftTuning: Lift = (step, context) => {
  const request = requestOf(step)
  const config = objectAt(request, 'HyperParameterTuningJobConfig')
  const definitions = objectsAt(request, 'TrainingJobDefinitions')
  const job = objectAt(request, 'TrainingJobDefinition')
  const [first = job] = definitions
  const isSingle = definitions.length === 0
  return {
    ...(config.Strategy === 'Bayesian' ? {} : liftWord('strategy', config.Strategy)),
    ...(isSingle ? liftObjective(config.HyperParameterTuningJobObjective, context) : {}),
    ...(isSingle ? liftSearch(job, objectAt(config, 'ParameterRanges'), context) : {}),
    ...liftEach('definitions', definitions, 'DefinitionName', (definition) => liftDefinition(definition, context)),
    ...liftLimits(objectAt(config, 'ResourceLimits'), context),
    ...liftStopping(config.TrainingJobEarlyStoppingType),
    ...liftNumber('seed', config.RandomSeed, context),
    ...liftText('output', objectAt(first, 'OutputDataConfig').S3OutputPath, context),
    ...liftWarmStart(objectAt(request, 'WarmStartConfig'), context),
    ...liftTags(request.Tags, context),
  }
}

/** A training job and its ranges. */
function liftSearch(job: JsonObject, ranges: JsonObject, context: LiftContext): SpecMap {
  const hyperparameters = objectAt(job, 'StaticHyperParameters')
  const {code, isScriptMode, channels} = programOf(job, hyperparameters)
  return {
    ...liftRanges(ranges, isScriptMode, context),
    ...liftText('image', objectAt(job, 'AlgorithmSpecification').TrainingImage, context),
    ...liftInstance(objectAt(job, 'HyperParameterTuningResourceConfig'), context),
    ...code,
    ...liftHyperparameters(hyperparameters, isScriptMode, context),
    ...liftTrainingJob(job, channels, context),
  }
}

function liftDefinition(definition: JsonObject, context: LiftContext): SpecMap {
  return {
    ...liftObjective(definition.TuningObjective, context),
    ...liftSearch(definition, objectAt(definition, 'HyperParameterRanges'), context),
  }
}

function liftObjective(json: Json | undefined, context: LiftContext): SpecMap {
  const {MetricName: metric, Type: goal} = objectAt({json: json ?? null}, 'json')
  if (metric === undefined || typeof goal !== 'string') return {}
  return {objective: {metric: context.text(metric), goal: goal.toLowerCase()}}
}

function liftRanges(ranges: JsonObject, isScriptMode: boolean, context: LiftContext): SpecMap {
  const bounds = [...objectsAt(ranges, 'IntegerParameterRanges'), ...objectsAt(ranges, 'ContinuousParameterRanges')]
  const whole = new Set(objectsAt(ranges, 'IntegerParameterRanges'))
  const lifted = {
    ...(liftEach('ranges', bounds, 'Name', (range) => liftBounds(range, whole.has(range), context)).ranges as SpecMap),
    ...(liftEach('ranges', objectsAt(ranges, 'CategoricalParameterRanges'), 'Name', ({Values: values}) =>
      Array.isArray(values) ? values.map((value) => liftHyperparameter(value, isScriptMode, context)) : undefined,
    ).ranges as SpecMap),
  }
  return liftNested('ranges', lifted)
}

/** With `type` where the bounds do not tell. */
function liftBounds(range: JsonObject, isInteger: boolean, context: LiftContext): SpecValue | undefined {
  const {MinValue: min, MaxValue: max, ScalingType: scale} = range
  if (min === undefined || max === undefined) return undefined
  const areWhole = [min, max].every((bound) => typeof bound === 'string' && /^-?\d+$/.test(bound))
  const areKnown = typeof min === 'string' && typeof max === 'string'
  return {
    min: context.text(min),
    max: context.text(max),
    ...liftWord('scale', scale),
    ...(areKnown && areWhole === isInteger ? {} : {type: isInteger ? 'Integer' : 'Continuous'}),
  }
}

function liftLimits(limits: JsonObject, context: LiftContext): SpecMap {
  const {MaxNumberOfTrainingJobs: max, MaxParallelTrainingJobs: parallel} = limits
  const {timeout} = liftTimeout(limits.MaxRuntimeInSeconds)
  return {
    ...liftNested('jobs', {
      ...liftNumber('max', max, context),
      ...(parallel === 1 ? {} : liftNumber('parallel', parallel, context)),
    }),
    ...(timeout === undefined ? {} : {budget: timeout}),
  }
}

function liftStopping(type: Json | undefined): SpecMap {
  return type === 'Auto' || type === 'Off' ? {earlyStopping: type === 'Auto'} : {}
}

function liftWarmStart(config: JsonObject, context: LiftContext): SpecMap {
  const parents = objectsAt(config, 'ParentHyperParameterTuningJobs')
  const names = parents.map(({HyperParameterTuningJobName: name = null}) => name)
  const type = liftWord('type', config.WarmStartType)
  return type.type === undefined ? {} : {warmStart: {...type, ...liftTexts('parents', names, context)}}
}
