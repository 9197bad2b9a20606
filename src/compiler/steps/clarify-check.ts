// clarify-check → ClarifyCheck: a processing job with SageMaker Clarify's image, which reads what to do from a file.
// Source: SageMaker Python SDK, clarify_check_step.py.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {isUri} from '../local-content.ts'
import {
  checkBody,
  checkInput,
  checkPlaces,
  checkProperty,
  refuseKey,
  requireKey,
  suppliedBaseline,
} from '../parts/baseline-checks.ts'
import {compileText, staticText} from '../values/compile-value.ts'

type ClarifyCheckSpec = StepOf<'clarify-check'>

/** The name that Clarify looks for. Source: Developer Guide, "Configure an analysis" (SageMaker Clarify). */
const configName = 'analysis_config.json'

export const clarifyCheckCompiler: StepCompiler<ClarifyCheckSpec> = {
  type: 'ClarifyCheck',
  propertyNames: ['baseline.constraints', 'calculatedBaseline.constraints'],

  compile(step, scope) {
    checkConfigName(step, scope)
    const ofModel = step.check !== undefined && step.check.value !== 'data-bias'
    if (ofModel) requireKey('model', 'model: the name of the model, such as ${steps.create.name}', step, scope)
    else refuseKey('model', 'model-bias or model-explainability', step, scope)
    const parts = {
      image: 'clarify:1.0',
      inputs: [
        checkInput('analysis_config', '/opt/ml/processing/input/config', step.config, scope),
        checkInput('dataset', '/opt/ml/processing/input/data', step.data, scope),
      ],
      outputName: 'analysis_result',
      environment: {},
      members: {
        SuppliedBaselineConstraints: suppliedBaseline(step.baseline?.constraints, scope),
        ...(ofModel && step.model ? {ModelName: compileText(step.model, scope)} : {}),
      },
    }
    return checkBody(step, parts, scope)
  },

  property: (step, path, reference, scope) => checkProperty(step, path, ['constraints'], {reference, scope}),

  places: (step, scope) => [
    ...checkPlaces(step, {analysis_config: step.config, dataset: step.data}, scope),
    ['ModelName', step.model?.range],
  ],
}

function checkConfigName({config}: ClarifyCheckSpec, scope: StepScope): void {
  const path = staticText(config, scope)
  if (!config || path === undefined || isUri(path)) return
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === configName) return
  const message = `Clarify reads ${configName}, and "${path}" keeps its own name in the container`
  scope.findings.error('invalid-name', config.range, message, {help: `name the file ${configName}`})
}
