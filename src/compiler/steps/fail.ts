// fail → Fail.

import type {FailSpec} from '../../spec/pipeline-spec.ts'
import {compileText} from '../compile-value.ts'
import type {StepCompiler} from '../context.ts'

export const failCompiler: StepCompiler<FailSpec> = {
  type: 'Fail',
  propertyNames: [],

  compile(step, scope) {
    return {Arguments: {ErrorMessage: step.message ? compileText(step.message, scope) : ''}}
  },

  property: () => 'unknown',

  places: (step) => [['ErrorMessage', step.message?.range]],
}
