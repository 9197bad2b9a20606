// Callback steps: a message in the queue's file, a token, and one answer from whatever process.

import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  SendPipelineExecutionStepFailureCommand,
  SendPipelineExecutionStepSuccessCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {get, join as joined, shell} from '../support/definitions.ts'
import {callback, pipelineWithHints} from '../support/job-definitions.ts'
import {
  type LocalCloud,
  localCloud,
  outcomeOf,
  putPipeline,
  run,
  start,
  stepsOf,
  until,
} from '../support/local-cloud.ts'
import {spawnWorker} from '../support/spawn-worker.ts'

const approve = callback('approve', {model: 's3://b/model.tar.gz'}, {decision: 'String', score: 'Float'})
const after = shell('after', '[ "$DECISION $SCORE" = "yes 0.5" ]', {
  environment: {
    DECISION: get("Steps.approve.OutputParameters['decision']"),
    SCORE: joined('', get("Steps.approve.OutputParameters['score']")),
  },
})
const answers = [
  {Name: 'decision', Value: 'yes'},
  {Name: 'score', Value: '0.50'},
]

async function startWaiting(cloud: LocalCloud): Promise<{arn: string; token: string}> {
  await putPipeline(cloud, 'p', pipelineWithHints([approve, after], {}))
  const arn = await start(cloud, 'p')
  return {arn, token: await waitingToken(cloud, arn)}
}

async function waitingToken(cloud: LocalCloud, arn: string): Promise<string> {
  const tokenOf = async () => (await stepsOf(cloud, arn))[0]?.Metadata?.Callback?.CallbackToken
  await until(async () => (await tokenOf()) !== undefined)
  return (await tokenOf()) ?? ''
}

function queue(cloud: LocalCloud): unknown[] {
  const file = join(cloud.stateDirectory, 'queues', 'approvals.ndjson')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

function succeed(cloud: LocalCloud, CallbackToken: string, OutputParameters = answers) {
  return cloud.sageMaker.send(new SendPipelineExecutionStepSuccessCommand({CallbackToken, OutputParameters}))
}

function refuse(cloud: LocalCloud, CallbackToken: string, FailureReason?: string) {
  return cloud.sageMaker.send(new SendPipelineExecutionStepFailureCommand({CallbackToken, FailureReason}))
}

it('sends its message, waits, and goes on with the outputs of the answer in their types', async () => {
  const cloud = localCloud()
  const {arn, token} = await startWaiting(cloud)
  expect(token).toMatch(/^[A-Za-z0-9]{10}$/)
  expect(queue(cloud)).toEqual([
    {token, pipelineExecutionArn: arn, arguments: {model: 's3://b/model.tar.gz'}, status: 'Executing'},
  ])
  const [waiting] = await stepsOf(cloud, arn)
  expect(waiting).toMatchObject({StepStatus: 'Executing', Metadata: {Callback: {CallbackToken: token}}})

  expect((await succeed(cloud, token)).PipelineExecutionArn).toBe(arn)
  await cloud.engine.idle()
  const finished = await outcomeOf(cloud, arn)
  expect(finished.status).toBe('Succeeded')
  expect(finished.step('approve')?.Metadata?.Callback).toEqual({
    CallbackToken: token,
    SqsQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/approvals',
    OutputParameters: [
      {Name: 'decision', Value: 'yes'},
      {Name: 'score', Value: '0.5'},
    ],
  })
})

it('fails with the reason of the answer', async () => {
  const cloud = localCloud()
  const {arn, token} = await startWaiting(cloud)
  await refuse(cloud, token, 'too old')
  await cloud.engine.idle()
  const finished = await outcomeOf(cloud, arn)
  expect(finished.steps).toMatchObject([{StepName: 'approve', StepStatus: 'Failed', FailureReason: 'too old'}])
  expect(finished.status).toBe('Failed')
})

// Developer Guide, "Callback step": "A pipeline execution won't stop while a callback step is running."
it('sends a second message at a stop, and stops only when it is answered', async () => {
  const cloud = localCloud()
  const {arn, token} = await startWaiting(cloud)
  await cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn: arn}))
  await until(() => queue(cloud).length === 2)
  expect(queue(cloud)[1]).toMatchObject({token, pipelineExecutionArn: arn, status: 'Stopping'})
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await outcomeOf(cloud, arn)).toMatchObject({status: 'Stopping', steps: [{StepStatus: 'Stopping'}]})

  await succeed(cloud, token)
  await cloud.engine.idle()
  expect(await outcomeOf(cloud, arn)).toMatchObject({status: 'Stopped', steps: [{StepStatus: 'Stopped'}]})
  expect(queue(cloud)).toHaveLength(2)
})

it('is answered by another process than the one that waits', async () => {
  const cloud = localCloud({launch: () => {}})
  await putPipeline(cloud, 'p', pipelineWithHints([approve, after], {}))
  const arn = await start(cloud, 'p')
  const worker = spawnWorker(cloud.stateDirectory, 'run', arn)
  await succeed(cloud, await waitingToken(cloud, arn))
  expect(await worker.exitCode).toBe(0)
  expect((await outcomeOf(cloud, arn)).status).toBe('Succeeded')
})

it('takes no answer for a callback whose process has been killed', async () => {
  const cloud = localCloud({launch: () => {}})
  await putPipeline(cloud, 'p', pipelineWithHints([approve], {}))
  const arn = await start(cloud, 'p')
  const worker = spawnWorker(cloud.stateDirectory, 'run', arn)
  const token = await waitingToken(cloud, arn)
  worker.process.kill('SIGKILL')
  await worker.exitCode
  await expect(succeed(cloud, token)).rejects.toMatchObject({name: 'ConflictException'})
  expect(await outcomeOf(cloud, arn)).toMatchObject({status: 'Failed', steps: [{StepStatus: 'Failed'}]})
})

it('takes one answer only', async () => {
  const cloud = localCloud()
  const {arn, token} = await startWaiting(cloud)
  const ClientRequestToken = 't'.repeat(32)
  const once = {CallbackToken: token, OutputParameters: answers, ClientRequestToken}
  await cloud.sageMaker.send(new SendPipelineExecutionStepSuccessCommand(once))
  const again = await cloud.sageMaker.send(new SendPipelineExecutionStepSuccessCommand(once))
  expect(again.PipelineExecutionArn).toBe(arn)
  await expect(refuse(cloud, token)).rejects.toMatchObject({name: 'ConflictException'})
  await cloud.engine.idle()
  await expect(succeed(cloud, token)).rejects.toMatchObject({name: 'ConflictException'})
})

it('does not know a token that differs in the case of a letter', async () => {
  const cloud = localCloud()
  const {token} = await startWaiting(cloud)
  const other = token.replaceAll(/[a-zA-Z]/g, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  )
  await expect(succeed(cloud, other)).rejects.toMatchObject({name: 'ResourceNotFound'})
  await expect(refuse(cloud, 'aaaaaaaaaa')).rejects.toMatchObject({name: 'ResourceNotFound'})
})

it.each([
  ['an output that the step declares', [{Name: 'decision', Value: 'yes'}], '[score], which the step declares'],
  [
    'the type of an output',
    [
      {Name: 'decision', Value: 'yes'},
      {Name: 'score', Value: 'high'},
    ],
    "'score' must be of type Float: 'high' is not",
  ],
])('refuses an answer that misses %s, and goes on waiting', async (_name, outputs, message) => {
  const cloud = localCloud()
  const {arn, token} = await startWaiting(cloud)
  await expect(succeed(cloud, token, outputs)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
  expect((await outcomeOf(cloud, arn)).status).toBe('Executing')
  await succeed(cloud, token)
})

// API reference: CallbackToken has 10 letters and digits, at most 50 outputs, FailureReason at most 256 characters.
it.each<[string, (cloud: LocalCloud) => Promise<unknown>, string]>([
  ['a short token', (cloud) => succeed(cloud, 'short'), "at 'callbackToken' failed to satisfy constraint"],
  ['a token with a dash', (cloud) => succeed(cloud, 'abc-efghij'), 'must satisfy regular expression pattern'],
  [
    '51 outputs',
    (cloud) =>
      succeed(
        cloud,
        'aaaaaaaaaa',
        Array.from({length: 51}, () => ({Name: 'a', Value: ''})),
      ),
    'length less than or equal to 50',
  ],
  ['a long reason', (cloud) => refuse(cloud, 'aaaaaaaaaa', 'r'.repeat(257)), 'length less than or equal to 256'],
])('refuses %s', async (_name, send, message) => {
  await expect(send(localCloud())).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
})

it('answers itself when it is to be rehearsed', async () => {
  const cloud = localCloud()
  const hints = {approve: {runner: 'simulate', outputs: {decision: 'yes', score: 0.5}}}
  await putPipeline(cloud, 'p', pipelineWithHints([approve, after], hints))
  const finished = await run(cloud, 'p')
  expect(finished.status).toBe('Succeeded')
  expect(finished.step('approve')?.StepDescription).toMatch(/^\[simulated\] /)
  expect(queue(cloud)).toEqual([])
})

it('leaves the cores to other steps while it waits', async () => {
  const cloud = localCloud()
  const waiting = Array.from({length: 40}, (_, index) => callback(`wait-${index}`, {}, {}))
  await putPipeline(cloud, 'p', pipelineWithHints([...waiting, shell('work', 'true')], {}))
  const arn = await start(cloud, 'p')
  await until(async () => (await stepsOf(cloud, arn)).some((step) => step.StepStatus === 'Succeeded'))
  expect((await stepsOf(cloud, arn)).filter(({StepStatus}) => StepStatus === 'Executing')).toHaveLength(40)
})
