// The step kinds a spec can name, each with its table of keys. Adding a kind: its file under steps/, and a line here.

import {automlFields} from './steps/automl.ts'
import {bedrockFields} from './steps/bedrock.ts'
import {callbackFields} from './steps/callback.ts'
import {clarifyCheckFields} from './steps/clarify-check.ts'
import {conditionFields} from './steps/condition.ts'
import {deployFields} from './steps/deploy.ts'
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
import {notebookFields} from './steps/notebook.ts'
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
  notebook: notebookFields,
  'bedrock-custom-model': bedrockFields,
  'bedrock-custom-model-deployment': bedrockFields,
  'bedrock-model-import': bedrockFields,
  'bedrock-provisioned-throughput': bedrockFields,
  raw: rawFields,
} as const

export type StepKindName = keyof typeof stepKinds

export const stepKindNames = Object.keys(stepKinds) as StepKindName[]

/** Kinds that stand for several steps: they are taken apart when the spec is read. */
export const sugarKinds = {deploy: deployFields} as const

export type SugarKindName = keyof typeof sugarKinds

/** All that can stand behind `type:`. */
export const writtenKindNames: readonly (StepKindName | SugarKindName)[] = [
  ...stepKindNames,
  ...(Object.keys(sugarKinds) as SugarKindName[]),
]

/** What each kind is for, in one sentence: shown by `explain`, in editors and in the reference. */
export const stepKindDescriptions: Readonly<Record<StepKindName | SugarKindName, string>> = {
  processing: 'runs a script, or the program of a container, that reads inputs and writes outputs',
  training: 'turns channels of data into a model',
  tuning: 'searches for the best hyperparameters by training many times',
  automl: 'lets SageMaker Autopilot find a model for a table, a text or images',
  transform: 'gives every record of a data set to a model, in batch',
  model: 'makes a SageMaker model, which transform steps and endpoints use, out of a model artifact',
  register: 'adds a version to a model package group, for somebody to approve',
  condition: 'compares values and runs one of two branches of steps',
  fail: 'ends the execution as failed, with a message',
  lambda: 'calls a Lambda function and gives its outputs to other steps',
  callback: 'puts a token into an SQS queue and waits until somebody sends it back with outputs',
  'quality-check': 'compares the statistics of data, or the quality of a model, with a baseline',
  'clarify-check': 'compares bias, or the explanations of a model, with a baseline',
  emr: 'runs one step of work on an EMR cluster, a running one or one of its own',
  'emr-serverless': 'runs a job in an EMR Serverless application',
  'endpoint-config': 'makes the configuration of an endpoint: which models, on what machines',
  endpoint: 'makes an endpoint from an endpoint configuration, or moves an existing one to it',
  deploy: 'makes a model, an endpoint configuration and an endpoint: three steps in one',
  'inference-component': 'puts a model as a component onto an endpoint',
  lineage: 'notes artifacts, actions, contexts and what ties them together in the lineage graph',
  job: 'runs a job of one of the newer kinds that have no step type of their own',
  notebook: 'runs a Jupyter notebook as a job',
  'bedrock-custom-model': 'makes a custom model in Amazon Bedrock',
  'bedrock-custom-model-deployment': 'deploys a custom model of Amazon Bedrock',
  'bedrock-model-import': 'imports a model into Amazon Bedrock',
  'bedrock-provisioned-throughput': 'reserves throughput for a model of Amazon Bedrock',
  raw: "is a step of any type in SageMaker's own names, so that nothing is ever out of reach",
}
