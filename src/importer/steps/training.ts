// Training → training.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap} from '../lift.ts'
import {liftInstance, liftTags, liftText, liftTexts} from './job-parts.ts'
import {isEmptyList, liftHyperparameters, liftTrainingJob, programOf, requestOf} from './training-parts.ts'

export const liftTraining: Lift = (step, context) => {
  const request = requestOf(step)
  const hyperparameters = objectAt(request, 'HyperParameters')
  const {code, isScriptMode, channels} = programOf(request, hyperparameters)
  const algorithm = objectAt(request, 'AlgorithmSpecification')
  const isMounted = code.code !== undefined && !isScriptMode
  return {
    ...liftText('image', algorithm.TrainingImage, context),
    ...liftInstance(objectAt(request, 'ResourceConfig'), context),
    ...code,
    ...liftTexts('command', isMounted ? undefined : algorithm.ContainerEntrypoint, context),
    ...liftTexts('args', algorithm.ContainerArguments, context),
    ...liftHyperparameters(hyperparameters, isScriptMode, context),
    ...liftTrainingJob(request, channels, context),
    ...liftText('output', objectAt(request, 'OutputDataConfig').S3OutputPath, context),
    ...liftDebugger(request, context),
    ...liftTags(request.Tags, context),
  }
}

/** `debugger:` and `profiler:`, as the SageMaker SDK writes what they stand for. */
function liftDebugger(request: JsonObject, context: LiftContext): SpecMap {
  const hook = objectAt(request, 'DebugHookConfig')
  const profiler = objectAt(request, 'ProfilerConfig')
  return {
    ...(isEmptyList(hook.CollectionConfigurations) ? liftText('debugger', hook.S3OutputPath, context) : {}),
    ...(profiler.DisableProfiler === true && profiler.S3OutputPath === undefined ? {profiler: false} : {}),
    ...(profiler.DisableProfiler === false ? liftText('profiler', profiler.S3OutputPath, context) : {}),
  }
}
