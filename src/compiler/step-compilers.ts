// The compiler of each step kind. Adding a kind: its file under steps/, and a line here.

import type {StepSpec} from '../spec/pipeline-spec.ts'
import type {StepKindName} from '../spec/step-kinds.ts'
import type {StepCompiler} from './context.ts'
import {automlCompiler} from './steps/automl.ts'
import {callbackCompiler} from './steps/callback.ts'
import {clarifyCheckCompiler} from './steps/clarify-check.ts'
import {conditionCompiler} from './steps/condition.ts'
import {emrCompiler} from './steps/emr.ts'
import {emrServerlessCompiler} from './steps/emr-serverless.ts'
import {endpointCompiler} from './steps/endpoint.ts'
import {endpointConfigCompiler} from './steps/endpoint-config.ts'
import {failCompiler} from './steps/fail.ts'
import {inferenceComponentCompiler} from './steps/inference-component.ts'
import {jobCompiler} from './steps/job.ts'
import {lambdaCompiler} from './steps/lambda.ts'
import {lineageCompiler} from './steps/lineage.ts'
import {modelCompiler} from './steps/model.ts'
import {notebookCompiler} from './steps/notebook.ts'
import {processingCompiler} from './steps/processing.ts'
import {qualityCheckCompiler} from './steps/quality-check.ts'
import {rawCompiler} from './steps/raw.ts'
import {registerCompiler} from './steps/register.ts'
import {requestOnly} from './steps/request-only.ts'
import {trainingCompiler} from './steps/training.ts'
import {transformCompiler} from './steps/transform.ts'
import {tuningCompiler} from './steps/tuning.ts'

export const stepCompilers: Readonly<Record<StepKindName, StepCompiler<StepSpec>>> = {
  processing: processingCompiler,
  training: trainingCompiler,
  tuning: tuningCompiler,
  automl: automlCompiler,
  transform: transformCompiler,
  model: modelCompiler,
  register: registerCompiler,
  condition: conditionCompiler,
  fail: failCompiler,
  lambda: lambdaCompiler,
  callback: callbackCompiler,
  'quality-check': qualityCheckCompiler,
  'clarify-check': clarifyCheckCompiler,
  emr: emrCompiler,
  'emr-serverless': emrServerlessCompiler,
  'endpoint-config': endpointConfigCompiler,
  endpoint: endpointCompiler,
  'inference-component': inferenceComponentCompiler,
  lineage: lineageCompiler,
  job: jobCompiler,
  notebook: notebookCompiler,
  'bedrock-custom-model': requestOnly('BedrockCustomModel'),
  'bedrock-custom-model-deployment': requestOnly('BedrockCustomModelDeployment'),
  'bedrock-model-import': requestOnly('BedrockModelImport'),
  'bedrock-provisioned-throughput': requestOnly('BedrockProvisionedModelThroughput'),
  raw: rawCompiler,
}
