// RetryPipelineExecution: what is kept, what runs again, what is refused.

import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import {
  DescribePipelineExecutionCommand,
  RetryPipelineExecutionCommand,
  type RetryPipelineExecutionCommandInput,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {tempDir} from '../../support/temp-dir.ts'
import {after, condition, equals, fail, pipeline, shell} from '../support/definitions.ts'
import {type LocalCloud, localCloud, outcomeOf, putPipeline, run, start, until} from '../support/local-cloud.ts'
import {spawnWorker} from '../support/spawn-worker.ts'

function send(cloud: LocalCloud, arn: string, input: Partial<RetryPipelineExecutionCommandInput> = {}) {
  return cloud.sageMaker.send(new RetryPipelineExecutionCommand({PipelineExecutionArn: arn, ...input}))
}

async function retry(cloud: LocalCloud, arn: string) {
  expect(await send(cloud, arn)).toMatchObject({PipelineExecutionArn: arn})
  await cloud.engine.idle()
  return outcomeOf(cloud, arn)
}

const stopped = (cloud: LocalCloud, arn: string) =>
  cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn: arn}))

const note = (file: string, word: string) => `echo ${word} >> ${file}`

/** a succeeds, b fails until the file `mended` is there, c comes after b; each notes that it ran. */
function mendable(directory: string) {
  const log = joinPath(directory, 'log')
  const mended = joinPath(directory, 'mended')
  const definition = pipeline([
    shell('a', note(log, 'a')),
    shell('b', `${note(log, 'b')}; test -e ${mended}`, {envelope: after('a')}),
    shell('c', note(log, 'c'), {envelope: after('b')}),
  ])
  return {definition, mend: () => writeFileSync(mended, ''), ran: () => readFileSync(log, 'utf8').split('\n').join('')}
}

it('keeps what had succeeded, and runs what had failed and what waits for it', async () => {
  const cloud = localCloud()
  const {definition, mend, ran} = mendable(tempDir())
  await putPipeline(cloud, 'p', definition)
  const failed = await run(cloud, 'p')
  expect(failed.status).toBe('Failed')
  const jobOf = (finished: typeof failed, name: string) => finished.step(name)?.Metadata?.ProcessingJob?.Arn
  mend()

  const retried = await retry(cloud, failed.arn)
  expect(retried.status).toBe('Succeeded')
  expect(retried.failureReason).toBeUndefined()
  expect(ran()).toBe('abbc')
  expect(retried.steps.map(({StepName, StepStatus}) => `${StepName} ${StepStatus}`)).toEqual([
    'a Succeeded',
    'b Succeeded',
    'c Succeeded',
  ])
  expect(retried.step('a')).toEqual(failed.step('a'))
  // By the API reference it counts what the step's own retry policy tries again.
  expect(retried.step('b')?.AttemptCount).toBe(1)
  expect(jobOf(retried, 'b')).not.toBe(jobOf(failed, 'b'))
})

it('can fail again and be retried again, with the definition that it was started with', async () => {
  const cloud = localCloud()
  const {definition, mend, ran} = mendable(tempDir())
  await putPipeline(cloud, 'p', definition)
  const {arn} = await run(cloud, 'p')
  await putPipeline(cloud, 'p', pipeline([shell('elsewhere', 'true')]))
  expect((await retry(cloud, arn)).status).toBe('Failed')
  mend()
  expect((await retry(cloud, arn)).steps.map(({StepName}) => StepName)).toEqual(['a', 'b', 'c'])
  expect(ran()).toBe('abbbc')
})

it('retries once for one token', async () => {
  const cloud = localCloud()
  const {definition, ran} = mendable(tempDir())
  await putPipeline(cloud, 'p', definition)
  const {arn} = await run(cloud, 'p')
  const ClientRequestToken = 't'.repeat(32)
  await send(cloud, arn, {ClientRequestToken})
  await send(cloud, arn, {ClientRequestToken})
  await cloud.engine.idle()
  await send(cloud, arn, {ClientRequestToken})
  await cloud.engine.idle()
  expect(ran()).toBe('abb')
})

it('takes a new parallelism', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'p', mendable(tempDir()).definition)
  const {arn} = await run(cloud, 'p')
  await send(cloud, arn, {ParallelismConfiguration: {MaxParallelExecutionSteps: 3}})
  await cloud.engine.idle()
  const described = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: arn}))
  expect(described.ParallelismConfiguration).toEqual({MaxParallelExecutionSteps: 3})
})

it('goes on after a stop, and after the end of the process that ran it', async () => {
  const directory = tempDir()
  const hold = joinPath(directory, 'hold')
  const started = joinPath(directory, 'started')
  const wait = `touch ${started}; while [ -e ${hold} ]; do sleep 0.05; done`
  const cloud = localCloud()
  await putPipeline(cloud, 'p', pipeline([shell('a', 'true'), shell('b', wait, {envelope: after('a')})]))
  writeFileSync(hold, '')
  const arn = await start(cloud, 'p')
  await until(() => existsSync(started))
  await stopped(cloud, arn)
  await cloud.engine.idle()
  expect((await outcomeOf(cloud, arn)).status).toBe('Stopped')

  rmSync(started)
  await send(cloud, arn)
  await until(() => existsSync(started))
  cloud.engine.kill()
  expect((await outcomeOf(cloud, arn)).status).toBe('Stopped')
  rmSync(hold)
  expect((await retry(cloud, arn)).status).toBe('Succeeded')

  writeFileSync(hold, '')
  rmSync(started)
  const worker = spawnWorker(cloud.stateDirectory, 'start', 'p')
  const lost = await worker.line
  await until(() => existsSync(started))
  worker.process.kill('SIGKILL')
  await worker.exitCode
  rmSync(hold)
  const found = await retry(cloud, lost)
  expect(found.steps.map(({StepStatus}) => StepStatus)).toEqual(['Succeeded', 'Succeeded'])
})

it('is handed over to a worker where starts are, and can be stopped before one comes', async () => {
  const cloud = localCloud()
  const {definition, mend} = mendable(tempDir())
  await putPipeline(cloud, 'p', definition)
  const {arn} = await run(cloud, 'p')
  mend()
  const launched: string[] = []
  const handing = localCloud({stateDirectory: cloud.stateDirectory, launch: (one) => launched.push(one)})
  await send(handing, arn)
  await stopped(handing, arn)
  expect((await outcomeOf(handing, arn)).status).toBe('Stopped')
  await send(handing, arn)
  expect(launched).toEqual([arn, arn])
  expect((await outcomeOf(handing, arn)).status).toBe('Executing')
  expect(await spawnWorker(cloud.stateDirectory, 'run', arn).exitCode).toBe(0)
  expect((await outcomeOf(handing, arn)).status).toBe('Succeeded')
})

it('keeps the outcome of a condition and the selection of a selective execution', async () => {
  const cloud = localCloud()
  const mended = joinPath(tempDir(), 'mended')
  const gate = condition('gate', [equals('x', 'x')], {
    then: [shell('yes', `test -e ${mended}`)],
    otherwise: [shell('no', 'true')],
  })
  await putPipeline(cloud, 'p', pipeline([shell('a', 'true'), gate, shell('beside', 'true')]))
  const {arn} = await run(cloud, 'p', {
    SelectiveExecutionConfig: {SelectedSteps: [{StepName: 'gate'}, {StepName: 'yes'}, {StepName: 'no'}]},
  })
  writeFileSync(mended, '')
  const retried = await retry(cloud, arn)
  expect(retried.steps.map(({StepName, StepStatus}) => `${StepName} ${StepStatus}`)).toEqual([
    'gate Succeeded',
    'yes Succeeded',
  ])
})

it('is refused for an execution that succeeded, that runs, or that a Fail step ended', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'good', pipeline([shell('a', 'true')]))
  await putPipeline(cloud, 'slow', pipeline([shell('a', 'sleep 60')]))
  await putPipeline(cloud, 'failing', pipeline([fail('no', 'not good enough')]))
  const good = await run(cloud, 'good')
  const failing = await run(cloud, 'failing')
  const slow = await start(cloud, 'slow')
  const refused = (words: string) => ({name: 'ValidationException', message: expect.stringContaining(words)})
  await expect(send(cloud, good.arn)).rejects.toMatchObject(refused('is in Succeeded status and can not be retried'))
  await expect(send(cloud, slow)).rejects.toMatchObject(refused('is in Executing status and can not be retried'))
  await expect(send(cloud, failing.arn)).rejects.toMatchObject(refused('was ended by the Fail step [no]'))
  await expect(send(cloud, `${good.arn}x`)).rejects.toMatchObject({name: 'ResourceNotFound'})
})
