// The lift of each step kind. A kind without one is still imported to the digit, in SageMaker's own names.

import type {StepKindName} from '../spec/step-kinds.ts'
import type {Lift} from './lift.ts'
import {liftAutoml} from './steps/automl.ts'
import {liftCallback} from './steps/callback.ts'
import {liftClarifyCheck} from './steps/clarify-check.ts'
import {liftCondition} from './steps/condition.ts'
import {liftEmr} from './steps/emr.ts'
import {liftEmrServerless} from './steps/emr-serverless.ts'
import {liftEndpoint, liftInferenceComponent} from './steps/endpoint.ts'
import {liftEndpointConfig} from './steps/endpoint-config.ts'
import {liftFail} from './steps/fail.ts'
import {liftJob} from './steps/job.ts'
import {liftLambda} from './steps/lambda.ts'
import {liftLineage} from './steps/lineage.ts'
import {liftModel} from './steps/model.ts'
import {liftProcessing} from './steps/processing.ts'
import {liftQualityCheck} from './steps/quality-check.ts'
import {liftRegister} from './steps/register.ts'
import {liftTraining} from './steps/training.ts'
import {liftTransform} from './steps/transform.ts'
import {liftTuning} from './steps/tuning.ts'

export const lifts: Partial<Record<StepKindName, Lift>> = {
  processing: liftProcessing,
  tuning: liftTuning,
  transform: liftTransform,
  training: liftTraining,
  register: liftRegister,
  model: liftModel,
  automl: liftAutoml,
  fail: liftFail,
  callback: liftCallback,
  'clarify-check': liftClarifyCheck,
  condition: liftCondition,
  emr: liftEmr,
  'emr-serverless': liftEmrServerless,
  endpoint: liftEndpoint,
  'endpoint-config': liftEndpointConfig,
  'inference-component': liftInferenceComponent,
  job: liftJob,
  lambda: liftLambda,
  lineage: liftLineage,
  'quality-check': liftQualityCheck,
}
