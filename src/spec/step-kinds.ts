// The step kinds a spec can name, each with its table of keys. Adding a kind: its file under steps/, and a line here.

import {automlFields} from './steps/automl.ts'
import {bedrockFields} from './steps/bedrock.ts'
import {callbackFields} from './steps/callback.ts'
import {clarifyCheckFields} from './steps/clarify-check.ts'
import {conditionFields} from './steps/condition.ts'
import {emrFields} from './steps/emr.ts'
import {emrServerlessFields} from './steps/emr-serverless.ts'
import {endpointFields} from './steps/endpoint.ts'
import {endpointConfigFields} from './steps/endpoint-config.ts'
import {failFields} from './steps/fail.ts'
import {inferenceComponentFields} from './steps/inference-component.ts'
import {jobFields} from './steps/job.ts'
import {lambdaFields} from './steps/lambda.ts'
import {lineageFields} from './steps/lineage.ts'
import {modelFields} from './steps/model.ts'
import {processingFields} from './steps/processing.ts'
import {qualityCheckFields} from './steps/quality-check.ts'
import {rawFields} from './steps/raw.ts'
import {registerFields} from './steps/register.ts'
import {trainingFields} from './steps/training.ts'
import {transformFields} from './steps/transform.ts'
import {tuningFields} from './steps/tuning.ts'

export const stepKinds = {
  processing: processingFields,
  training: trainingFields,
  tuning: tuningFields,
  automl: automlFields,
  transform: transformFields,
  model: modelFields,
  register: registerFields,
  condition: conditionFields,
  fail: failFields,
  lambda: lambdaFields,
  callback: callbackFields,
  'quality-check': qualityCheckFields,
  'clarify-check': clarifyCheckFields,
  emr: emrFields,
  'emr-serverless': emrServerlessFields,
  'endpoint-config': endpointConfigFields,
  endpoint: endpointFields,
  'inference-component': inferenceComponentFields,
  lineage: lineageFields,
  job: jobFields,
  'bedrock-custom-model': bedrockFields,
  'bedrock-custom-model-deployment': bedrockFields,
  'bedrock-model-import': bedrockFields,
  'bedrock-provisioned-throughput': bedrockFields,
  raw: rawFields,
} as const

export type StepKindName = keyof typeof stepKinds

export const stepKindNames = Object.keys(stepKinds) as StepKindName[]
