// quality-check → QualityCheck: a processing job with SageMaker's monitoring image, which is told what to do by its
// environment. Source: Developer Guide, "Container contract inputs"; SageMaker Python SDK, quality_check_step.py.

import type {JsonObject} from '../../definition/json.ts'
import {spacedJson} from '../../definition/spaced-json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {DataFormatSpec} from '../../spec/steps/quality-check.ts'
import type {Value} from '../../spec/value.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileLocation} from '../local-content.ts'
import {
  checkBody,
  checkInput,
  checkPlaces,
  checkProperty,
  outputFolder,
  refuseKey,
  requireKey,
  suppliedBaseline,
} from '../parts/baseline-checks.ts'
import {processingInput} from '../parts/processing-input.ts'
import {compileText} from '../values/compile-value.ts'

type QualityCheckSpec = StepOf<'quality-check'>

const inputRoot = '/opt/ml/processing/input'
const dataset = 'baseline_dataset_input'

/** Source: SageMaker Python SDK, quality_check_step.py. */
const problems = ['Regression', 'BinaryClassification', 'MulticlassClassification']

export const qualityCheckCompiler: StepCompiler<QualityCheckSpec> = {
  type: 'QualityCheck',
  propertyNames: [
    'baseline.constraints',
    'baseline.statistics',
    'calculatedBaseline.constraints',
    'calculatedBaseline.statistics',
  ],

  compile(step, scope) {
    checkKeys(step, scope)
    const post = scriptInput('post_analytics_processor_script', step.postprocessor, scope)
    const pre = scriptInput('record_preprocessor_script', step.preprocessor, scope)
    const parts = {
      image: 'model-monitor',
      inputs: [checkInput(dataset, `${inputRoot}/${dataset}`, step.data, scope), ...post.inputs, ...pre.inputs],
      outputName: 'quality_check_output',
      environment: {
        output_path: outputFolder,
        publish_cloudwatch_metrics: 'Disabled',
        ...(step.format ? {dataset_format: datasetFormat(step.format)} : {}),
        ...pre.environment,
        ...post.environment,
        dataset_source: `${inputRoot}/${dataset}`,
        ...(step.check?.value === 'model-quality' ? modelQuality(step, scope) : {}),
      },
      members: {
        SuppliedBaselineStatistics: suppliedBaseline(step.baseline?.statistics, scope),
        SuppliedBaselineConstraints: suppliedBaseline(step.baseline?.constraints, scope),
      },
    }
    return checkBody(step, parts, scope)
  },

  property: (step, path, reference, scope) =>
    checkProperty(step, path, ['statistics', 'constraints'], {reference, scope}),

  places(step, scope) {
    const inputs = {
      [dataset]: step.data,
      record_preprocessor_script_input: step.preprocessor,
      post_analytics_processor_script_input: step.postprocessor,
    }
    return [
      ...checkPlaces(step, inputs, scope),
      ['SuppliedBaselineStatistics', step.baseline?.statistics?.range],
      ['Environment.dataset_format', step.format?.range],
      ['Environment.record_preprocessor_script', step.preprocessor?.range],
      ['Environment.post_analytics_processor_script', step.postprocessor?.range],
      ['Environment.problem_type', step.problem?.range],
      ['Environment.inference_attribute', step.attributes?.inference?.range],
      ['Environment.probability_attribute', step.attributes?.probability?.range],
      ['Environment.ground_truth_attribute', step.attributes?.groundTruth?.range],
      ['Environment.probability_threshold_attribute', step.attributes?.probabilityThreshold?.range],
    ]
  },
}

function checkKeys(step: QualityCheckSpec, scope: StepScope): void {
  if (step.check?.value === 'data-quality') {
    refuseKey('problem', 'model-quality', step, scope)
    refuseKey('attributes', 'model-quality', step, scope)
  }
  if (step.check?.value !== 'model-quality') return
  refuseKey('preprocessor', 'data-quality', step, scope)
  requireKey('problem', `a model-quality check needs problem: one of ${problems.join(', ')}`, step, scope)
  const {problem} = step
  if (problem?.kind !== 'literal' || problems.includes(problem.text)) return
  scope.findings.error('not-in-enum', problem.range, `"${problem.text}" is not one of ${problems.join(', ')}`)
}

function datasetFormat(format: DataFormatSpec): string {
  return spacedJson(formatObject(format))
}

/** Source: SageMaker Python SDK, model_monitor/dataset_format.py; Developer Guide, "Container contract inputs" (Parquet). */
function formatObject({type, header, outputColumns, lines}: DataFormatSpec): JsonObject {
  switch (type?.value) {
    case 'csv':
      return {
        csv: {header: header?.value ?? true, output_columns_position: outputColumns?.value ?? 'START'},
      }
    case 'json':
      return {json: {lines: lines?.value ?? true}}
    case 'parquet':
      return {parquet: {}}
    case 'capture':
      return {sagemakerCaptureJson: {}}
    case undefined:
      return {}
  }
}

/** A script lies in a folder of its own, under the name it has. */
function scriptInput(
  name: string,
  value: Value | undefined,
  scope: StepScope,
): {readonly inputs: JsonObject[]; readonly environment: JsonObject} {
  if (!value) return {inputs: [], environment: {}}
  const location = compileLocation(value, 'code', scope)
  if (typeof location !== 'string') {
    scope.findings.error('reference-not-allowed', value.range, 'the name of the script must be known before the run')
    return {inputs: [], environment: {}}
  }
  const folder = `${inputRoot}/${name}_input`
  return {
    inputs: [processingInput(`${name}_input`, location, folder)],
    environment: {[name]: `${folder}/${location.slice(location.lastIndexOf('/') + 1)}`},
  }
}

function modelQuality({problem, attributes}: QualityCheckSpec, scope: StepScope): JsonObject {
  const variables: readonly (readonly [string, Value | undefined])[] = [
    ['problem_type', problem],
    ['inference_attribute', attributes?.inference],
    ['probability_attribute', attributes?.probability],
    ['ground_truth_attribute', attributes?.groundTruth],
    ['probability_threshold_attribute', attributes?.probabilityThreshold],
  ]
  const given = variables.flatMap(([name, value]) => (value ? [[name, compileText(value, scope)] as const] : []))
  return {analysis_type: 'MODEL_QUALITY', ...Object.fromEntries(given)}
}
