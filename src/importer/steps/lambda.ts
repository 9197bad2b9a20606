// Lambda → lambda.

import type {Lift} from '../lift.ts'
import {liftText} from './job-parts.ts'
import {liftFreeInputs, liftOutputParameters} from './output-parameters.ts'

export const liftLambda: Lift = (step, context) => ({
  ...liftText('function', step.FunctionArn, context),
  ...liftFreeInputs(step, context),
  ...liftOutputParameters(step),
})
