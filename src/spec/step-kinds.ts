// The step kinds a spec can name, each with its table of keys. Adding a kind: its file under steps/, and a line here.

import {conditionFields} from './steps/condition.ts'
import {failFields} from './steps/fail.ts'
import {modelFields} from './steps/model.ts'
import {processingFields} from './steps/processing.ts'
import {registerFields} from './steps/register.ts'
import {trainingFields} from './steps/training.ts'

export const stepKinds = {
  processing: processingFields,
  training: trainingFields,
  model: modelFields,
  register: registerFields,
  condition: conditionFields,
  fail: failFields,
} as const

export type StepKindName = keyof typeof stepKinds

export const stepKindNames = Object.keys(stepKinds) as StepKindName[]
