// The compiler of each step kind. Adding a kind: its file under steps/, and a line here.

import type {StepSpec} from '../spec/pipeline-spec.ts'
import type {StepKindName} from '../spec/step-kinds.ts'
import type {StepCompiler} from './context.ts'
import {conditionCompiler} from './steps/condition.ts'
import {failCompiler} from './steps/fail.ts'
import {modelCompiler} from './steps/model.ts'
import {processingCompiler} from './steps/processing.ts'
import {registerCompiler} from './steps/register.ts'
import {trainingCompiler} from './steps/training.ts'

export const stepCompilers: Readonly<Record<StepKindName, StepCompiler<StepSpec>>> = {
  processing: processingCompiler,
  training: trainingCompiler,
  model: modelCompiler,
  register: registerCompiler,
  condition: conditionCompiler,
  fail: failCompiler,
}
