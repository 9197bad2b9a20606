// A history that is not whole: the forecast stays true, or says what it does not know.

import {join} from 'node:path'
import {expect, it, onTestFinished} from 'vitest'
import type {Cloud} from '../../src/cloud/ports.ts'
import {ServiceError} from '../../src/cloud/service-error.ts'
import type {JsonObject} from '../../src/definition/json.ts'
import {historyFiles} from '../../src/project/history-files.ts'
import {tempDir} from '../support/temp-dir.ts'
import {openSimulatedTarget, predict, type SimulatedTarget} from './simulated-target.ts'

function definition(...scripts: string[]): JsonObject {
  const steps = scripts.map((script, index) => ({
    Name: `s${index}`,
    Type: 'Processing',
    CacheConfig: {Enabled: true, ExpireAfter: 'P30D'},
    Arguments: {
      ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
      AppSpecification: {ImageUri: 'image', ContainerEntrypoint: [script]},
      RoleArn: 'arn:aws:iam::000000000000:role/one',
      ProcessingOutputConfig: {
        Outputs: [
          {
            OutputName: 'out',
            S3Output: {S3Uri: `s3://bucket/s${index}`, LocalPath: '/opt/ml/x', S3UploadMode: 'EndOfJob'},
          },
        ],
      },
    },
  }))
  return {Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: steps}
}

/** Ten executions: `old` in the first, `a`, `b` … in the others, and the last of them once more. */
async function longStory(): Promise<SimulatedTarget> {
  const target = await openSimulatedTarget()
  onTestFinished(() => target.close())
  for (const script of ['old', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'h']) {
    target.clock.nowMs += 60_000
    await target.deploy(definition(script, 'same'))
    await target.run({})
  }
  return target
}

function forecast({cloud, clock}: SimulatedTarget, over: Partial<Cloud['executions']> = {}) {
  const limited = {...cloud, executions: {...cloud.executions, ...over}}
  return predict(limited, {}, clock.nowMs, historyFiles(join(tempDir(), 'none'), 'local'))
}

function failing(code: string): () => never {
  return () => {
    const cause = new Error('Rate exceeded')
    throw new ServiceError({
      code,
      message: 'ListPipelineExecutionSteps was throttled',
      nextSteps: [],
      cause,
      operation: 'x',
    })
  }
}

it('an older success is found however far back it lies', async () => {
  const target = await longStory()
  await target.deploy(definition('old', 'same'))
  const [changed, same] = (await forecast(target)).steps
  expect(changed?.verdict.kind).toBe('hit')
  expect(same?.verdict.kind).toBe('hit')
  expect((await target.run({})).get('s0')?.cachedFrom).toBeDefined()
})

it('throttled half-way, what could have been found further back is unknown, and says so', async () => {
  const target = await longStory()
  await target.deploy(definition('old', 'h'))
  let calls = 0
  const steps: Cloud['executions']['steps'] = async (arn) => {
    calls += 1
    return calls > 5 ? failing('throttled')() : target.cloud.executions.steps(arn)
  }
  const prediction = await forecast(target, {steps})
  expect(prediction.steps[0]?.verdict).toMatchObject({
    kind: 'unknown',
    reasons: [{code: 'history-incomplete', detail: expect.stringContaining('was throttled')}],
  })
  expect(prediction.history.gap).toContain('cut short')
  expect(calls).toBeLessThan(12)
})

it('an execution that is there no more is passed over', async () => {
  const target = await longStory()
  await target.deploy(definition('new', 'same'))
  const [, newest] = await target.cloud.executions.list('Simulated', 2)
  const steps: Cloud['executions']['steps'] = async (arn) =>
    arn === newest?.arn ? failing('not-found')() : target.cloud.executions.steps(arn)
  const prediction = await forecast(target, {steps})
  expect(prediction.steps.map(({verdict}) => verdict.kind)).toEqual(['rerun', 'hit'])
  expect(prediction.history.gap).toBeUndefined()
})

it('without any history every step that can be cached reruns', async () => {
  const target = await openSimulatedTarget()
  onTestFinished(() => target.close())
  await target.deploy(definition('a', 'b'))
  const prediction = await target.predict({})
  expect(prediction.steps.map(({verdict}) => verdict)).toEqual([
    {kind: 'rerun', reasons: [{code: 'no-earlier-success'}]},
    {kind: 'rerun', reasons: [{code: 'no-earlier-success'}]},
  ])
})
