// ClarifyCheck → clarify-check.

import type {Lift} from '../lift.ts'
import {inputUri, liftCheckJob, liftCheckType, liftComparison} from './check-parts.ts'
import {liftText, liftTextMap, objectIn} from './job-parts.ts'

export const liftClarifyCheck: Lift = (step, context) => ({
  ...liftCheckType(step),
  ...liftText('config', inputUri(step, 'analysis_config'), context),
  ...liftText('model', step.ModelName, context),
  ...liftCheckJob(step, 'dataset', context),
  ...liftTextMap('env', objectIn(objectIn(step, 'Arguments'), 'Environment'), context),
  ...liftComparison(step, context),
})
