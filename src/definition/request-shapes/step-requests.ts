// Which request a step's Arguments are, and what its properties show, by step type.
// Sources: Developer Guide, "Pipeline steps" (requests and what they drop) and "Pipeline step properties".

import type {Json, JsonObject} from '../json.ts'

type StepRequest = {
  /** The structure of the Arguments; undefined where nothing is known of it. */
  readonly request?: string
  /** A name that the service makes; it may be given as a prefix. */
  readonly madeName?: string
  /** The structures whose members are the step's properties; undefined where nothing is known of them. */
  readonly properties?: readonly string[]
}

const processing: StepRequest = {request: 'CreateProcessingJobRequest', madeName: 'ProcessingJobName'}

const stepRequests: Readonly<Record<string, StepRequest>> = {
  Processing: {...processing, properties: ['DescribeProcessingJobResponse']},
  Training: {
    request: 'CreateTrainingJobRequest',
    madeName: 'TrainingJobName',
    properties: ['DescribeTrainingJobResponse'],
  },
  Tuning: {
    request: 'CreateHyperParameterTuningJobRequest',
    madeName: 'HyperParameterTuningJobName',
    properties: ['DescribeHyperParameterTuningJobResponse', 'ListTrainingJobsForHyperParameterTuningJobResponse'],
  },
  AutoML: {
    request: 'CreateAutoMLJobRequest',
    madeName: 'AutoMLJobName',
    properties: ['DescribeAutoMLJobResponse', 'AutoMLBest'],
  },
  Transform: {
    request: 'CreateTransformJobRequest',
    madeName: 'TransformJobName',
    properties: ['DescribeTransformJobResponse'],
  },
  Model: {request: 'CreateModelInput', madeName: 'ModelName', properties: ['DescribeModelOutput']},
  RegisterModel: {
    request: 'CreateModelPackageInput',
    madeName: 'ModelPackageName',
    properties: ['DescribeModelPackageOutput'],
  },
  EndpointConfig: {
    request: 'CreateEndpointConfigInput',
    madeName: 'EndpointConfigName',
    properties: ['DescribeEndpointConfigOutput'],
  },
  Endpoint: {request: 'CreateEndpointInput', properties: ['DescribeEndpointOutput']},
  InferenceComponent: {
    request: 'CreateInferenceComponentInput',
    madeName: 'InferenceComponentName',
    properties: ['DescribeInferenceComponentOutput'],
  },
  QualityCheck: {...processing, properties: ['QualityCheckProperties']},
  ClarifyCheck: {...processing, properties: ['ClarifyCheckProperties']},
  EMR: {request: 'EMRArguments'},
  EMRServerless: {request: 'EMRServerlessArguments'},
  Lineage: {request: 'LineageArguments'},
  Job: {request: 'JobArguments'},
  Condition: {request: 'ConditionArguments', properties: ['ConditionOutcome']},
  Fail: {request: 'FailArguments', properties: []},
}

/** What is known of a step type: nothing, where it is new or its request is free. */
export function stepRequest(type: string): StepRequest {
  return Object.hasOwn(stepRequests, type) ? (stepRequests[type] ?? {}) : {}
}

const sides = ['LeftValue', 'RightValue']
const among = ['QueryValue', 'Values']
const operands = new Map<Json | undefined, readonly string[]>([
  ['Equals', sides],
  ['NotEquals', sides],
  ['GreaterThan', sides],
  ['GreaterThanOrEqualTo', sides],
  ['LessThan', sides],
  ['LessThanOrEqualTo', sides],
  ['In', among],
  ['NotIn', among],
  ['Not', ['Condition']],
  ['Or', ['Conditions']],
])

/**
 * What a condition needs beside its Type. Of In AWS's JSON schema has a form of its own, with Value and In, of which nothing is asked.
 * Source: SageMaker Python SDK, workflow/conditions.py; that Not takes a Condition and no Expression: aws/sagemaker-python-sdk #2746.
 */
export function conditionOperands(condition: JsonObject): readonly string[] {
  if (Object.hasOwn(condition, 'Value') || Object.hasOwn(condition, 'In')) return []
  return operands.get(condition.Type) ?? []
}
