// What whoever deploys is given, and what they are not; and who may take the roles.

import {describe, expect, it} from 'vitest'
import {grantsFor, trustOf} from '../../src/access/access.ts'
import {covers, type Grant} from '../../src/access/grants.ts'
import type {TriggerNeeds} from '../../src/access/subject.ts'
import type {StepDefinition} from '../../src/definition/types.ts'
import {documentName} from '../../src/trigger/names.ts'
import {account, bucket, definitionOf, role, step, subjectOf} from './subjects.ts'

const triggerRole = `arn:aws:iam::${account}:role/churn-trigger`
const sageMaker = (resource: string) => `arn:aws:sagemaker:eu-west-1:${account}:${resource}`
const logs = (group: string) => `arn:aws:logs:eu-west-1:${account}:log-group:/aws/sagemaker/${group}`
const events = (name: string) => `arn:aws:events:eu-west-1:${account}:rule/${name}`

const schedule = (name: string) => `arn:aws:scheduler:eu-west-1:${account}:schedule/${name}`
const scheduleGroup = (name: string) => `arn:aws:scheduler:eu-west-1:${account}:schedule-group/${name}`
const alarm = (name: string) => `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${name}`

const noNeeds: TriggerNeeds = {
  ...{hasRules: true, hasSchedules: true, makesRole: true, ownRoles: [], buckets: []},
  ...{madeAlarms: [], foundAlarms: [], monitors: [], pipelines: []},
}

function deployer(steps: readonly StepDefinition[] = [step('Training')], overrides = {}): Grant[] {
  return grantsFor('deployer', subjectOf(definitionOf(steps), {modelPackageGroups: ['Churn'], ...overrides}))
}

const allows = (grants: readonly Grant[], action: string, resource: string) =>
  grants.some(({actions, resources}) => actions.includes(action) && resources.some((one) => covers(one, resource)))

it.each([
  ['the pipeline', 'sagemaker:UpdatePipeline', sageMaker('pipeline/churn'), true],
  ['another pipeline', 'sagemaker:UpdatePipeline', sageMaker('pipeline/churn-2'), false],
  ['an execution', 'sagemaker:StopPipelineExecution', sageMaker('pipeline/churn/execution/abc'), true],
  ['retrying an execution', 'sagemaker:RetryPipelineExecution', sageMaker('pipeline/churn/execution/abc'), true],
  ['jobs of pipelines', 'sagemaker:DescribeTrainingJob', sageMaker('training-job/pipelines-abc'), true],
  ['jobs of others', 'sagemaker:DescribeTrainingJob', sageMaker('training-job/mine'), false],
  ['starting a job', 'sagemaker:CreateTrainingJob', sageMaker('training-job/pipelines-abc'), false],
  [
    'the group, as SageMaker writes it',
    'sagemaker:CreateModelPackageGroup',
    sageMaker('model-package-group/churn'),
    true,
  ],
  ['approving a model', 'sagemaker:UpdateModelPackage', sageMaker('model-package/Churn/3'), true],
  ['asking lineage', 'sagemaker:QueryLineage', '*', true],
  ['what a job was, to lineage', 'sagemaker:DescribeTrialComponent', sageMaker('experiment-trial-component/x'), true],
  ['writing lineage', 'sagemaker:AddAssociation', sageMaker('artifact/x'), false],
  ['which endpoint serves a model', 'sagemaker:DescribeEndpoint', sageMaker('endpoint/any'), true],
  ['the endpoint of the group', 'sagemaker:UpdateEndpoint', sageMaker('endpoint/churn'), true],
  ['another endpoint', 'sagemaker:UpdateEndpoint', sageMaker('endpoint/billing'), false],
  [
    'a configuration of that endpoint',
    'sagemaker:CreateEndpoint',
    sageMaker('endpoint-config/churn-v3-0a1b2c3d'),
    true,
  ],
  ['another configuration', 'sagemaker:DeleteEndpointConfig', sageMaker('endpoint-config/billing-v1'), false],
  ['a model of that endpoint', 'sagemaker:CreateModel', sageMaker('model/churn-v3-0a1b2c3d'), true],
  ['another model', 'sagemaker:DeleteModel', sageMaker('model/pipelines-abc-serve'), false],
  ['tagging the endpoint', 'sagemaker:AddTags', sageMaker('endpoint/churn'), true],
  ['the logs of the endpoint', 'logs:GetLogEvents', logs('Endpoints/Churn:log-stream:x'), true],
  ['its part of the bucket', 's3:PutObject', `arn:aws:s3:::${bucket}/churn/code/x`, true],
  ['going on with an upload', 's3:ListMultipartUploadParts', `arn:aws:s3:::${bucket}/churn/data/x`, true],
  ['the rest of the bucket', 's3:GetObject', `arn:aws:s3:::${bucket}/other/x`, false],
  ['passing the role', 'iam:PassRole', role, true],
  ['passing another role', 'iam:PassRole', `${role}2`, false],
  ['logs of its jobs', 'logs:GetLogEvents', logs('TrainingJobs:log-stream:x'), true],
  ['logs of other jobs', 'logs:GetLogEvents', logs('ProcessingJobs:log-stream:x'), false],
  ['finding triggers', 'events:ListRuleNamesByTarget', '*', true],
  ['taking triggers away', 'events:DeleteRule', events('churn-nightly'), true],
  ['other rules', 'events:DeleteRule', events('billing'), false],
  ['making triggers', 'events:PutRule', events('churn-nightly'), false],
])('%s: %s on %s is %s', (_what, action, resource, expected) => {
  expect(allows(deployer(), action, resource)).toBe(expected)
})

it('may look the champion up that a gate asks for, in a group that the pipeline does not register into', () => {
  const S3Uri = `s3://${bucket}/churn/champion/gate.json`
  const metric = {PropertyFile: {Get: 'Steps.e.PropertyFiles.r'}, Path: 'auc'}
  const champion = {S3Uri, Path: 'thresholds.Champions.auc.above_champion'}
  const condition = {
    Type: 'GreaterThan',
    LeftValue: {'Std:JsonGet': metric},
    RightValue: {'Std:JsonGet': champion},
  }
  const gate = {Name: 'gate', Type: 'Condition', Arguments: {Conditions: [condition], IfSteps: [], ElseSteps: []}}
  expect(allows(deployer([gate]), 'sagemaker:DescribeModelPackage', sageMaker('model-package/champions/3'))).toBe(true)
  expect(allows(deployer([gate]), 'sagemaker:UpdateModelPackage', sageMaker('model-package/champions/3'))).toBe(false)
  expect(allows(deployer(), 'sagemaker:DescribeModelPackage', sageMaker('model-package/champions/3'))).toBe(false)
  const role = grantsFor('execution', subjectOf(definitionOf([gate]), {modelPackageGroups: []}))
  expect(allows(role, 's3:GetObject', `arn:aws:s3:::${bucket}/churn/champion/gate.json`)).toBe(true)
})

describe('triggers', () => {
  const grants = deployer([], {triggerRole})

  it.each([
    ['events:PutTargets', events('churn-nightly')],
    ['scheduler:CreateSchedule', `arn:aws:scheduler:eu-west-1:${account}:schedule/default/churn-nightly`],
    ['iam:PassRole', triggerRole],
  ])('with a role for them, %s is allowed', (action, resource) => {
    expect(allows(grants, action, resource)).toBe(true)
  })

  it('a pipeline that registers nothing has no endpoint to deploy to, and one that a step names counts', () => {
    const endpoint = {...step('Endpoint'), Arguments: {EndpointName: 'live'}}
    expect(allows(deployer([endpoint]), 'sagemaker:DeleteEndpoint', sageMaker('endpoint/live'))).toBe(true)
    const without = deployer([endpoint], {modelPackageGroups: []})
    expect(without.some(({actions}) => actions.includes('sagemaker:DeleteEndpoint'))).toBe(false)
  })

  it('the role for them is passed to those two services only', () => {
    const passed = grants.filter(({actions}) => actions.includes('iam:PassRole')).slice(1)
    const services = ['events.amazonaws.com', 'scheduler.amazonaws.com']
    expect(passed.map(({condition}) => condition)).toEqual([{StringEquals: {'iam:PassedToService': services}}])
  })

  it.each([
    ['made by default', {}, 'iam:CreateRole', triggerRole, true],
    ['one that the triggers name is not made', {makesRole: false}, 'iam:CreateRole', triggerRole, false],
    ['one that the triggers name is looked at', {ownRoles: [role]}, 'iam:GetRole', role, true],
    ['without rules', {hasRules: false}, 'events:PutRule', events('churn-nightly'), false],
    ['without rules, they can be removed', {hasRules: false}, 'events:DeleteRule', events('churn-nightly'), true],
    ['without schedules', {hasSchedules: false}, 'scheduler:CreateSchedule', schedule('churn/churn-nightly'), false],
    ['the group of its schedules', {}, 'scheduler:CreateScheduleGroup', scheduleGroup('churn'), true],
    ['another group', {}, 'scheduler:DeleteScheduleGroup', scheduleGroup('default'), false],
    ['no bucket', {}, 's3:PutBucketNotification', 'arn:aws:s3:::lake', false],
    ['its bucket', {buckets: ['lake']}, 's3:PutBucketNotification', 'arn:aws:s3:::lake', true],
    [
      'an alarm that is made',
      {madeAlarms: ['churn-drifted']},
      'cloudwatch:PutMetricAlarm',
      alarm('churn-drifted'),
      true,
    ],
    ['one that is there', {foundAlarms: ['drift']}, 'cloudwatch:DescribeAlarms', alarm('drift'), true],
    ['one that is there is not changed', {foundAlarms: ['drift']}, 'cloudwatch:PutMetricAlarm', alarm('drift'), false],
    ['a monitor', {monitors: ['m']}, 'sagemaker:DescribeMonitoringSchedule', sageMaker('monitoring-schedule/m'), true],
    [
      'a pipeline upstream',
      {pipelines: ['prepare']},
      'sagemaker:DescribePipeline',
      sageMaker('pipeline/prepare'),
      true,
    ],
    ['what starts that', {pipelines: ['prepare']}, 'events:DescribeRule', events('prepare-nightly'), true],
  ])('%s: %j, %s on %s is %s', (_what, some, action, resource, expected) => {
    const needs = {...noNeeds, ...some}
    expect(allows(deployer([], {triggerRole, triggers: needs}), action, resource)).toBe(expected)
  })

  it('what is passed follows the kinds', () => {
    const [, ...passed] = deployer([], {triggerRole, triggers: {...noNeeds, hasRules: false}}).filter(({actions}) =>
      actions.includes('iam:PassRole'),
    )
    const services = ['scheduler.amazonaws.com']
    expect(passed.map(({condition}) => condition)).toEqual([{StringEquals: {'iam:PassedToService': services}}])
  })

  it('the names of a pipeline with a long one are cut, and are allowed', () => {
    const pipelineName = 'p'.repeat(100)
    const long = deployer([], {triggerRole, pipelineName})
    expect(allows(long, 'events:PutRule', events(documentName(pipelineName, 'nightly')))).toBe(true)
    expect(allows(long, 'scheduler:CreateScheduleGroup', scheduleGroup(documentName(pipelineName)))).toBe(true)
  })

  it('their role sends to the dead-letter queues of schedules', () => {
    const queue = `arn:aws:sqs:eu-west-1:${account}:late`
    const own = grantsFor('trigger', subjectOf(definitionOf([]), {triggerQueues: [queue]}))
    expect(allows(own, 'sqs:SendMessage', queue)).toBe(true)
  })

  it('their role starts this pipeline, and does nothing else', () => {
    const own = grantsFor('trigger', subjectOf(definitionOf([])))
    expect(own.map(({actions, resources}) => [actions, resources])).toEqual([
      [['sagemaker:StartPipelineExecution'], [sageMaker('pipeline/churn')]],
    ])
  })
})

it('only a pipeline with a callback needs to answer one', () => {
  const answer = 'sagemaker:SendPipelineExecutionStepSuccess'
  expect(allows(deployer([step('Callback')]), answer, '*')).toBe(true)
  expect(allows(deployer([step('Training')]), answer, '*')).toBe(false)
})

it('data with a fingerprint is listed where it lies', () => {
  const fingerprinted = step('Processing', {
    ProcessingInputs: [{InputName: 'raw', S3Input: {S3Uri: 's3://data/raw'}}],
    Environment: {MLPIPE_FINGERPRINT_RAW: {Get: 'Parameters.fingerprint-a-Processing-raw'}},
  })
  const listing = deployer([fingerprinted]).filter(({resources}) => resources.includes('arn:aws:s3:::data'))
  expect(listing.map(({actions, condition}) => [actions, condition])).toEqual([
    [['s3:ListBucket'], {StringLike: {'s3:prefix': ['raw*']}}],
  ])
})

it.each([
  ['deployer', []],
  ['execution', [['sagemaker.amazonaws.com', account]]],
  [
    'trigger',
    [
      ['events.amazonaws.com', undefined],
      ['scheduler.amazonaws.com', account],
    ],
  ],
] as const)('the role of %s trusts %j', (principal, expected) => {
  const trust = trustOf(principal, {account, region: 'eu-west-1'})
  const found = (trust?.Statement ?? []).map(({Principal, Condition}) => [
    Principal.Service,
    Condition?.['StringEquals']?.['aws:SourceAccount']?.[0],
  ])
  expect(found).toEqual(expected)
})
