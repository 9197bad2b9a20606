// `mlpipe local serve` starts pipelines by itself: for a file that comes into a watched folder, and at a time, also one that
// passed while no server was there.

import {EventBridgeClient, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {
  CreatePipelineCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  ListPipelineParametersForExecutionCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import {CreateScheduleCommand, SchedulerClient} from '@aws-sdk/client-scheduler'
import {expect, it} from 'vitest'
import {pipeline, shell} from '../engine/support/definitions.ts'
import {until} from '../engine/support/local-cloud.ts'
import {serving, startServe} from '../support/serving.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const RoleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'
const key = {Name: 'key', Type: 'String', DefaultValue: 'none'}
const definition = JSON.stringify(pipeline([shell('say', 'echo hello')], [key]))

function clientsAt(endpoint: string) {
  const credentials = {accessKeyId: 'local', secretAccessKey: 'local'}
  const config = {endpoint, region: 'us-east-1', credentials}
  const sageMaker = new SageMakerClient(config)
  return {
    events: new EventBridgeClient(config),
    scheduler: new SchedulerClient(config),
    async create(PipelineName: string): Promise<string> {
      const made = {PipelineName, PipelineDefinition: definition, RoleArn}
      return (await sageMaker.send(new CreatePipelineCommand(made))).PipelineArn ?? ''
    },
    /** Once there are some. */
    async startedOf(PipelineName: string) {
      const list = async () =>
        (await sageMaker.send(new ListPipelineExecutionsCommand({PipelineName}))).PipelineExecutionSummaries ?? []
      await until(async () => (await list()).length > 0)
      return Promise.all(
        (await list()).map(async ({PipelineExecutionArn}) => {
          const described = await sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))
          const given = await sageMaker.send(new ListPipelineParametersForExecutionCommand({PipelineExecutionArn}))
          const parameters = given.PipelineParameters?.map(({Name, Value}) => `${Name}=${Value}`)
          return {description: described.PipelineExecutionDescription, parameters}
        }),
      )
    },
  }
}

it('for a file in a watched folder, once, and at a time that passed while it was down', async () => {
  const directory = tempDir({'incoming/.keep': ''})
  const argv = ['--verbose', '--watch', 'incoming=s3://data/in']
  const first = await serving(directory, ...argv)
  expect(first.stdout()).toContain('# rules and schedules fire while it runs: 0 rules and 0 schedules stand ready\n')
  const before = clientsAt(first.endpoint)
  const Arn = await before.create('by-file')
  const EventPattern = JSON.stringify({source: ['aws.s3'], detail: {object: {key: [{prefix: 'in/'}]}}})
  await before.events.send(new PutRuleCommand({Name: 'new-data', EventPattern}))
  const PipelineParameterList = [{Name: 'key', Value: '$.detail.object.key'}]
  const target = {Id: 'one', Arn, RoleArn, SageMakerPipelineParameters: {PipelineParameterList}}
  await before.events.send(new PutTargetsCommand({Rule: 'new-data', Targets: [target]}))
  writeFiles(directory, {'incoming/new.csv': 'a,b\n'})
  const started = [
    {description: expect.stringMatching(/^Started by rule new-data, event /), parameters: ['key=in/new.csv']},
  ]
  expect(await before.startedOf('by-file')).toEqual(started)
  expect(first.stderr()).toMatch(/^made the bucket data\nthe bucket data sends its events to EventBridge from now on$/m)
  expect(first.stderr()).toMatch(/^took new\.csv, 4 bytes, as s3:\/\/data\/in\/new\.csv$/m)
  expect(first.stderr()).toMatch(/^rule new-data started arn:aws:sagemaker:.*:pipeline\/by-file\/execution\/\w+$/m)

  const dueMs = Date.now() + 3000
  const time = new Date(dueMs).toISOString().slice(0, 19)
  await before.scheduler.send(
    new CreateScheduleCommand({
      Name: 'soon',
      ScheduleExpression: `at(${time})`,
      FlexibleTimeWindow: {Mode: 'OFF'},
      Target: {Arn: await before.create('by-time'), RoleArn},
    }),
  )
  first.child.kill('SIGKILL')
  await first.ended
  await until(() => Date.now() > dueMs)

  const second = await serving(directory, ...argv)
  expect(second.stdout()).toContain('1 rule and 1 schedule stand ready\n')
  const after = clientsAt(second.endpoint)
  expect(await after.startedOf('by-time')).toEqual([
    {description: `Started by schedule soon, ${time}Z`, parameters: ['key=none']},
  ])
  expect(second.stderr()).toMatch(new RegExp(`^fired schedule default/soon, ${time}Z, to 1 target$`, 'm'))
  writeFiles(directory, {'incoming/other.csv': 'c,d\n'})
  await until(() => second.stderr().includes('took other.csv'))
  await until(async () => (await after.startedOf('by-file')).length === 2)
  expect(second.stderr()).not.toContain('took new.csv')
  second.child.kill('SIGTERM')
  expect((await second.ended).code).toBe(0)
}, 120_000)

it('and says before it is ready what it cannot watch', async () => {
  const {code, stdout, stderr} = await startServe(tempDir(), ['--watch', 'incoming=s3://data/in']).ended
  expect(stderr).toBe('error: cannot watch incoming: there is no such folder\n  next: mkdir -p incoming\n')
  expect({code, stdout}).toEqual({code: 64, stdout: ''})
})
