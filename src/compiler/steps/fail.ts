// fail → Fail.

import type {FailSpec} from '../../spec/pipeline-spec.ts'
import type {StepCompiler} from '../context.ts'
import {compileText} from '../values/compile-value.ts'

export const failCompiler: StepCompiler<FailSpec> = {
  type: 'Fail',
  propertyNames: [],

  compile(step, scope) {
    return {Arguments: {ErrorMessage: step.message ? compileText(step.message, scope) : ''}}
  },

  property: () => 'unknown',

  places: (step) => [['ErrorMessage', step.message?.range]],
}
