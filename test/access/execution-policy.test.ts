// What the execution role is given for each step type. The actions are those of the Service Authorization Reference and of the
// Developer Guide's "How to use SageMaker execution roles", "IAM access management" (Pipelines) and
// AmazonSageMakerPipelinesIntegrations.

import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {grantsFor} from '../../src/access/access.ts'
import {executionNotes} from '../../src/access/execution-policy.ts'
import {covers, type Statement, toStatements} from '../../src/access/grants.ts'
import {flattenSteps} from '../../src/definition/flat-steps.ts'
import type {PipelineDefinition, StepDefinition} from '../../src/definition/types.ts'
import {fc, runs} from '../support/properties.ts'
import {account, bucket, definitionOf, executionId, joined, role, step, subjectOf} from './subjects.ts'

const statementsOf = (definition: PipelineDefinition) => toStatements(grantsFor('execution', subjectOf(definition)))
const forSteps = (...steps: readonly StepDefinition[]) => statementsOf(definitionOf(steps))

const sageMaker = (resource: string) => `arn:aws:sagemaker:eu-west-1:${account}:${resource}`

/** Whether some statement allows the action on the resource, under the condition when one is given. */
function allows(statements: readonly Statement[], action: string, resource: string, condition?: object): boolean {
  return statements.some(
    ({Action, Resource, Condition}) =>
      Action.includes(action) &&
      Resource.some((pattern) => covers(pattern, resource)) &&
      (condition === undefined || JSON.stringify(Condition) === JSON.stringify(condition)),
  )
}

const job = 'pipelines-abc123def456-prepare-0123456789'

it('grants nothing more for a type that is called like a member of objects', () => {
  expect(forSteps(step('constructor'))).toEqual(forSteps(step('StepTypeOfTomorrow')))
})

describe('creates, follows and stops what each step type makes', () => {
  it.each([
    ['Processing', 'ProcessingJob', `processing-job/${job}`],
    ['QualityCheck', 'ProcessingJob', `processing-job/${job}`],
    ['ClarifyCheck', 'ProcessingJob', `processing-job/${job}`],
    ['Training', 'TrainingJob', `training-job/${job}`],
    ['Tuning', 'HyperParameterTuningJob', 'hyper-parameter-tuning-job/abc123def456-tune-0123456789'],
    ['AutoML', 'AutoMLJob', 'automl-job/abc123def456-auto-0123456789'],
    ['Transform', 'TransformJob', `transform-job/${job}`],
    ['Job', 'Job', 'job/abc'],
  ])('%s', (type, thing, resource) => {
    const statements = forSteps(step(type))
    for (const verb of ['Create', 'Describe', 'Stop']) {
      expect(allows(statements, `sagemaker:${verb}${thing}`, sageMaker(resource)), verb).toBe(true)
    }
    expect(allows(statements, 'sagemaker:AddTags', sageMaker(resource))).toBe(true)
    expect(
      allows(statements, 'logs:CreateLogStream', `arn:aws:logs:eu-west-1:${account}:log-group:/aws/sagemaker/Other`),
    ).toBe(false)
    expect(allows(statements, 'cloudwatch:PutMetricData', '*')).toBe(true)
  })

  it.each([
    ['Model', 'Model', `model/${job}`],
    ['EndpointConfig', 'EndpointConfig', `endpoint-config/${job}`],
    ['InferenceComponent', 'InferenceComponent', `inference-component/${job}`],
  ])('%s', (type, thing, resource) => {
    const statements = forSteps(step(type))
    expect(allows(statements, `sagemaker:Create${thing}`, sageMaker(resource))).toBe(true)
    expect(allows(statements, `sagemaker:Describe${thing}`, sageMaker(resource))).toBe(true)
  })
})

describe('asks the other services for what each step type needs', () => {
  const cluster = `arn:aws:elasticmapreduce:eu-west-1:${account}:cluster/j-1`
  const rule = (name: string) => `arn:aws:events:eu-west-1:${account}:rule/SageMakerPipelineExecutionEMR${name}`
  const own = step('EMR', {ClusterConfig: {ServiceRole: 'EMR_DefaultRole', JobFlowRole: 'EMR_EC2_DefaultRole'}})
  const passed = (service: string) => ({StringEquals: {'iam:PassedToService': [service]}})

  it.each<[string, StepDefinition, string, string, object?]>([
    [
      'Lambda by its ARN',
      step('Lambda', {}, {FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:notify'}),
      'lambda:InvokeFunction',
      'arn:aws:lambda:eu-west-1:111122223333:function:notify',
    ],
    [
      'Callback by its queue',
      step('Callback', {}, {SqsQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/444455556666/asks'}),
      'sqs:SendMessage',
      'arn:aws:sqs:eu-west-1:444455556666:asks',
    ],
    ['a running cluster', step('EMR', {ClusterId: 'j-1'}), 'elasticmapreduce:AddJobFlowSteps', cluster],
    ['the rule of a running cluster', step('EMR', {ClusterId: 'j-1'}), 'events:PutRule', rule('StepStatusUpdateRule')],
    ['a cluster of its own', own, 'elasticmapreduce:RunJobFlow', cluster],
    ['the end of a cluster of its own', own, 'elasticmapreduce:TerminateJobFlows', cluster],
    ['the rule of a cluster of its own', own, 'events:PutTargets', rule('ClusterStatusUpdateRule')],
    [
      'the role of a cluster',
      own,
      'iam:PassRole',
      `arn:aws:iam::${account}:role/EMR_DefaultRole`,
      passed('elasticmapreduce.amazonaws.com'),
    ],
    [
      'the role of its machines',
      own,
      'iam:PassRole',
      `arn:aws:iam::${account}:role/EMR_EC2_DefaultRole`,
      passed('ec2.amazonaws.com'),
    ],
    [
      'EMR Serverless',
      step('EMRServerless', {ApplicationId: '00f5'}),
      'emr-serverless:StartJobRun',
      `arn:aws:emr-serverless:eu-west-1:${account}:/applications/00f5`,
    ],
    [
      'a job run of EMR Serverless',
      step('EMRServerless', {ApplicationId: '00f5'}),
      'emr-serverless:GetJobRun',
      `arn:aws:emr-serverless:eu-west-1:${account}:/applications/00f5/jobruns/1`,
    ],
    [
      'an application of its own',
      step('EMRServerless', {ApplicationConfig: {}}),
      'emr-serverless:CreateApplication',
      `arn:aws:emr-serverless:eu-west-1:${account}:/applications`,
    ],
    [
      'the role of a job run',
      step('EMRServerless', {ExecutionRoleArn: 'arn:aws:iam::111122223333:role/emr'}),
      'iam:PassRole',
      'arn:aws:iam::111122223333:role/emr',
      passed('emr-serverless.amazonaws.com'),
    ],
    [
      'a custom model of Bedrock',
      step('BedrockCustomModel'),
      'bedrock:CreateModelCustomizationJob',
      'arn:aws:bedrock:eu-west-1::foundation-model/x',
    ],
    [
      'its deployment',
      step('BedrockCustomModelDeployment'),
      'bedrock:CreateCustomModelDeployment',
      `arn:aws:bedrock:eu-west-1:${account}:custom-model/x`,
    ],
    [
      'an import into Bedrock',
      step('BedrockModelImport'),
      'bedrock:CreateModelImportJob',
      `arn:aws:bedrock:eu-west-1:${account}:model-import-job/x`,
    ],
    [
      'throughput of Bedrock',
      step('BedrockProvisionedModelThroughput'),
      'bedrock:CreateProvisionedModelThroughput',
      `arn:aws:bedrock:eu-west-1:${account}:provisioned-model/x`,
    ],
    ['lineage', step('Lineage'), 'sagemaker:CreateArtifact', sageMaker('artifact/abc')],
    [
      'registering',
      step('RegisterModel', {ModelPackageGroupName: 'g'}),
      'sagemaker:CreateModelPackage',
      sageMaker('model-package-group/g'),
    ],
    [
      'what was registered',
      step('RegisterModel', {ModelPackageGroupName: 'g'}),
      'sagemaker:DescribeModelPackage',
      sageMaker('model-package/g/3'),
    ],
    [
      'an endpoint',
      step('Endpoint', {EndpointName: 'e', EndpointConfigName: 'c'}),
      'sagemaker:UpdateEndpoint',
      sageMaker('endpoint/e'),
    ],
    [
      'the configuration of an endpoint',
      step('Endpoint', {EndpointName: 'e', EndpointConfigName: 'c'}),
      'sagemaker:CreateEndpoint',
      sageMaker('endpoint-config/c'),
    ],
    [
      'the baseline of a check',
      step('QualityCheck', {}, {ModelPackageGroupName: 'g'}),
      'sagemaker:DescribeModelPackage',
      sageMaker('model-package/g/1'),
    ],
    [
      'the shadow endpoint of a check',
      step('ClarifyCheck', {}, {CheckType: 'MODEL_BIAS'}),
      'sagemaker:InvokeEndpoint',
      sageMaker('endpoint/sm-clarify-1'),
    ],
  ])('%s', (_what, one, action, resource, condition) => {
    expect(allows(forSteps(one), action, resource, condition)).toBe(true)
  })

  it('bias of data needs no endpoint', () => {
    const statements = forSteps(step('ClarifyCheck', {}, {CheckType: 'DATA_BIAS'}))
    expect(allows(statements, 'sagemaker:CreateEndpoint', sageMaker('endpoint/sm-clarify-1'))).toBe(false)
  })

  it('a condition and a fail step need nothing but the role itself', () => {
    expect(forSteps(step('Fail', {ErrorMessage: 'see s3://elsewhere/x'}), step('Condition', {Conditions: []}))).toEqual(
      [expect.objectContaining({Sid: 'PassRoleToSageMaker', Resource: [role]})],
    )
  })
})

describe('reads and writes in S3 where the request says, and nowhere else', () => {
  const processing = step('Processing', {
    AppSpecification: {ContainerArguments: ['--lookup', 's3://lookups/table.csv']},
    ProcessingInputs: [
      {S3Input: {S3Uri: 's3://raw/in'}},
      {S3Input: {S3Uri: {Get: 'Parameters.data'}}},
      {S3Input: {S3Uri: joined('s3:/', bucket, 'churn', executionId, 'earlier')}},
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {S3Output: {S3Uri: joined('s3:/', bucket, 'churn', executionId, 'out')}},
        {S3Output: {S3Uri: 's3://fixed/out'}},
      ],
    },
  })
  const statements = statementsOf(definitionOf([processing], [{Name: 'data', DefaultValue: 's3://given/data/'}]))

  it.each([
    ['an input, which is a prefix', 's3:GetObject', 'raw/inner', true],
    ['another object of its bucket', 's3:GetObject', 'raw/other', false],
    ['the default of a parameter', 's3:GetObject', 'given/data/x', true],
    ['a URI among the arguments', 's3:GetObject', 'lookups/table.csv', true],
    ['what earlier steps wrote', 's3:GetObject', `${bucket}/churn/abc/earlier/x`, true],
    ['an output with the execution in its key', 's3:PutObject', `${bucket}/churn/abc/out/x`, true],
    ['an output at a fixed place', 's3:PutObject', 'fixed/out/x', true],
    ['beside a fixed place', 's3:PutObject', 'fixed/outside', false],
    ['an output, by the steps that follow', 's3:GetObject', 'fixed/out/x', true],
    ['an input, to write it', 's3:PutObject', 'raw/in', false],
    ['other pipelines in the bucket', 's3:GetObject', `${bucket}/other/x`, false],
  ])('%s: %s', (_what, action, object, expected) => {
    expect(allows(statements, action, `arn:aws:s3:::${object}`)).toBe(expected)
  })

  it('lists those prefixes only', () => {
    const listing = statements.filter(({Action}) => Action.includes('s3:ListBucket'))
    expect(listing.map(({Resource, Condition}) => [Resource, Condition?.['StringLike']?.['s3:prefix']])).toEqual([
      [['arn:aws:s3:::lookups'], ['table.csv*']],
      [['arn:aws:s3:::raw'], ['in*']],
      [['arn:aws:s3:::given'], ['data/*']],
      [[`arn:aws:s3:::${bucket}`], ['churn/*']],
      [['arn:aws:s3:::fixed'], ['out/*']],
    ])
  })

  it.each([
    [
      'a hyperparameter that is JSON text',
      {HyperParameters: {dir: '"s3://b/code.tar.gz"'}},
      's3:GetObject',
      'b/code.tar.gz',
    ],
    ['a checkpoint', {CheckpointConfig: {S3Uri: 's3://b/ck'}}, 's3:PutObject', 'b/ck/1'],
    [
      'a bucket that is known in part',
      {InputDataConfig: [{S3Uri: joined('s3:/', {'Std:Join': {On: '-', Values: ['data', executionId]}}, 'x')}]},
      's3:GetObject',
      'data-7/x',
    ],
  ])('%s', (_what, args, action, object) => {
    expect(allows(forSteps(step('Training', args)), action, `arn:aws:s3:::${object}`)).toBe(true)
  })

  it('reads the report that a condition looks into', () => {
    const left = {'Std:JsonGet': {S3Uri: 's3://reports/r.json', Path: 'a'}}
    expect(
      allows(
        forSteps(step('Condition', {Conditions: [{LeftValue: left}]})),
        's3:GetObject',
        'arn:aws:s3:::reports/r.json',
      ),
    ).toBe(true)
  })
})

describe('images, keys, networks and roles of jobs', () => {
  const vpc = {Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1']}

  it.each<[string, StepDefinition, string, string]>([
    [
      'an image',
      step('Processing', {AppSpecification: {ImageUri: '444455556666.dkr.ecr.us-east-1.amazonaws.com/a/b:1'}}),
      'ecr:BatchGetImage',
      'arn:aws:ecr:us-east-1:444455556666:repository/a/b',
    ],
    [
      'signing in to ECR',
      step('Processing', {AppSpecification: {ImageUri: '444455556666.dkr.ecr.us-east-1.amazonaws.com/a:1'}}),
      'ecr:GetAuthorizationToken',
      '*',
    ],
    [
      'a key by its ARN',
      step('Training', {OutputDataConfig: {KmsKeyId: 'arn:aws:kms:eu-west-1:1:key/k'}}),
      'kms:GenerateDataKey',
      'arn:aws:kms:eu-west-1:1:key/k',
    ],
    [
      'a key by its id',
      step('Training', {ResourceConfig: {VolumeKmsKeyId: 'k-1'}}),
      'kms:CreateGrant',
      `arn:aws:kms:eu-west-1:${account}:key/k-1`,
    ],
    [
      'a subnet',
      step('Training', {VpcConfig: vpc}),
      'ec2:CreateNetworkInterface',
      `arn:aws:ec2:eu-west-1:${account}:subnet/subnet-1`,
    ],
    ['looking at the network', step('Training', {VpcConfig: vpc}), 'ec2:DescribeVpcs', '*'],
    [
      'another role of a job',
      step('Training', {RoleArn: 'arn:aws:iam::111122223333:role/Other'}),
      'iam:PassRole',
      'arn:aws:iam::111122223333:role/Other',
    ],
    [
      'a job named otherwise',
      step('Training', {TrainingJobName: 'mine'}),
      'sagemaker:CreateTrainingJob',
      sageMaker('training-job/mine-abc'),
    ],
  ])('%s', (_what, one, action, resource) => {
    expect(allows(forSteps(one), action, resource)).toBe(true)
  })

  it('an alias of a key is a condition on every key', () => {
    const statements = forSteps(step('Training', {OutputDataConfig: {KmsKeyId: 'alias/ml'}}))
    const condition = {'ForAnyValue:StringEquals': {'kms:ResourceAliases': ['alias/ml']}}
    expect(allows(statements, 'kms:Decrypt', `arn:aws:kms:eu-west-1:${account}:key/any`, condition)).toBe(true)
  })

  it('in China the partition and the name of EMR are others', () => {
    const definition = definitionOf([step('EMR', {ClusterConfig: {ServiceRole: 'R'}})])
    const statements = toStatements(
      grantsFor('execution', subjectOf(definition, {region: 'cn-north-1', role: role.replace('aws', 'aws-cn')})),
    )
    expect(JSON.stringify(statements)).toContain('elasticmapreduce.amazonaws.com.cn')
    expect(JSON.stringify(statements)).not.toContain('arn:aws:')
  })
})

it('says what only the run, or whoever starts it, knows', () => {
  const definition = definitionOf(
    [
      step('Processing', {ProcessingInputs: [{S3Input: {S3Uri: {Get: 'Parameters.data'}}}]}),
      step('Lambda', {}, {FunctionArn: {Get: 'Parameters.function'}}),
      step('Callback', {}, {SqsQueueUrl: {Get: "Steps.x.OutputParameters['q']"}}),
      step('Newest'),
    ],
    [{Name: 'data'}, {Name: 'function'}],
  )
  expect(executionNotes(subjectOf(definition))).toEqual([
    'the execution role needs besides, for parameter "data": s3:GetObject and s3:ListBucket where it will point',
    'the execution role needs besides, for step "a-Lambda": lambda:InvokeFunction on the function that it will call',
    'the execution role needs besides, for step "a-Callback": sqs:SendMessage on the queue that it will use',
    'the execution role needs besides, for step "a-Newest": what the step type Newest needs',
  ])
})

describe('every definition there is', () => {
  const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
  const files = [
    ...readdirSync(join(fixtures, 'definitions')).map((name) => join(fixtures, 'definitions', name)),
    ...readdirSync(join(fixtures, 'specs/ok')).map((name) => join(fixtures, 'specs/ok', name, 'definition.json')),
  ]
  const definitions = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as PipelineDefinition)

  /** Actions that know no resource. Source: Service Authorization Reference (no value in the column Resource types). */
  const withoutResource = new Set([
    'cloudwatch:PutMetricData',
    'ec2:DescribeDhcpOptions',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
    'ecr:GetAuthorizationToken',
    'events:ListRuleNamesByTarget',
    'sagemaker:ListModelPackageGroups',
    'sagemaker:ListModelPackages',
    'sagemaker:ListPipelines',
    'sagemaker:SendPipelineExecutionStepFailure',
    'sagemaker:SendPipelineExecutionStepSuccess',
    'scheduler:ListSchedules',
  ])

  it.each(['deployer', 'execution', 'trigger'] as const)(
    '%s: no action has a *, and few know no resource',
    (principal) => {
      for (const definition of definitions) {
        for (const {Action, Resource} of toStatements(grantsFor(principal, subjectOf(definition)))) {
          expect(Action.filter((action) => !/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/.test(action))).toEqual([])
          const isAnything = Resource.some((resource) => resource === '*')
          if (isAnything) expect(Action.filter((action) => !withoutResource.has(action))).toEqual([])
          expect(
            Resource.filter((resource) => resource !== '*' && !/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d*:.+/.test(resource)),
          ).toEqual([])
        }
      }
    },
  )

  it('every Sid is letters and digits, and stands once', () => {
    for (const definition of definitions) {
      const sids = statementsOf(definition).map(({Sid}) => Sid)
      expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([])
      expect(new Set(sids).size).toBe(sids.length)
    }
  })

  it('another step never takes a permission away', () => {
    const steps = definitions.flatMap((definition) => flattenSteps(definition).map((flat) => flat.step))
    const some = fc.uniqueArray(fc.nat(steps.length - 1), {minLength: 1, maxLength: 6})
    fc.assert(
      fc.property(some, fc.nat(steps.length - 1), (chosen, another) => {
        const before = chosen.flatMap((index) => steps[index] ?? [])
        const added = steps[another]
        const after = forSteps(...before, ...(added ? [added] : []))
        for (const {Action, Resource, Condition} of forSteps(...before)) {
          for (const action of Action) {
            for (const resource of Resource) expect(isKept(after, action, resource, Condition)).toBe(true)
          }
        }
      }),
      {numRuns: runs(60)},
    )
  })
})

/** As `allows`, with conditions that may have grown: each value must still be among those of one key, or under one of them. */
function isKept(
  statements: readonly Statement[],
  action: string,
  resource: string,
  condition: Statement['Condition'],
): boolean {
  const values = valuesOf(condition)
  return values.every((value) =>
    statements.some(
      ({Action, Resource, Condition}) =>
        Action.includes(action) &&
        Resource.some((pattern) => covers(pattern, resource)) &&
        (value === undefined
          ? Condition === undefined
          : valuesOf(Condition).some((wide) => wide !== undefined && covers(wide, value))),
    ),
  )
}

function valuesOf(condition: Statement['Condition']): (string | undefined)[] {
  if (!condition) return [undefined]
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => values.map((value) => `${operator} ${key} ${value}`)),
  )
}
