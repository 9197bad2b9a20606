// What SageMaker itself is asked for by each step type. Sources: Service Authorization Reference, "Actions, resources, and
// condition keys for Amazon SageMaker"; Developer Guide, "IAM access management" of Pipelines (create and describe of each
// job type) and "How to use SageMaker execution roles".

import type {StepDefinition} from '../definition/types.ts'
import type {Grant} from './grants.ts'
import {type Known, knownPattern, knownText} from './known-text.ts'
import {type AccountPlace, sageMakerArns} from './place.ts'

type Made = {
  readonly topic: string
  /** Resource type in the ARN. */
  readonly resource: string
  /** The member of the request that names it, or what its name begins with. */
  readonly nameMember: string
  readonly actions: readonly string[]
  /** What the pipeline service begins the name with, where the request has none. */
  readonly usualName: string
  /** CloudWatch log groups of what runs: `/aws/sagemaker/<group>`. */
  readonly logGroups?: readonly string[]
}

/** `pipelines-<execution id>-<step>-<random>`; names of 32 characters have no room for the word in front. */
const usualName = 'pipelines-*'
const shortName = '*'

const lifeOf = (thing: string) => [`Create${thing}`, `Describe${thing}`, `Stop${thing}`]

const processing: Made = {
  topic: 'ProcessingJobs',
  resource: 'processing-job',
  nameMember: 'ProcessingJobName',
  actions: lifeOf('ProcessingJob'),
  usualName,
  logGroups: ['ProcessingJobs'],
}

const made = new Map(
  Object.entries<Made>({
    Processing: processing,
    QualityCheck: processing,
    ClarifyCheck: processing,
    Training: {
      topic: 'TrainingJobs',
      resource: 'training-job',
      nameMember: 'TrainingJobName',
      actions: lifeOf('TrainingJob'),
      usualName,
      logGroups: ['TrainingJobs'],
    },
    Tuning: {
      topic: 'TuningJobs',
      resource: 'hyper-parameter-tuning-job',
      nameMember: 'HyperParameterTuningJobName',
      actions: [...lifeOf('HyperParameterTuningJob'), 'ListTrainingJobsForHyperParameterTuningJob'],
      usualName: shortName,
      logGroups: ['TrainingJobs'],
    },
    AutoML: {
      topic: 'AutoMLJobs',
      resource: 'automl-job',
      nameMember: 'AutoMLJobName',
      actions: [...lifeOf('AutoMLJob'), 'ListCandidatesForAutoMLJob'],
      usualName: shortName,
      logGroups: ['ProcessingJobs', 'TrainingJobs', 'TransformJobs'],
    },
    Transform: {
      topic: 'TransformJobs',
      resource: 'transform-job',
      nameMember: 'TransformJobName',
      actions: lifeOf('TransformJob'),
      usualName,
      logGroups: ['TransformJobs'],
    },
    Model: {
      topic: 'Models',
      resource: 'model',
      nameMember: 'ModelName',
      actions: ['CreateModel', 'DescribeModel'],
      usualName,
      logGroups: ['Endpoints', 'TransformJobs'],
    },
    EndpointConfig: {
      topic: 'EndpointConfigs',
      resource: 'endpoint-config',
      nameMember: 'EndpointConfigName',
      actions: ['CreateEndpointConfig', 'DescribeEndpointConfig'],
      usualName,
    },
    Endpoint: {
      topic: 'Endpoints',
      resource: 'endpoint',
      nameMember: 'EndpointName',
      actions: ['CreateEndpoint', 'UpdateEndpoint', 'DescribeEndpoint'],
      usualName,
      logGroups: ['Endpoints'],
    },
    InferenceComponent: {
      topic: 'InferenceComponents',
      resource: 'inference-component',
      nameMember: 'InferenceComponentName',
      actions: ['CreateInferenceComponent', 'DescribeInferenceComponent'],
      usualName,
      logGroups: ['InferenceComponents'],
    },
    Job: {
      topic: 'Jobs',
      resource: 'job',
      nameMember: 'JobName',
      actions: lifeOf('Job'),
      usualName: shortName,
      logGroups: ['Jobs'],
    },
  }),
)

/** Creating and following what the step makes, and tagging it: the service tags it with the execution. */
export function sageMakerGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const own = made.get(step.Type)
  if (!own) return []
  const {topic, actions, resource} = own
  const resources = sageMakerArns(place, resource, nameOf(step, own, known))
  return [{topic, actions: sageMaker(...actions, 'AddTags'), resources}]
}

/** What people look at afterwards: the description of everything that the step made. */
export function describingGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const own = made.get(step.Type)
  if (!own) return []
  const actions = own.actions.filter((action) => /^(Describe|List)/.test(action))
  return [
    {
      topic: 'SeeJobs',
      actions: sageMaker(...actions),
      resources: sageMakerArns(place, own.resource, nameOf(step, own, known)),
    },
  ]
}

/** The log groups that jobs of the step write to. */
export function logGroups(step: StepDefinition): readonly string[] {
  return made.get(step.Type)?.logGroups ?? []
}

export function sageMaker(...actions: readonly string[]): string[] {
  return actions.map((action) => `sagemaker:${action}`)
}

function nameOf(step: StepDefinition, {nameMember, usualName: usual}: Made, known: Known): string {
  const given = step.Arguments[nameMember]
  if (given === undefined || given === null) return usual
  const pattern = knownPattern(knownText(given, known))
  // What a request names a job is only the beginning of the name; an endpoint keeps its own.
  return step.Type === 'Endpoint' || pattern.endsWith('*') ? pattern : `${pattern}*`
}
