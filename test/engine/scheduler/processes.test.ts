// Several processes on one state directory: stop from another one, crash and recovery, workers that are handed work.

import {existsSync, readdirSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import {DescribePipelineExecutionCommand, StopPipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {tempDir} from '../../support/temp-dir.ts'
import {after, cached, pipeline, shell} from '../support/definitions.ts'
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

function stop(cloud: LocalCloud, arn: string) {
  return cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn: arn}))
}

async function isExecuting(cloud: LocalCloud, arn: string, stepName: string): Promise<boolean> {
  const step = (await stepsOf(cloud, arn)).find(({StepName}) => StepName === stepName)
  return step?.StepStatus === 'Executing'
}

it('stops an execution: jobs end, steps are Stopped, nothing new starts', async () => {
  const cloud = localCloud()
  const directory = tempDir()
  const script = `touch ${directory}/started; sleep 60`
  await putPipeline(cloud, 'long', pipeline([shell('a', script), shell('b', 'true', {envelope: after('a')})]))
  const arn = await start(cloud, 'long')
  await until(() => existsSync(joinPath(directory, 'started')))
  await stop(cloud, arn)
  await cloud.engine.idle()
  const finished = await outcomeOf(cloud, arn)
  expect(finished.status).toBe('Stopped')
  expect(finished.steps.map(({StepName, StepStatus}) => [StepName, StepStatus])).toEqual([['a', 'Stopped']])
  await expect(stop(cloud, arn)).rejects.toMatchObject({name: 'ValidationException'})
})

it('is stopped by an engine that does not run it', async () => {
  const owner = localCloud()
  const other = localCloud({stateDirectory: owner.stateDirectory})
  await putPipeline(owner, 'long', pipeline([shell('a', 'sleep 60')]))
  const arn = await start(owner, 'long')
  await until(() => isExecuting(other, arn, 'a'))
  await stop(other, arn)
  await owner.engine.idle()
  expect((await outcomeOf(other, arn)).status).toBe('Stopped')
})

it('kills everything at once and writes Stopped before it returns', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'long', pipeline([shell('a', 'trap "" TERM; sleep 60')]))
  const arn = await start(cloud, 'long')
  await until(() => isExecuting(cloud, arn, 'a'))
  cloud.engine.kill()
  const finished = await outcomeOf(cloud, arn)
  expect(finished.status).toBe('Stopped')
  expect(finished.step('a')?.StepStatus).toBe('Stopped')
})

it('finds an execution whose process was killed, says so once, and reuses what had succeeded', async () => {
  const cloud = localCloud()
  const steps = [
    shell('good', 'true', {envelope: cached}),
    shell('long', 'sleep 60', {envelope: {...cached, ...after('good')}}),
  ]
  await putPipeline(cloud, 'crash', pipeline(steps))
  const worker = spawnWorker(cloud.stateDirectory, 'start', 'crash')
  const arn = await worker.line
  await until(() => isExecuting(cloud, arn, 'long'))
  expect(localCloud({stateDirectory: cloud.stateDirectory}).engine.recovered).toEqual([])
  worker.process.kill('SIGKILL')
  await worker.exitCode

  const next = localCloud({stateDirectory: cloud.stateDirectory})
  expect(next.engine.recovered).toEqual([{arn, pipelineName: 'crash', interruptedSteps: ['long']}])
  expect(readdirSync(joinPath(cloud.stateDirectory, 'jobs'))).toEqual([])
  expect(localCloud({stateDirectory: cloud.stateDirectory}).engine.recovered).toEqual([])
  const finished = await outcomeOf(next, arn)
  expect(finished.status).toBe('Failed')
  expect(finished.step('good')?.StepStatus).toBe('Succeeded')
  expect(finished.step('long')).toMatchObject({
    StepStatus: 'Failed',
    FailureReason: 'the process that ran this execution ended before the step did',
  })

  await putPipeline(next, 'crash', pipeline([steps[0] ?? {}]))
  const again = await run(next, 'crash')
  expect(again.step('good')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(arn)
})

it('tells a client that waits when the process that ran the execution dies', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'watch', pipeline([shell('long', 'sleep 60')]))
  const worker = spawnWorker(cloud.stateDirectory, 'start', 'watch')
  const arn = await worker.line
  await until(() => isExecuting(cloud, arn, 'long'))
  worker.process.kill('SIGKILL')
  await worker.exitCode
  expect((await outcomeOf(cloud, arn)).status).toBe('Failed')
})

it('hands an execution over to a worker, which runs it to its end', async () => {
  const launched: string[] = []
  const cloud = localCloud({launch: (arn) => launched.push(arn)})
  await putPipeline(cloud, 'hand', pipeline([shell('a', 'true')]))
  const arn = await start(cloud, 'hand')
  expect(launched).toEqual([arn])
  expect((await outcomeOf(cloud, arn)).status).toBe('Executing')
  expect(await spawnWorker(cloud.stateDirectory, 'run', arn).exitCode).toBe(0)
  expect((await outcomeOf(cloud, arn)).status).toBe('Succeeded')
})

it('runs a handed-over execution once, however many claim it', async () => {
  const count = joinPath(tempDir(), 'count')
  const cloud = localCloud({launch: () => {}})
  await putPipeline(cloud, 'once', pipeline([shell('a', `mkdir ${count}`)]))
  const arn = await start(cloud, 'once')
  const others = [1, 2, 3].map(() => localCloud({stateDirectory: cloud.stateDirectory}))
  await Promise.all(others.map(({engine}) => engine.runExecution(arn)))
  await Promise.all(others.map(({engine}) => engine.idle()))
  expect(await outcomeOf(cloud, arn)).toMatchObject({status: 'Succeeded'})
})

it('fails an execution whose worker never comes', async () => {
  let time = Date.UTC(2026, 0, 1)
  const cloud = localCloud({launch: () => {}, now: () => time})
  await putPipeline(cloud, 'lost', pipeline([shell('a', 'true')]))
  const arn = await start(cloud, 'lost')
  time += 59_000
  expect((await outcomeOf(cloud, arn)).status).toBe('Executing')
  time += 2_000
  expect(await outcomeOf(cloud, arn)).toMatchObject({
    status: 'Failed',
    failureReason: 'the process that was to run this execution never started',
  })
})

it('stops a handed-over execution that nobody has claimed at once', async () => {
  const cloud = localCloud({launch: () => {}})
  await putPipeline(cloud, 'unclaimed', pipeline([shell('a', 'true')]))
  const arn = await start(cloud, 'unclaimed')
  await stop(cloud, arn)
  const described = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: arn}))
  expect(described.PipelineExecutionStatus).toBe('Stopped')
})

it('says why when the worker cannot be started', async () => {
  const cloud = localCloud({
    launch: () => {
      throw new Error('no more processes')
    },
  })
  await putPipeline(cloud, 'unlaunched', pipeline([shell('a', 'true')]))
  const finished = await outcomeOf(cloud, await start(cloud, 'unlaunched'))
  expect(finished.status).toBe('Failed')
  expect(finished.failureReason).toContain('no more processes')
})

it('lets two engines run executions of one pipeline on one directory at once', async () => {
  const one = localCloud()
  const two = localCloud({stateDirectory: one.stateDirectory})
  const steps = Array.from({length: 20}, (_, index) => shell(`s${index}`, 'true', {envelope: cached}))
  await putPipeline(one, 'shared', pipeline(steps))
  const finished = await Promise.all([run(one, 'shared'), run(two, 'shared')])
  expect(finished.map(({status}) => status)).toEqual(['Succeeded', 'Succeeded'])
  expect(finished.map(({steps: ran}) => ran.length)).toEqual([20, 20])
})

// As when the disk is full while the execution ends, and no longer when somebody asks.
it('closes an execution of its own whose end could not be written, so that nobody waits for it for ever', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'full', pipeline([shell('a', 'true')]))
  const db = openDatabase(cloud.stateDirectory)
  const full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
  db.run(`CREATE TRIGGER fullSteps BEFORE INSERT ON steps WHEN NEW.status = 'Succeeded' ${full}`)
  db.run(`CREATE TRIGGER fullExecutions BEFORE UPDATE ON executions ${full}`)
  const arn = await start(cloud, 'full')
  await cloud.engine.idle()
  await expect(outcomeOf(cloud, arn)).rejects.toThrow('disk is full')
  db.run('DROP TRIGGER fullSteps')
  db.run('DROP TRIGGER fullExecutions')
  db.close()
  const finished = await outcomeOf(cloud, arn)
  expect(finished.status).toBe('Failed')
  expect(finished.step('a')?.StepStatus).toBe('Failed')
})
