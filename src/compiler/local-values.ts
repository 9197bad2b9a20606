// Values besides `code:` and `inputs:` that may name a local file or folder, by step kind.

import type {StepSpec} from '../spec/pipeline-spec.ts'
import type {Value} from '../spec/value.ts'

type LocalValue = {readonly value: Value | undefined; readonly use: 'code' | 'data'}

export function otherLocalValues(step: StepSpec): LocalValue[] {
  switch (step.kind) {
    case 'model':
    case 'register':
      return [step, ...(step.containers ?? [])].map(({model}) => ({value: model, use: 'data'}))
    case 'quality-check':
      return [
        {value: step.data, use: 'data'},
        {value: step.preprocessor, use: 'code'},
        {value: step.postprocessor, use: 'code'},
        {value: step.baseline?.statistics, use: 'data'},
        {value: step.baseline?.constraints, use: 'data'},
      ]
    case 'clarify-check':
      return [
        {value: step.data, use: 'data'},
        {value: step.config, use: 'data'},
        {value: step.baseline?.constraints, use: 'data'},
      ]
    case 'emr-serverless':
      return [{value: step.script, use: 'code'}]
    case 'notebook':
      return [step.notebook, step.init, ...(step.files ?? [])].map((value) => ({value, use: 'code'}))
    default:
      return []
  }
}
