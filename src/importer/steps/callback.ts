// Callback → callback.

import type {Lift} from '../lift.ts'
import {liftText} from './job-parts.ts'
import {liftFreeInputs, liftOutputParameters} from './output-parameters.ts'

export const liftCallback: Lift = (step, context) => ({
  ...liftText('queue', step.SqsQueueUrl, context),
  ...liftFreeInputs(step, context),
  ...liftOutputParameters(step),
})
