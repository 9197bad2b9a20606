// ClarifyCheck → clarify-check.

import {objectAt} from '../../definition/json-members.ts'
import type {Lift} from '../lift.ts'
import {inputUri, liftCheckJob, liftCheckType, liftComparison} from './check-parts.ts'
import {liftText, liftTextMap} from './job-parts.ts'

export const liftClarifyCheck: Lift = (step, context) => ({
  ...liftCheckType(step),
  ...liftText('config', inputUri(step, 'analysis_config'), context),
  ...liftText('model', step.ModelName, context),
  ...liftCheckJob(step, 'dataset', context),
  ...liftTextMap('env', objectAt(objectAt(step, 'Arguments'), 'Environment'), context),
  ...liftComparison(step, context),
})
