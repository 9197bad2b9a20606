// What other services are asked for: functions, queues, clusters, Bedrock. Sources: Developer Guide, "AWS Managed Policies for
// SageMaker Pipelines" (AmazonSageMakerPipelinesIntegrations: EMR and its two rules) and "Pipeline steps"; Service
// Authorization Reference of Amazon EMR Serverless and of Amazon Bedrock.

import type {StepDefinition} from '../definition/types.ts'
import type {Grant} from './grants.ts'
import {isWhole, type Known, knownPattern, knownText} from './known-text.ts'
import {type AccountPlace, arn} from './place.ts'

export function serviceGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  switch (step.Type) {
    case 'Lambda':
      return lambdaGrants(step, known, place)
    case 'Callback':
      return queueGrants(step, known, place)
    case 'EMR':
      return emrGrants(step, known, place)
    case 'EMRServerless':
      return emrServerlessGrants(step, known, place)
    default:
      return bedrockGrants(step, place)
  }
}

function lambdaGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const name = knownText(step.FunctionArn, known)
  if (!isWhole(name)) return []
  const resource = name.startsWith('arn:') ? name : arn(place, 'lambda', `function:${name}`)
  return [{topic: 'InvokeFunctions', actions: ['lambda:InvokeFunction'], resources: [resource]}]
}

/** `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
const queueUrl = /^https?:\/\/sqs\.([a-z0-9-]+)\.[^/]+\/([^/]+)\/([\w-]+(?:\.fifo)?)$/

function queueGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const [, region, account, queue] = queueUrl.exec(knownText(step.SqsQueueUrl, known)) ?? []
  if (region === undefined || account === undefined || queue === undefined) return []
  const resources = [arn({...place, account, region}, 'sqs', queue)]
  return [{topic: 'SendMessages', actions: ['sqs:SendMessage'], resources}]
}

const stepActions = ['AddJobFlowSteps', 'CancelSteps', 'DescribeStep', 'ListSteps', 'DescribeCluster']
const clusterActions = ['RunJobFlow', 'TerminateJobFlows', 'AddTags']

function emrGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const {ClusterId: id} = step.Arguments
  const isOwn = id === undefined || id === null
  const actions = isOwn ? [...stepActions, ...clusterActions] : stepActions
  const cluster = isOwn ? '*' : knownPattern(knownText(id, known))
  return [
    {
      topic: 'Clusters',
      actions: actions.map((action) => `elasticmapreduce:${action}`),
      resources: [arn(place, 'elasticmapreduce', `cluster/${cluster}`)],
    },
    {
      topic: 'ClusterEvents',
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: (isOwn
        ? ['StepStatusUpdateRule', 'ClusterStatusUpdateRule', 'ClusterStatusRule']
        : ['StepStatusUpdateRule']
      ).map((rule) => arn(place, 'events', `rule/SageMakerPipelineExecutionEMR${rule}`)),
    },
  ]
}

function emrServerlessGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const {ApplicationId: id} = step.Arguments
  const isOwn = id === undefined || id === null
  const application = isOwn ? '*' : knownPattern(knownText(id, known))
  const applications = arn(place, 'emr-serverless', `/applications/${application}`)
  const life = isOwn ? ['CreateApplication', 'StopApplication', 'DeleteApplication'] : []
  return [
    {
      topic: 'Applications',
      actions: serverless('GetApplication', 'StartApplication', 'StartJobRun', 'TagResource', ...life),
      // An application that is yet to be made has no id: it is asked of all of them.
      resources: isOwn ? [applications, arn(place, 'emr-serverless', '/*')] : [applications],
    },
    {
      topic: 'JobRuns',
      actions: serverless('GetJobRun', 'CancelJobRun', 'TagResource'),
      resources: [`${applications}/jobruns/*`],
    },
  ]
}

function serverless(...actions: readonly string[]): string[] {
  return actions.map((action) => `emr-serverless:${action}`)
}

const bedrock = new Map(
  Object.entries<readonly (readonly [resource: string, ...actions: string[]])[]>({
    BedrockCustomModel: [
      ['custom-model/*', 'CreateCustomModel', 'GetCustomModel', 'CreateModelCustomizationJob', 'TagResource'],
      [
        'model-customization-job/*',
        'CreateModelCustomizationJob',
        'GetModelCustomizationJob',
        'StopModelCustomizationJob',
        'TagResource',
      ],
    ],
    BedrockCustomModelDeployment: [
      ['custom-model/*', 'CreateCustomModelDeployment'],
      ['custom-model-deployment/*', 'CreateCustomModelDeployment', 'GetCustomModelDeployment', 'TagResource'],
    ],
    BedrockModelImport: [
      ['imported-model/*', 'CreateModelImportJob', 'GetImportedModel', 'TagResource'],
      ['model-import-job/*', 'CreateModelImportJob', 'GetModelImportJob', 'TagResource'],
    ],
    BedrockProvisionedModelThroughput: [
      ['custom-model/*', 'CreateProvisionedModelThroughput'],
      ['provisioned-model/*', 'CreateProvisionedModelThroughput', 'GetProvisionedModelThroughput', 'TagResource'],
    ],
  }),
)

/** Foundation models belong to no account. */
const onFoundationModels = new Set(['BedrockCustomModel', 'BedrockProvisionedModelThroughput'])

function bedrockGrants(step: StepDefinition, place: AccountPlace): Grant[] {
  const own = bedrock.get(step.Type) ?? []
  const grants = own.map(([resource, ...actions]) => ({
    topic: 'Bedrock',
    actions: actions.map((action) => `bedrock:${action}`),
    resources: [arn(place, 'bedrock', resource)],
  }))
  if (!onFoundationModels.has(step.Type)) return grants
  const actions = grants.flatMap((grant) => grant.actions).filter((action) => /:Create(Model|Provisioned)/.test(action))
  return [
    ...grants,
    {topic: 'Bedrock', actions, resources: [arn({...place, account: ''}, 'bedrock', 'foundation-model/*')]},
  ]
}
