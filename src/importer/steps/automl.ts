// AutoML → automl.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {
  liftNested,
  liftNetwork,
  liftNumber,
  liftTags,
  liftText,
  liftTexts,
  liftTimeout,
  liftWord,
  shortForm,
} from './job-parts.ts'
import {requestOf} from './training-parts.ts'

export const liftAutoml: Lift = (step, context) => {
  const request = requestOf(step)
  const config = objectAt(request, 'AutoMLJobConfig')
  const inputs = objectsAt(request, 'InputDataConfig')
  const [algorithms] = objectsAt(objectAt(config, 'CandidateGenerationConfig'), 'AlgorithmsConfig')
  return {
    ...liftInputs(inputs, context),
    ...liftText('target', inputs[0]?.TargetAttributeName, context),
    ...liftWord('problem', request.ProblemType),
    ...liftText('objective', objectAt(request, 'AutoMLJobObjective').MetricName, context),
    ...liftTexts('algorithms', algorithms?.AutoMLAlgorithms, context),
    ...liftFraction(objectAt(config, 'DataSplitConfig')),
    ...liftLimits(objectAt(config, 'CompletionCriteria'), context),
    ...liftText('output', objectAt(request, 'OutputDataConfig').S3OutputPath, context),
    ...liftText('role', request.RoleArn, context),
    ...liftNetwork(objectAt(config, 'SecurityConfig'), context),
    ...liftTags(request.Tags, context),
  }
}

function liftInputs(inputs: readonly JsonObject[], context: LiftContext): SpecMap {
  const lifted = new Map<string, SpecValue>()
  for (const input of inputs) {
    const type = typeof input.ChannelType === 'string' ? input.ChannelType : 'training'
    const from = objectAt(objectAt(input, 'DataSource'), 'S3DataSource').S3Uri
    if (lifted.has(type) || from === undefined) return {}
    const channel = {
      ...liftText('from', from, context),
      ...liftText('contentType', input.ContentType, context),
      ...liftWord('compression', input.CompressionType),
      ...liftText('weight', input.SampleWeightAttributeName, context),
    }
    lifted.set(type, shortForm(channel, 'from'))
  }
  return liftNested('inputs', Object.fromEntries(lifted))
}

function liftFraction({ValidationFraction: fraction}: JsonObject): SpecMap {
  const isNumber = fraction !== undefined && fraction !== null && typeof fraction !== 'string'
  return isNumber && !Array.isArray(fraction) ? {validationFraction: fraction as SpecValue} : {}
}

function liftLimits(criteria: JsonObject, context: LiftContext): SpecMap {
  const runtime = liftTimeout(criteria.MaxAutoMLJobRuntimeInSeconds).timeout
  const perJob = liftTimeout(criteria.MaxRuntimePerTrainingJobInSeconds).timeout
  return liftNested('limits', {
    ...liftNumber('candidates', criteria.MaxCandidates, context),
    ...(runtime === undefined ? {} : {runtime}),
    ...(perJob === undefined ? {} : {perJob}),
  })
}
