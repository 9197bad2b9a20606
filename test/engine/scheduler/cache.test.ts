// The step cache while executions run (Developer Guide, "Caching pipeline steps" and its default cache key attributes).

import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import {DescribeProcessingJobCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {tempDir} from '../../support/temp-dir.ts'
import {after, cached, get, join, pipeline, shell} from '../support/definitions.ts'
import {localCloud, putPipeline, run} from '../support/local-cloud.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const day = 86_400_000

it('takes over an earlier success with its outputs, its job and the execution that truly ran it', async () => {
  const cloud = localCloud()
  const count = joinPath(tempDir(), 'count')
  const uri = join('/', 's3://mlpipe-local', get('Execution.PipelineExecutionId'), 'made')
  const steps = [
    shell('make', `echo x >> ${count}; echo 1 > /opt/ml/processing/output/made/n`, {
      outputs: {made: uri},
      envelope: cached,
    }),
    shell('use', `echo y >> ${count}`, {
      inputs: {n: get("Steps.make.ProcessingOutputConfig.Outputs['made'].S3Output.S3Uri")},
      envelope: cached,
    }),
  ]
  await putPipeline(cloud, 'cache', pipeline(steps))
  const first = await run(cloud, 'cache')
  const second = await run(cloud, 'cache')
  const third = await run(cloud, 'cache')

  expect(first.status).toBe('Succeeded')
  expect(first.step('make')?.CacheHitResult).toBeUndefined()
  // `use` hits as well: the hit upstream hands on the old output address.
  for (const later of [second, third]) {
    expect(later.status).toBe('Succeeded')
    expect(later.steps.map(({CacheHitResult}) => CacheHitResult?.SourcePipelineExecutionArn)).toEqual([
      first.arn,
      first.arn,
    ])
    expect(later.step('make')?.Metadata).toEqual(first.step('make')?.Metadata)
  }
  expect(readFileSync(count, 'utf8')).toBe('x\ny\n')
})

type Variant = {readonly script?: string; readonly envelope?: JsonObject; readonly environment?: JsonObject}

async function runTwice(first: Variant, second: Variant, elapsedMs = 0) {
  let time = noon
  const cloud = localCloud({now: () => time})
  const step = ({script = 'true', envelope = cached, environment = {A: '1'}}: Variant) =>
    pipeline([shell('a', script, {envelope, environment})])
  await putPipeline(cloud, 'twice', step(first))
  const earlier = await run(cloud, 'twice')
  time += elapsedMs
  await putPipeline(cloud, 'twice', step(second))
  const later = await run(cloud, 'twice')
  return {earlier, source: later.step('a')?.CacheHitResult?.SourcePipelineExecutionArn, later}
}

it.each<[string, Variant, Variant, number]>([
  ['a changed script', {script: 'true'}, {script: 'true '}, 0],
  ['a changed environment', {environment: {A: '1'}}, {environment: {A: '2'}}, 0],
  ['caching switched off', {}, {envelope: {CacheConfig: {Enabled: false, ExpireAfter: 'P30D'}}}, 0],
  ['no ExpireAfter', {}, {envelope: {CacheConfig: {Enabled: true}}}, 0],
  ['the expiry', {}, {}, 30 * day],
])('runs a step again after %s', async (_name, first, second, elapsedMs) => {
  const {source, later} = await runTwice(first, second, elapsedMs)
  expect(source).toBeUndefined()
  expect(later.status).toBe('Succeeded')
})

it.each<[string, Variant, Variant, number]>([
  ['nothing', {}, {}, 0],
  ['a day less than the expiry', {}, {}, 29 * day],
  ['another display name', {}, {envelope: {...cached, DisplayName: 'other'}}, 0],
  ['the earlier run was made with caching switched off', {envelope: {}}, {}, 0],
])('reuses a step when only this has changed: %s', async (_name, first, second, elapsedMs) => {
  const {source, earlier} = await runTwice(first, second, elapsedMs)
  expect(source).toBe(earlier.arn)
})

it('reuses nothing of a failed run, and what had succeeded in it', async () => {
  const cloud = localCloud()
  const flag = joinPath(tempDir(), 'flag')
  const steps = [
    shell('good', 'true', {envelope: cached}),
    shell('bad', `[ -e ${flag} ] || { touch ${flag}; exit 1; }`, {envelope: {...cached, ...after('good')}}),
  ]
  await putPipeline(cloud, 'half', pipeline(steps))
  const first = await run(cloud, 'half')
  const second = await run(cloud, 'half')
  expect(first.status).toBe('Failed')
  expect(second.status).toBe('Succeeded')
  expect(second.step('good')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn)
  expect(second.step('bad')?.CacheHitResult).toBeUndefined()
})

it('takes a hit although the outputs are gone, as AWS does, which compares addresses only', async () => {
  const cloud = localCloud()
  const uri = 's3://mlpipe-local/fixed'
  const make = 'echo 1 > /opt/ml/processing/output/made/n'
  await putPipeline(cloud, 'gone', pipeline([shell('make', make, {outputs: {made: uri}, envelope: cached})]))
  const first = await run(cloud, 'gone')
  const file = joinPath(cloud.stateDirectory, 's3', 'mlpipe-local', 'fixed', 'n')
  expect(existsSync(file)).toBe(true)
  rmSync(file)
  const second = await run(cloud, 'gone')
  expect(second.step('make')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn)
})

it('does not look into another pipeline', async () => {
  const cloud = localCloud()
  for (const name of ['one', 'two']) await putPipeline(cloud, name, pipeline([shell('a', 'true', {envelope: cached})]))
  await run(cloud, 'one')
  expect((await run(cloud, 'two')).step('a')?.CacheHitResult).toBeUndefined()
})

it('gives the job of a hit under the name it ran by', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'job', pipeline([shell('my_step', 'true', {envelope: cached})]))
  const first = await run(cloud, 'job')
  const second = await run(cloud, 'job')
  const arn = second.step('my_step')?.Metadata?.ProcessingJob?.Arn ?? ''
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const job = await cloud.sageMaker.send(new DescribeProcessingJobCommand({ProcessingJobName: name}))
  const id = first.arn.slice(first.arn.lastIndexOf('/') + 1)
  expect(job.ProcessingJobName).toMatch(new RegExp(`^pipelines-${id}-my-step-[A-Za-z0-9]{10}$`))
  expect(job.ProcessingJobStatus).toBe('Completed')
})

it('runs a thousand cached steps in at most 1.5 seconds', async () => {
  const cloud = localCloud()
  // A hundred chains of ten, so that steps become ready in many turns.
  const names = Array.from({length: 1000}, (_, index) => `s${index}`)
  const chain = pipeline(
    names.map((name, index) =>
      shell(name, 'true', {envelope: {...cached, ...(index % 10 ? after(`s${index - 1}`) : {})}}),
    ),
  )
  await putPipeline(cloud, 'thousand', chain)
  const first = await run(cloud, 'thousand')
  expect(first.status).toBe('Succeeded')

  const begin = performance.now()
  const second = await run(cloud, 'thousand')
  const elapsedMs = performance.now() - begin
  expect(second.steps.filter(({CacheHitResult}) => CacheHitResult)).toHaveLength(1000)
  expect(elapsedMs).toBeLessThan(1500)
}, 120_000)
