// What every client of AWS may rely on, told once and held against each of them: the same calls, the same answers, the
// right errors. Names and limits of the operations are those of the API references of SageMaker, EventBridge, EventBridge
// Scheduler, CloudWatch, CloudWatch Logs, STS and IAM.

import {randomUUID} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {JsonObject} from '../../src/definition/json.ts'
import {pipeline, shell} from '../engine/support/definitions.ts'
import {callback} from '../engine/support/job-definitions.ts'
import {until} from '../engine/support/local-cloud.ts'
import {errorOf, output, type Service, type TimedClient} from './client.ts'
import {lineageContract} from './lineage-contract.ts'
import {servingContract} from './serving-contract.ts'

const roleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'
const mode = {Name: 'mode', Type: 'String', DefaultValue: 'fast'}
const quick = pipeline([shell('hello', 'echo "hello from the job"')], [mode])
const waiting = pipeline([callback('approve', {model: 's3://b/model.tar.gz'}, {decision: 'String'})])

/** `open` gives a client of an engine that knows nothing yet. */
export function contract(open: () => Promise<TimedClient>): void {
  let client: TimedClient
  beforeAll(async () => {
    client = await open()
  })
  afterAll(() => client.close())

  const call = (service: Service, operation: string, input: JsonObject) => output(client, service, operation, input)
  const refusal = (service: Service, operation: string, input: JsonObject) => errorOf(client, service, operation, input)

  async function create(name: string, definition: JsonObject): Promise<string> {
    const made = await call('sagemaker', 'CreatePipeline', {...upload(name, definition), ...token()})
    return String(made.PipelineArn)
  }

  async function start(name: string, more: JsonObject = {}): Promise<string> {
    const input = {PipelineName: name, ...token(), ...more}
    return String((await call('sagemaker', 'StartPipelineExecution', input)).PipelineExecutionArn)
  }

  async function stepsOf(PipelineExecutionArn: string): Promise<JsonObject[]> {
    const listed = await call('sagemaker', 'ListPipelineExecutionSteps', {PipelineExecutionArn, SortOrder: 'Ascending'})
    return listed.PipelineExecutionSteps as JsonObject[]
  }

  async function hasStatus(PipelineExecutionArn: string, status: string): Promise<void> {
    const look = () => call('sagemaker', 'DescribePipelineExecution', {PipelineExecutionArn})
    await until(async () => (await look()).PipelineExecutionStatus === status)
  }

  /** The one execution that the pipeline comes to have without anybody who starts it. */
  async function startedByItself(PipelineName: string) {
    const list = async () => {
      const listed = await call('sagemaker', 'ListPipelineExecutions', {PipelineName})
      return listed.PipelineExecutionSummaries as JsonObject[]
    }
    await until(async () => (await list()).length > 0)
    const [summary, ...more] = await list()
    expect(more).toEqual([])
    const PipelineExecutionArn = String(summary?.PipelineExecutionArn)
    const described = await call('sagemaker', 'DescribePipelineExecution', {PipelineExecutionArn})
    const given = await call('sagemaker', 'ListPipelineParametersForExecution', {PipelineExecutionArn})
    return {description: described.PipelineExecutionDescription, parameters: given.PipelineParameters}
  }

  async function callbackToken(arn: string): Promise<string> {
    const tokenOf = async () =>
      ((await stepsOf(arn))[0]?.Metadata as {Callback?: {CallbackToken?: string}})?.Callback?.CallbackToken
    await until(async () => (await tokenOf()) !== undefined)
    return (await tokenOf()) ?? ''
  }

  servingContract(() => client)

  describe('pipelines', () => {
    it('are created, and described to the letter', async () => {
      const arn = await create('first', quick)
      expect(arn).toBe('arn:aws:sagemaker:us-east-1:000000000000:pipeline/first')
      const described = await call('sagemaker', 'DescribePipeline', {PipelineName: 'first'})
      const expected = {PipelineArn: arn, PipelineName: 'first', RoleArn: roleArn, PipelineStatus: 'Active'}
      expect(described).toMatchObject(expected)
      expect(described.PipelineDefinition).toBe(JSON.stringify(quick))
    })

    it('are given versions', async ({skip}) => {
      await create('versioned', quick)
      const again = pipeline([shell('hello', 'echo again')], [mode])
      await call('sagemaker', 'UpdatePipeline', upload('versioned', again))
      expect(await call('sagemaker', 'DescribePipeline', {PipelineName: 'versioned'})).toMatchObject({
        PipelineDefinition: JSON.stringify(again),
      })
      const listed = await client.call('sagemaker', 'ListPipelineVersions', {PipelineName: 'versioned'})
      if (listed.kind === 'unknown') return skip('this client is older than the versions of a pipeline')
      const versions = (listed.kind === 'output' ? listed.output.PipelineVersionSummaries : []) as JsonObject[]
      expect(versions.map(({PipelineVersionId}) => PipelineVersionId).sort()).toEqual([1, 2])
      const old = await call('sagemaker', 'DescribePipeline', {PipelineName: 'versioned', PipelineVersionId: 1})
      expect(old.PipelineDefinition).toBe(JSON.stringify(quick))
    })

    it('are found by name or ARN, and refused where there is none', async () => {
      const arn = await create('found', quick)
      expect(await call('sagemaker', 'DescribePipeline', {PipelineName: arn})).toMatchObject({PipelineName: 'found'})
      expect(await refusal('sagemaker', 'DescribePipeline', {PipelineName: 'nowhere'})).toBe('ResourceNotFound')
      expect(await refusal('sagemaker', 'UpdatePipeline', upload('nowhere', quick))).toBe('ResourceNotFound')
    })

    it('have one name each, and a definition that can be read', async () => {
      await create('taken', quick)
      const twice = {...upload('taken', quick), ...token()}
      expect(await refusal('sagemaker', 'CreatePipeline', twice)).toBe('ValidationException')
      const broken = {...upload('broken', quick), PipelineDefinition: '{"Steps": [', ...token()}
      expect(await refusal('sagemaker', 'CreatePipeline', broken)).toBe('ValidationException')
    })

    it('are listed page by page', async () => {
      for (const name of ['page-a', 'page-b', 'page-c']) await create(name, quick)
      const names: unknown[] = []
      let NextToken: JsonObject = {}
      do {
        const input = {PipelineNamePrefix: 'page', SortBy: 'Name', SortOrder: 'Ascending', MaxResults: 2, ...NextToken}
        const page = await call('sagemaker', 'ListPipelines', input)
        names.push(...(page.PipelineSummaries as JsonObject[]).map(({PipelineName}) => PipelineName))
        NextToken = typeof page.NextToken === 'string' ? {NextToken: page.NextToken} : {}
      } while ('NextToken' in NextToken)
      expect(names).toEqual(['page-a', 'page-b', 'page-c'])
    })

    it('carry tags', async () => {
      const ResourceArn = await create('tagged', quick)
      await call('sagemaker', 'AddTags', {
        ResourceArn,
        Tags: [
          {Key: 'team', Value: 'ml'},
          {Key: 'cost', Value: '7'},
        ],
      })
      await call('sagemaker', 'DeleteTags', {ResourceArn, TagKeys: ['cost']})
      const {Tags} = await call('sagemaker', 'ListTags', {ResourceArn})
      expect(Tags).toEqual([{Key: 'team', Value: 'ml'}])
    })

    it('go, and are gone', async () => {
      await create('going', quick)
      await call('sagemaker', 'DeletePipeline', {PipelineName: 'going', ...token()})
      expect(await refusal('sagemaker', 'DescribePipeline', {PipelineName: 'going'})).toBe('ResourceNotFound')
    })
  })

  describe('executions', () => {
    it('run to their end, with their parameters, steps, definition and log', async () => {
      await create('runs', quick)
      const PipelineExecutionArn = await start('runs', {PipelineParameters: [{Name: 'mode', Value: 'slow'}]})
      await hasStatus(PipelineExecutionArn, 'Succeeded')

      const [step] = await stepsOf(PipelineExecutionArn)
      expect(step).toMatchObject({StepName: 'hello', StepStatus: 'Succeeded'})
      const parameters = await call('sagemaker', 'ListPipelineParametersForExecution', {PipelineExecutionArn})
      expect(parameters.PipelineParameters).toEqual([{Name: 'mode', Value: 'slow'}])
      const snapshot = await call('sagemaker', 'DescribePipelineDefinitionForExecution', {PipelineExecutionArn})
      expect(snapshot.PipelineDefinition).toBe(JSON.stringify(quick))

      const jobArn = (step?.Metadata as {ProcessingJob?: {Arn: string}} | undefined)?.ProcessingJob?.Arn ?? ''
      const job = jobArn.slice(jobArn.lastIndexOf('/') + 1)
      const described = await call('sagemaker', 'DescribeProcessingJob', {ProcessingJobName: job})
      expect(described).toMatchObject({ProcessingJobStatus: 'Completed', ProcessingJobArn: jobArn})
      const logGroupName = '/aws/sagemaker/ProcessingJobs'
      const streams = await call('logs', 'DescribeLogStreams', {logGroupName, logStreamNamePrefix: `${job}/`})
      const [stream] = streams.logStreams as {logStreamName: string}[]
      const logStreamName = stream?.logStreamName ?? ''
      const {events} = await call('logs', 'GetLogEvents', {logGroupName, logStreamName, startFromHead: true})
      expect((events as {message: string}[]).map(({message}) => message)).toContain('hello from the job')
    })

    it('start once for one token', async () => {
      await create('once', quick)
      const {ClientRequestToken} = token()
      const arns = [await start('once', {ClientRequestToken}), await start('once', {ClientRequestToken})]
      expect(new Set(arns).size).toBe(1)
      const listed = await call('sagemaker', 'ListPipelineExecutions', {PipelineName: 'once'})
      expect(listed.PipelineExecutionSummaries).toHaveLength(1)
    })

    it('are listed newest first, page by page', async () => {
      await create('many', quick)
      const started: string[] = []
      for (let at = 0; at < 3; at += 1) started.unshift(await start('many'))
      const pages: JsonObject[][] = []
      let NextToken: JsonObject = {}
      do {
        const page = await call('sagemaker', 'ListPipelineExecutions', {
          PipelineName: 'many',
          MaxResults: 2,
          ...NextToken,
        })
        pages.push(page.PipelineExecutionSummaries as JsonObject[])
        NextToken = typeof page.NextToken === 'string' ? {NextToken: page.NextToken} : {}
      } while ('NextToken' in NextToken)
      expect(pages.map(({length}) => length)).toEqual([2, 1])
      expect(pages.flat().map(({PipelineExecutionArn}) => PipelineExecutionArn)).toEqual(started)
    })

    it('refuse a parameter that the pipeline has not', async () => {
      await create('strict', quick)
      const PipelineParameters = [{Name: 'colour', Value: 'blue'}]
      const input = {PipelineName: 'strict', PipelineParameters, ...token()}
      expect(await refusal('sagemaker', 'StartPipelineExecution', input)).toBe('ValidationException')
      const nowhere = {PipelineName: 'nowhere', ...token()}
      expect(await refusal('sagemaker', 'StartPipelineExecution', nowhere)).toBe('ResourceNotFound')
    })

    it('stop when they are told to', async () => {
      await create('stops', waiting)
      const PipelineExecutionArn = await start('stops')
      const CallbackToken = await callbackToken(PipelineExecutionArn)
      await call('sagemaker', 'StopPipelineExecution', {PipelineExecutionArn, ...token()})
      // A callback step is told of the stop, and waited for (SageMaker Developer Guide, "Callback step").
      await call('sagemaker', 'SendPipelineExecutionStepFailure', {CallbackToken, FailureReason: 'stopped', ...token()})
      await hasStatus(PipelineExecutionArn, 'Stopped')
    })

    it('fail with a reason, and are retried in place', async () => {
      await create('fails', waiting)
      const PipelineExecutionArn = await start('fails')
      const first = await callbackToken(PipelineExecutionArn)
      const failure = {CallbackToken: first, FailureReason: 'not good enough', ...token()}
      await call('sagemaker', 'SendPipelineExecutionStepFailure', failure)
      await hasStatus(PipelineExecutionArn, 'Failed')
      const [step] = await stepsOf(PipelineExecutionArn)
      expect(step).toMatchObject({StepStatus: 'Failed', FailureReason: expect.stringContaining('not good enough')})

      await call('sagemaker', 'RetryPipelineExecution', {PipelineExecutionArn, ...token()})
      await until(async () => (await callbackToken(PipelineExecutionArn)) !== first)
      const OutputParameters = [{Name: 'decision', Value: 'yes'}]
      const CallbackToken = await callbackToken(PipelineExecutionArn)
      await call('sagemaker', 'SendPipelineExecutionStepSuccess', {CallbackToken, OutputParameters, ...token()})
      await hasStatus(PipelineExecutionArn, 'Succeeded')
    })

    it('that are not there are not found', async () => {
      const PipelineExecutionArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/none/execution/abcdefghijkl'
      expect(await refusal('sagemaker', 'DescribePipelineExecution', {PipelineExecutionArn})).toBe('ResourceNotFound')
    })
  })

  describe('models', () => {
    it('have groups', async () => {
      await call('sagemaker', 'CreateModelPackageGroup', {ModelPackageGroupName: 'churn'})
      const found = await call('sagemaker', 'DescribeModelPackageGroup', {ModelPackageGroupName: 'churn'})
      expect(found).toMatchObject({ModelPackageGroupStatus: 'Completed'})
      const {ModelPackageGroupSummaryList} = await call('sagemaker', 'ListModelPackageGroups', {NameContains: 'chu'})
      expect(ModelPackageGroupSummaryList).toHaveLength(1)
      const {ModelPackageSummaryList} = await call('sagemaker', 'ListModelPackages', {ModelPackageGroupName: 'churn'})
      expect(ModelPackageSummaryList).toEqual([])
    })
  })

  lineageContract(() => client)

  describe('rules', () => {
    const EventPattern = JSON.stringify({source: ['aws.s3'], detail: {object: {key: [{prefix: 'in/'}]}}})
    const target = (pipelineArn: string) => ({
      Id: 'pipeline',
      Arn: pipelineArn,
      RoleArn: roleArn,
      SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'mode', Value: '$.detail.object.key'}]},
    })

    it('are put, read back with their targets, switched, and taken away', async () => {
      const arn = await create('by-rule', quick)
      const put = await call('events', 'PutRule', {Name: 'new-data', EventPattern, Description: 'retrain'})
      expect(put.RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/new-data')
      const targets = await call('events', 'PutTargets', {Rule: 'new-data', Targets: [target(arn)]})
      expect(targets).toMatchObject({FailedEntryCount: 0})

      expect(await call('events', 'DescribeRule', {Name: 'new-data'})).toMatchObject({State: 'ENABLED', EventPattern})
      expect((await call('events', 'ListTargetsByRule', {Rule: 'new-data'})).Targets).toEqual([target(arn)])
      expect((await call('events', 'ListRuleNamesByTarget', {TargetArn: arn})).RuleNames).toEqual(['new-data'])

      await call('events', 'DisableRule', {Name: 'new-data'})
      const {Rules} = await call('events', 'ListRules', {NamePrefix: 'new-'})
      expect(Rules).toMatchObject([{Name: 'new-data', State: 'DISABLED'}])

      expect(await refusal('events', 'DeleteRule', {Name: 'new-data'})).toBe('ValidationException')
      await call('events', 'RemoveTargets', {Rule: 'new-data', Ids: ['pipeline']})
      await call('events', 'DeleteRule', {Name: 'new-data'})
      expect(await refusal('events', 'DescribeRule', {Name: 'new-data'})).toBe('ResourceNotFoundException')
    })

    it('with a rate start executions when it has passed', async () => {
      const arn = await create('by-rate', quick)
      await call('events', 'PutRule', {Name: 'often', ScheduleExpression: 'rate(1 hour)'})
      const PipelineParameterList = [{Name: 'mode', Value: '$.source'}]
      const Targets = [{...target(arn), SageMakerPipelineParameters: {PipelineParameterList}}]
      await call('events', 'PutTargets', {Rule: 'often', Targets})
      client.turnClock(3_600_000)
      expect(await startedByItself('by-rate')).toMatchObject({
        description: expect.stringMatching(/^Started by rule often, event [\da-f-]{36}$/),
        parameters: [{Name: 'mode', Value: 'aws.events'}],
      })
      await call('events', 'DisableRule', {Name: 'often'})
    })

    it('test their patterns', async () => {
      const event = (key: string) => JSON.stringify({...envelope, detail: {object: {key}}})
      const test = (key: string) => call('events', 'TestEventPattern', {EventPattern, Event: event(key)})
      expect(await test('in/new.csv')).toMatchObject({Result: true})
      expect(await test('out/new.csv')).toMatchObject({Result: false})
      const wrong = {EventPattern: '{"source": "aws.s3"}', Event: event('in/new.csv')}
      expect(await refusal('events', 'TestEventPattern', wrong)).toBe('InvalidEventPatternException')
    })
  })

  describe('schedules', () => {
    const schedule = (arn: string, expression: string) => ({
      Name: 'nightly',
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: {Mode: 'OFF'},
      Target: {
        Arn: arn,
        RoleArn: roleArn,
        SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'mode', Value: 'slow'}]},
      },
    })

    it('are created, read back, updated, listed, and taken away', async () => {
      const arn = await create('by-schedule', quick)
      const made = await call('scheduler', 'CreateSchedule', schedule(arn, 'cron(0 3 * * ? *)'))
      expect(made.ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly')
      const found = await call('scheduler', 'GetSchedule', {Name: 'nightly'})
      expect(found).toMatchObject({...schedule(arn, 'cron(0 3 * * ? *)'), State: 'ENABLED', GroupName: 'default'})

      const again = schedule(arn, 'rate(2 hours)')
      expect(await refusal('scheduler', 'CreateSchedule', again)).toBe('ConflictException')
      await call('scheduler', 'UpdateSchedule', again)
      expect(await call('scheduler', 'GetSchedule', {Name: 'nightly'})).toMatchObject({
        ScheduleExpression: 'rate(2 hours)',
      })
      const {Schedules} = await call('scheduler', 'ListSchedules', {NamePrefix: 'night'})
      expect(Schedules).toMatchObject([{Name: 'nightly', Target: {Arn: arn}}])

      await call('scheduler', 'DeleteSchedule', {Name: 'nightly'})
      expect(await refusal('scheduler', 'GetSchedule', {Name: 'nightly'})).toBe('ResourceNotFoundException')
    })

    it('start executions at their time, and go when they are to', async () => {
      const arn = await create('once-by-schedule', quick)
      const soon = new Date(client.now() + 2000).toISOString().slice(0, 19)
      const more = {Name: 'soon', ScheduleExpressionTimezone: 'UTC', ActionAfterCompletion: 'DELETE'}
      await call('scheduler', 'CreateSchedule', {...schedule(arn, `at(${soon})`), ...more})
      expect(await startedByItself('once-by-schedule')).toMatchObject({
        description: `Started by schedule soon, ${soon}Z`,
        parameters: [{Name: 'mode', Value: 'slow'}],
      })
      expect(await refusal('scheduler', 'GetSchedule', {Name: 'soon'})).toBe('ResourceNotFoundException')
    })

    it('with a rate and no StartDate start at once', async () => {
      const arn = await create('at-once', quick)
      await call('scheduler', 'CreateSchedule', {...schedule(arn, 'rate(1 days)'), Name: 'daily'})
      const started = await startedByItself('at-once')
      expect(started).toMatchObject({description: expect.stringMatching(/^Started by schedule daily, /)})
      await call('scheduler', 'DeleteSchedule', {Name: 'daily'})
    })

    it('are refused with an expression that is none', async () => {
      const wrong = schedule(roleArn, 'cron(0 3 * * * *)')
      expect(await refusal('scheduler', 'CreateSchedule', wrong)).toBe('ValidationException')
    })
  })

  describe('alarms', () => {
    const alarm = (AlarmName: string) => ({
      AlarmName,
      Namespace: 'aws/sagemaker/Endpoints/data-metrics',
      MetricName: 'feature_baseline_drift_age',
      Dimensions: [{Name: 'MonitoringSchedule', Value: 'daily'}],
      Statistic: 'Maximum',
      Period: 3600,
      EvaluationPeriods: 1,
      Threshold: 0.25,
      ComparisonOperator: 'GreaterThanThreshold',
    })
    const found = async (name: string) => {
      const {MetricAlarms} = await call('cloudwatch', 'DescribeAlarms', {AlarmNames: [name]})
      return (MetricAlarms as JsonObject[])[0]
    }

    it('are put, read back, listed page by page, and taken away', async () => {
      await call('cloudwatch', 'PutMetricAlarm', {...alarm('drift-a'), Tags: [{Key: 'team', Value: 'ml'}]})
      const AlarmArn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:drift-a'
      expect(await found('drift-a')).toMatchObject({...alarm('drift-a'), AlarmArn, StateValue: 'INSUFFICIENT_DATA'})
      const tags = await call('cloudwatch', 'ListTagsForResource', {ResourceARN: AlarmArn})
      expect(tags.Tags).toEqual([{Key: 'team', Value: 'ml'}])

      for (const name of ['drift-b', 'drift-c']) await call('cloudwatch', 'PutMetricAlarm', alarm(name))
      const named = {AlarmNamePrefix: 'drift-', MaxRecords: 2}
      const first = await call('cloudwatch', 'DescribeAlarms', named)
      const second = await call('cloudwatch', 'DescribeAlarms', {...named, NextToken: String(first.NextToken)})
      const names = [first, second].map((page) => (page.MetricAlarms as JsonObject[]).map(({AlarmName}) => AlarmName))
      expect(names).toEqual([['drift-a', 'drift-b'], ['drift-c']])

      await call('cloudwatch', 'DeleteAlarms', {AlarmNames: ['drift-a', 'drift-b', 'drift-c']})
      expect(await found('drift-a')).toBeUndefined()
      expect(await refusal('cloudwatch', 'DeleteAlarms', {AlarmNames: ['drift-a']})).toMatch(/^ResourceNotFound/)
    })

    it('change their state by hand, and by what their metric is', async () => {
      await call('cloudwatch', 'PutMetricAlarm', alarm('drift'))
      const state = {AlarmName: 'drift', StateValue: 'OK', StateReason: 'by hand'}
      await call('cloudwatch', 'SetAlarmState', state)
      expect(await found('drift')).toMatchObject({StateValue: 'OK', StateReason: 'by hand'})

      const {Namespace, MetricName, Dimensions} = alarm('drift')
      await call('cloudwatch', 'PutMetricData', {Namespace, MetricData: [{MetricName, Dimensions, Value: 0.5}]})
      expect(await found('drift')).toMatchObject({StateValue: 'ALARM'})
      const nowhere = {...state, AlarmName: 'nowhere'}
      expect(await refusal('cloudwatch', 'SetAlarmState', nowhere)).toMatch(/^ResourceNotFound/)
    })

    it('are refused where parts of them do not go together', async () => {
      const both = {...alarm('wrong'), ExtendedStatistic: 'p90'}
      expect(await refusal('cloudwatch', 'PutMetricAlarm', both)).toMatch(/^Validation(Error|Exception)$/)
      const Namespace = 'n'
      const twice = {MetricName: 'm', Value: 1, Values: [1]}
      expect(await refusal('cloudwatch', 'PutMetricData', {Namespace, MetricData: [twice]})).toMatch(
        /^InvalidParameterCombination/,
      )
    })
  })

  describe('the account', () => {
    it('says who is calling', async () => {
      expect(await call('sts', 'GetCallerIdentity', {})).toMatchObject({Account: '000000000000'})
    })

    it('has roles with a trust policy and policies of their own', async () => {
      const trust = policy('sts:AssumeRole', {Principal: {Service: 'events.amazonaws.com'}})
      await call('iam', 'CreateRole', {RoleName: 'starter', AssumeRolePolicyDocument: JSON.stringify(trust)})
      const {Role} = await call('iam', 'GetRole', {RoleName: 'starter'})
      expect(Role).toMatchObject({RoleName: 'starter', Arn: 'arn:aws:iam::000000000000:role/starter'})
      const document = JSON.stringify(policy('sagemaker:StartPipelineExecution', {Resource: '*'}))
      await call('iam', 'PutRolePolicy', {RoleName: 'starter', PolicyName: 'start', PolicyDocument: document})
      expect((await call('iam', 'ListRolePolicies', {RoleName: 'starter'})).PolicyNames).toEqual(['start'])
      expect(await refusal('iam', 'DeleteRole', {RoleName: 'starter'})).toMatch(/^DeleteConflict/)
      await call('iam', 'DeleteRolePolicy', {RoleName: 'starter', PolicyName: 'start'})
      await call('iam', 'DeleteRole', {RoleName: 'starter'})
      expect(await refusal('iam', 'GetRole', {RoleName: 'starter'})).toMatch(/^NoSuchEntity/)
    })
  })
}

const envelope = {
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '000000000000',
  time: '2026-11-01T10:00:00Z',
  region: 'us-east-1',
  resources: [],
}

function upload(name: string, definition: JsonObject): JsonObject {
  return {PipelineName: name, PipelineDefinition: JSON.stringify(definition), RoleArn: roleArn}
}

function token() {
  return {ClientRequestToken: randomUUID()}
}

function policy(Action: string, more: JsonObject): JsonObject {
  return {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action, ...more}]}
}
