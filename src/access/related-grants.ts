// What SageMaker is asked for besides the thing that a step makes: groups, baselines, shadow endpoints, lineage, experiments.

import {objectAt, textAt} from '../definition/json-members.ts'
import type {StepDefinition} from '../definition/types.ts'
import type {Grant} from './grants.ts'
import {isWhole, type Known, knownPattern, knownText} from './known-text.ts'
import {type AccountPlace, arn, sageMakerArns} from './place.ts'
import {sageMaker} from './sagemaker-grants.ts'
import {type AccessSubject, knownOf, membersOf} from './subject.ts'

export function relatedGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  switch (step.Type) {
    case 'RegisterModel':
      return registerGrants(step, known, place)
    case 'QualityCheck':
      return baselineGrants(step, known, place)
    case 'ClarifyCheck':
      return [...baselineGrants(step, known, place), ...shadowEndpointGrants(step, place)]
    case 'Endpoint':
      return withNamed(['CreateEndpoint', 'UpdateEndpoint'], 'Endpoints', 'endpoint-config', 'EndpointConfigName')
    case 'InferenceComponent':
      return withNamed(['CreateInferenceComponent'], 'InferenceComponents', 'endpoint', 'EndpointName')
    case 'Lineage':
      return lineageGrants(place)
    default:
      return []
  }

  /** The action is also asked of what the request names. */
  function withNamed(actions: string[], topic: string, type: string, member: string): Grant[] {
    const name = knownPattern(knownText(step.Arguments[member], known)) || '*'
    return [{topic, actions: sageMaker(...actions), resources: sageMakerArns(place, type, name)}]
  }
}

function registerGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const group = knownPattern(knownText(step.Arguments.ModelPackageGroupName, known)) || '*'
  return [
    {
      topic: 'RegisterModels',
      actions: sageMaker('CreateModelPackage', 'DescribeModelPackageGroup'),
      resources: sageMakerArns(place, 'model-package-group', group),
    },
    {
      topic: 'RegisterModels',
      actions: sageMaker('CreateModelPackage', 'DescribeModelPackage', 'AddTags'),
      resources: sageMakerArns(place, 'model-package', `${group}/*`),
    },
  ]
}

/** A check compares with the baseline of the newest approved model of a group. */
function baselineGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const group = knownText(membersOf(step).ModelPackageGroupName, known)
  return group === '' ? [] : readingModels(knownPattern(group), place)
}

/** ListModelPackages knows no resource. */
export function readingModels(group: string, place: AccountPlace): Grant[] {
  return [
    {
      topic: 'ReadModels',
      actions: sageMaker('DescribeModelPackageGroup'),
      resources: sageMakerArns(place, 'model-package-group', group),
    },
    {
      topic: 'ReadModels',
      actions: sageMaker('DescribeModelPackage'),
      resources: sageMakerArns(place, 'model-package', `${group}/*`),
    },
    {topic: 'ListModels', actions: sageMaker('ListModelPackages'), resources: ['*']},
  ]
}

/**
 * Bias and explanations of a model are found out by asking it, behind an endpoint that the job makes and takes away: its name
 * begins like this unless the analysis configuration says otherwise (Developer Guide, "Configure the analysis").
 */
function shadowEndpointGrants(step: StepDefinition, place: AccountPlace): Grant[] {
  const check = textAt(membersOf(step), 'CheckType')
  if (check !== 'MODEL_BIAS' && check !== 'MODEL_EXPLAINABILITY') return []
  const topic = 'ShadowEndpoint'
  const [endpoint, config] = ['endpoint', 'endpoint-config'].map((type) =>
    arn(place, 'sagemaker', `${type}/sm-clarify-*`),
  )
  const endpointActions = ['CreateEndpoint', 'DescribeEndpoint', 'InvokeEndpoint', 'DeleteEndpoint', 'AddTags']
  const configActions = ['CreateEndpointConfig', 'DescribeEndpointConfig', 'DeleteEndpointConfig', 'AddTags']
  return [
    {topic, actions: sageMaker(...endpointActions), resources: endpoint === undefined ? [] : [endpoint]},
    {topic, actions: sageMaker('CreateEndpoint', ...configActions), resources: config === undefined ? [] : [config]},
    {topic, actions: sageMaker('DescribeModel'), resources: [arn(place, 'sagemaker', 'model/*')]},
  ]
}

/** Artifacts have names of the service's making, and associations may join anything. */
function lineageGrants(place: AccountPlace): Grant[] {
  const kinds = ['Action', 'Artifact', 'Context']
  return kinds.map((kind) => ({
    topic: `Lineage${kind}s`,
    actions: sageMaker(`Create${kind}`, `Describe${kind}`, 'AddAssociation', 'AddTags'),
    resources: [arn(place, 'sagemaker', `${kind.toLowerCase()}/*`)],
  }))
}

/** Of the pipeline as a whole: runs are noted in an experiment, or in MLflow, where the definition says so. */
export function trackingGrants(subject: AccessSubject): Grant[] {
  const {PipelineExperimentConfig: experiment, MlflowConfig: mlflow} = subject.definition
  return [...(experiment ? experimentGrants(subject) : []), ...(mlflow ? mlflowGrants(subject) : [])]
}

function experimentGrants(subject: AccessSubject): Grant[] {
  const {PipelineExperimentConfig: config = null} = subject.definition
  const name = (member: string) =>
    knownPattern(knownText(objectAt({config}, 'config')[member], knownOf(subject))) || '*'
  return [
    {
      topic: 'Experiments',
      actions: sageMaker('CreateExperiment', 'DescribeExperiment', 'CreateTrial', 'AddTags'),
      resources: sageMakerArns(subject, 'experiment', name('ExperimentName')),
    },
    {
      topic: 'Trials',
      actions: sageMaker('CreateTrial', 'DescribeTrial', 'AssociateTrialComponent', 'AddTags'),
      resources: sageMakerArns(subject, 'experiment-trial', name('TrialName')),
    },
    {
      topic: 'TrialComponents',
      actions: sageMaker(
        'CreateTrialComponent',
        'UpdateTrialComponent',
        'DescribeTrialComponent',
        'AssociateTrialComponent',
        'AddTags',
      ),
      resources: [arn(subject, 'sagemaker', 'experiment-trial-component/*')],
    },
  ]
}

/** Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker with MLflow". */
const mlflowActions = [
  'CreateExperiment',
  'CreateRun',
  'GetExperiment',
  'GetExperimentByName',
  'GetRun',
  'LogBatch',
  'LogMetric',
  'LogParam',
  'SetTag',
  'UpdateRun',
]

function mlflowGrants(subject: AccessSubject): Grant[] {
  const {MlflowConfig: mlflow = null} = subject.definition
  const server = knownText(objectAt({mlflow}, 'mlflow').MlflowResourceArn, knownOf(subject))
  if (!isWhole(server)) return []
  return [{topic: 'Mlflow', actions: mlflowActions.map((action) => `sagemaker-mlflow:${action}`), resources: [server]}]
}
