// What the jobs of the steps need whatever their type: other roles, images, logs, keys and networks.
// Source: Developer Guide, "How to use SageMaker execution roles" (the permissions of CreateTrainingJob, CreateProcessingJob,
// CreateHyperParameterTuningJob, CreateModel … with and without a VPC and KMS keys).

import {parseEcrImage} from '../definition/ecr-image.ts'
import type {StepDefinition} from '../definition/types.ts'
import type {Grant} from './grants.ts'
import {isWhole, type Known, knownPattern, textsIn} from './known-text.ts'
import {type AccountPlace, arn, roleArn, servicePrincipal} from './place.ts'
import {logGroups} from './sagemaker-grants.ts'

export function jobGrants(step: StepDefinition, known: Known, place: AccountPlace): Grant[] {
  const texts = textsIn(step.Arguments, known)
  const named = (member: string | RegExp) =>
    texts.flatMap(({path, text}) => {
      const name = path.at(-1) ?? ''
      return (typeof member === 'string' ? name === member : member.test(name)) ? [text] : []
    })
  return [
    ...passedRoles(step, named, place),
    ...texts.flatMap(({text}) => imageGrants(text, place)),
    ...logGrants(step, place),
    ...named(/Kms(?:Key|KeyId|KeyArn)$/).flatMap((key) => keyGrants(key, place)),
    ...networkGrants(named('Subnets'), named('SecurityGroupIds'), place),
  ]
}

type Named = (member: string | RegExp) => string[]

/** Which service takes the role in the member of a request. */
function passedRoles(step: StepDefinition, named: Named, place: AccountPlace): Grant[] {
  const pass = (members: RegExp, service: string) =>
    named(members).flatMap((role) => (isWhole(role) ? passRole(roleOf(role, place), [service], place) : []))
  if (step.Type === 'EMR') {
    const own = pass(/^(ServiceRole|AutoScalingRole|ExecutionRoleArn)$/, 'elasticmapreduce')
    return [...own, ...pass(/^JobFlowRole$/, 'ec2')]
  }
  if (step.Type === 'EMRServerless') return pass(/^executionRoleArn$/i, 'emr-serverless')
  if (step.Type.startsWith('Bedrock')) return pass(/^roleArn$/i, 'bedrock')
  return pass(/^(RoleArn|ExecutionRoleArn)$/, 'sagemaker')
}

function roleOf(text: string, place: AccountPlace): string {
  return text.startsWith('arn:') ? text : roleArn(place, text)
}

export function passRole(role: string, services: readonly string[], place: AccountPlace): Grant[] {
  const principals = services.map((service) => servicePrincipal(service, place))
  const topic = `PassRoleTo${services.map((service) => topicNames[service] ?? 'Service').join('And')}`
  const condition = {StringEquals: {'iam:PassedToService': principals}}
  return [{topic, actions: ['iam:PassRole'], resources: [role], condition}]
}

const topicNames: Readonly<Record<string, string>> = {
  bedrock: 'Bedrock',
  ec2: 'Ec2',
  elasticmapreduce: 'Emr',
  'emr-serverless': 'EmrServerless',
  events: 'EventBridge',
  sagemaker: 'SageMaker',
  scheduler: 'Scheduler',
}

function imageGrants(text: string, place: AccountPlace): Grant[] {
  const image = parseEcrImage(text)
  if (!image) return []
  const actions = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
  return [
    {topic: 'PullImages', actions, resources: [arn({...place, ...image}, 'ecr', `repository/${image.repository}`)]},
    {topic: 'SignInToEcr', actions: ['ecr:GetAuthorizationToken'], resources: ['*']},
  ]
}

/** PutMetricData and GetAuthorizationToken know no resource. */
function logGrants(step: StepDefinition, place: AccountPlace): Grant[] {
  const groups = logGroups(step)
  if (groups.length === 0) return []
  const actions = ['CreateLogGroup', 'CreateLogStream', 'DescribeLogStreams', 'PutLogEvents'].map(
    (one) => `logs:${one}`,
  )
  return [
    {
      topic: 'WriteLogs',
      actions,
      resources: groups.map((group) => arn(place, 'logs', `log-group:/aws/sagemaker/${group}*`)),
    },
    {topic: 'WriteMetrics', actions: ['cloudwatch:PutMetricData'], resources: ['*']},
  ]
}

const keyActions = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']

/** A key is named by its ARN, its id or an alias. */
function keyGrants(key: string, place: AccountPlace): Grant[] {
  if (!isWhole(key)) return []
  const alias = /^(?:arn:.*:)?(alias\/.+)$/.exec(key)?.[1]
  const topic = 'UseKeys'
  if (alias === undefined) {
    return [{topic, actions: keyActions, resources: [key.startsWith('arn:') ? key : arn(place, 'kms', `key/${key}`)]}]
  }
  const condition = {'ForAnyValue:StringEquals': {'kms:ResourceAliases': [alias]}}
  return [{topic, actions: keyActions, resources: [arn(place, 'kms', 'key/*')], condition}]
}

const lookActions = ['NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs', 'DhcpOptions']

/** Describing knows no resource in EC2. */
function networkGrants(subnets: readonly string[], groups: readonly string[], place: AccountPlace): Grant[] {
  if (subnets.length === 0 && groups.length === 0) return []
  const ec2 = (type: string, id: string) => arn(place, 'ec2', `${type}/${knownPattern(id)}`)
  const interfaces = ec2('network-interface', '*')
  const change = ['CreateNetworkInterfacePermission', 'DeleteNetworkInterface', 'DeleteNetworkInterfacePermission']
  return [
    {
      topic: 'JoinNetwork',
      actions: ['ec2:CreateNetworkInterface'],
      resources: [
        interfaces,
        ...subnets.map((id) => ec2('subnet', id)),
        ...groups.map((id) => ec2('security-group', id)),
      ],
    },
    {topic: 'UseNetworkInterfaces', actions: change.map((one) => `ec2:${one}`), resources: [interfaces]},
    {topic: 'LookAtNetwork', actions: lookActions.map((one) => `ec2:Describe${one}`), resources: ['*']},
  ]
}
