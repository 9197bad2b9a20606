// Which step kind writes which of SageMaker's step types.

import {type StepKindName, stepKinds} from '../spec/step-kinds.ts'

const kindOfType: Readonly<Record<string, StepKindName>> = {
  Processing: 'processing',
  Training: 'training',
  Tuning: 'tuning',
  AutoML: 'automl',
  Transform: 'transform',
  Model: 'model',
  RegisterModel: 'register',
  Condition: 'condition',
  Fail: 'fail',
  Lambda: 'lambda',
  Callback: 'callback',
  QualityCheck: 'quality-check',
  ClarifyCheck: 'clarify-check',
  EMR: 'emr',
  EMRServerless: 'emr-serverless',
  EndpointConfig: 'endpoint-config',
  Endpoint: 'endpoint',
  InferenceComponent: 'inference-component',
  Lineage: 'lineage',
  Job: 'job',
  BedrockCustomModel: 'bedrock-custom-model',
  BedrockCustomModelDeployment: 'bedrock-custom-model-deployment',
  BedrockModelImport: 'bedrock-model-import',
  BedrockProvisionedModelThroughput: 'bedrock-provisioned-throughput',
}

/** `raw` for a type that no kind knows. */
export function kindOf(type: string): StepKindName {
  return Object.hasOwn(kindOfType, type) ? (kindOfType[type] ?? 'raw') : 'raw'
}

/** Whether steps of the kind may have the key. */
export function hasKey(kind: StepKindName, key: string): boolean {
  return Object.hasOwn(stepKinds[kind], key)
}
