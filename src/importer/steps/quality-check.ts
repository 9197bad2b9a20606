// QualityCheck → quality-check.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Lift, SpecMap, SpecValue} from '../lift.ts'
import {inputUri, liftCheckJob, liftCheckType, liftComparison} from './check-parts.ts'
import {liftText, liftTextMap} from './job-parts.ts'

/** Variables that the compiler makes out of keys of the step. */
const ownVariables: ReadonlySet<string> = new Set([
  'output_path',
  'publish_cloudwatch_metrics',
  'dataset_format',
  'dataset_source',
  'record_preprocessor_script',
  'post_analytics_processor_script',
  'analysis_type',
  'problem_type',
  'inference_attribute',
  'probability_attribute',
  'ground_truth_attribute',
  'probability_threshold_attribute',
])

export const liftQualityCheck: Lift = (step, context) => {
  const environment = objectAt(objectAt(step, 'Arguments'), 'Environment')
  const attributes = {
    ...liftText('inference', environment.inference_attribute, context),
    ...liftText('probability', environment.probability_attribute, context),
    ...liftText('groundTruth', environment.ground_truth_attribute, context),
    ...liftText('probabilityThreshold', environment.probability_threshold_attribute, context),
  }
  const {data, ...job} = liftCheckJob(step, 'baseline_dataset_input', context)
  return {
    ...liftCheckType(step),
    ...(data === undefined ? {} : {data}),
    ...liftFormat(environment.dataset_format),
    ...liftText('problem', environment.problem_type, context),
    ...(Object.keys(attributes).length > 0 ? {attributes} : {}),
    ...liftText('preprocessor', inputUri(step, 'record_preprocessor_script_input'), context),
    ...liftText('postprocessor', inputUri(step, 'post_analytics_processor_script_input'), context),
    ...job,
    ...liftTextMap('env', userVariables(environment), context),
    ...liftComparison(step, context),
  }
}

function userVariables(environment: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ownVariables.has(name)))
}

function liftFormat(json: Json | undefined): SpecMap {
  const format = typeof json === 'string' ? parseObject(json) : {}
  const [name, extra] = Object.keys(format)
  if (name === undefined || extra !== undefined) return {}
  const {header, output_columns_position: outputColumns, lines} = objectAt(format, name)
  const type = name === 'sagemakerCaptureJson' ? 'capture' : name
  const more: SpecMap = {
    ...(header === false ? {header} : {}),
    ...(typeof outputColumns === 'string' && outputColumns !== 'START' ? {outputColumns} : {}),
    ...(lines === false ? {lines} : {}),
  }
  const written: SpecValue = Object.keys(more).length > 0 ? {type, ...more} : type
  return {format: written}
}

function parseObject(text: string): JsonObject {
  try {
    const json: unknown = JSON.parse(text)
    return isJsonObject(json) ? json : {}
  } catch {
    return {}
  }
}
