// SelectiveExecutionConfig of StartPipelineExecution. Rules: API reference, SelectiveExecutionConfig; Developer Guide,
// "Selective execution of pipeline steps"; the sentence about the null ARN: aws/sagemaker-python-sdk issue 4444.

import {readFileSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import {DescribePipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {tempDir} from '../../support/temp-dir.ts'
import {after, cached, condition, equals, fail, get, jsonGet, pipeline, shell} from '../support/definitions.ts'
import {type Finished, type LocalCloud, localCloud, putPipeline, run, start} from '../support/local-cloud.ts'
import {spawnWorker} from '../support/spawn-worker.ts'

function selecting(steps: readonly string[], source?: string) {
  const SelectedSteps = steps.map((StepName) => ({StepName}))
  return {SelectiveExecutionConfig: {SelectedSteps, ...(source ? {SourcePipelineExecutionArn: source} : {})}}
}

function outline({steps}: Finished): string {
  return steps
    .map((step) => `${step.StepName}=${step.SelectiveExecutionResult ? 'copied' : ''}${step.StepStatus}`)
    .join(' ')
}

const made = 's3://mlpipe-local/{id}/made'

/** first makes a file, second and third copy it on, each with its own letter added; last stands beside. */
function chain(directory: string, failing = '') {
  const out = (name: string) => ({outputs: {[name]: `${made}/${name}`}})
  const from = (name: string) => ({in: get(`Steps.${name}.ProcessingOutputConfig.Outputs['${name}'].S3Output.S3Uri`)})
  const add = (name: string) =>
    `cat /opt/ml/processing/input/in/* > /opt/ml/processing/output/${name}/f; printf ${name} >> /opt/ml/processing/output/${name}/f; cp /opt/ml/processing/output/${name}/f ${directory}/${name}; ${failing === name ? 'exit 1' : 'true'}`
  return pipeline([
    shell('first', `printf first > /opt/ml/processing/output/first/f; echo ran >> ${directory}/count`, out('first')),
    shell('second', add('second'), {...out('second'), inputs: from('first')}),
    shell('third', add('third'), {...out('third'), inputs: from('second')}),
    shell('beside', 'true'),
  ])
}

async function deployed(definition = chain(tempDir()), name = 'p'): Promise<LocalCloud> {
  const cloud = localCloud()
  await putPipeline(cloud, name, definition)
  return cloud
}

it('runs the selected steps on copied results, and nothing downstream or beside', async () => {
  const directory = tempDir()
  const cloud = await deployed(chain(directory))
  const source = await run(cloud, 'p')
  const partly = await run(cloud, 'p', selecting(['second'], source.arn))
  expect(partly.status).toBe('Succeeded')
  expect(outline(partly)).toBe('first=copiedSucceeded second=Succeeded')
  expect(partly.step('first')).toMatchObject({
    SelectiveExecutionResult: {SourcePipelineExecutionArn: source.arn},
    Metadata: source.step('first')?.Metadata,
  })
  expect(partly.step('first')?.CacheHitResult).toBeUndefined()
  expect(partly.step('second')?.SelectiveExecutionResult).toBeUndefined()
  expect(readFileSync(joinPath(directory, 'second'), 'utf8')).toBe('firstsecond')
  expect(readFileSync(joinPath(directory, 'count'), 'utf8')).toBe('ran\n')

  const described = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: partly.arn}))
  expect(described.SelectiveExecutionConfig).toEqual({
    SourcePipelineExecutionArn: source.arn,
    SelectedSteps: [{StepName: 'second'}],
  })
})

it('takes results from a failed execution, and from one that was selective itself', async () => {
  const directory = tempDir()
  const cloud = await deployed(chain(directory, 'third'))
  const broken = await run(cloud, 'p')
  expect(broken.status).toBe('Failed')
  await putPipeline(cloud, 'p', chain(directory))
  const mended = await run(cloud, 'p', selecting(['third'], broken.arn))
  expect(outline(mended)).toBe('first=copiedSucceeded second=copiedSucceeded third=Succeeded')
  expect(readFileSync(joinPath(directory, 'third'), 'utf8')).toBe('firstsecondthird')
  const again = await run(cloud, 'p', selecting(['third'], mended.arn))
  expect(again.step('second')?.SelectiveExecutionResult?.SourcePipelineExecutionArn).toBe(mended.arn)
})

it('needs no source where the selected steps need nothing else', async () => {
  const cloud = await deployed()
  expect(outline(await run(cloud, 'p', selecting(['beside'])))).toBe('beside=Succeeded')
  const two = await run(cloud, 'p', selecting(['second', 'first']))
  expect(outline(two)).toBe('first=Succeeded second=Succeeded')
  const described = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: two.arn}))
  expect(described.SelectiveExecutionConfig).toEqual({SelectedSteps: [{StepName: 'second'}, {StepName: 'first'}]})
})

it('refuses what AWS refuses', async () => {
  const cloud = await deployed()
  await putPipeline(cloud, 'other', pipeline([shell('first', 'true')]))
  const source = await run(cloud, 'p')
  const foreign = await run(cloud, 'other')
  const started = (config: object) => start(cloud, 'p', config)
  const refused = (message: string) => ({name: 'ValidationException', message: expect.stringContaining(message)})

  await expect(started(selecting(['second']))).rejects.toMatchObject(
    refused('Invalid SourcePipelineExecutionArn: null. The selected steps [second] have dependencies on [first]'),
  )
  await expect(started(selecting(['first', 'third'], source.arn))).rejects.toMatchObject(refused('[second]'))
  await expect(started(selecting(['frist'], source.arn))).rejects.toMatchObject(refused('[frist]'))
  await expect(started(selecting(['second'], foreign.arn))).rejects.toMatchObject(refused('pipeline/p'))
  await expect(started(selecting(['second'], `${source.arn}x`))).rejects.toMatchObject({name: 'ResourceNotFound'})
  await expect(started(selecting([], source.arn))).rejects.toMatchObject(
    refused("at 'selectiveExecutionConfig.selectedSteps' failed to satisfy constraint"),
  )
  const many = Array.from({length: 51}, (_, index) => `s${index}`)
  await expect(started(selecting(many))).rejects.toMatchObject(refused('length less than or equal to 50'))
})

it('refuses a source that lacks a needed result, or has not ended', async () => {
  const cloud = await deployed(chain(tempDir(), 'second'))
  const broken = await run(cloud, 'p')
  await expect(start(cloud, 'p', selecting(['third'], broken.arn))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(/\[third\] have dependencies on \[second\], of which \[second\] did not succeed/),
  })
  await putPipeline(cloud, 'slow', pipeline([shell('a', 'true'), shell('b', 'sleep 60', {envelope: after('a')})]))
  const running = await start(cloud, 'slow')
  await expect(start(cloud, 'slow', selecting(['b'], running))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('is in Executing status'),
  })
})

it('copies the outcome of a condition and its property file, and refuses the branch not taken', async () => {
  const report = {
    PropertyFiles: [{PropertyFileName: 'Report', OutputName: 'report', FilePath: 'report.json'}],
  }
  const measure = shell('measure', `echo '{"x": 1}' > /opt/ml/processing/output/report/report.json`, {
    outputs: {report: 's3://mlpipe-local/branch/report'},
    envelope: report,
  })
  const gate = condition('gate', [equals(jsonGet('measure', 'Report', 'x'), 1)], {
    then: [shell('yes', 'true')],
    otherwise: [fail('no', 'never')],
  })
  const cloud = await deployed(pipeline([measure, gate]), 'branch')
  const source = await run(cloud, 'branch')
  expect(outline(await run(cloud, 'branch', selecting(['yes'], source.arn)))).toBe(
    'measure=copiedSucceeded gate=copiedSucceeded yes=Succeeded',
  )
  expect(outline(await run(cloud, 'branch', selecting(['gate'], source.arn)))).toBe(
    'measure=copiedSucceeded gate=Succeeded',
  )
  await expect(start(cloud, 'branch', selecting(['no'], source.arn))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('[no] are in branches that it did not take'),
  })
})

// Whether a selected step looks into the step cache is not documented; here it does.
it('lets a selected step hit the cache, and never takes a copy for a run of its own', async () => {
  const steps = [shell('a', 'true', {envelope: cached}), shell('b', 'true', {envelope: {...cached, ...after('a')}})]
  const cloud = await deployed(pipeline(steps))
  const first = await run(cloud, 'p')
  const second = await run(cloud, 'p', selecting(['b'], first.arn))
  expect(second.step('b')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn)
  const whole = await run(cloud, 'p')
  expect(whole.step('a')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn)
})

it('is carried out by a worker process as well', async () => {
  const cloud = await deployed()
  const source = await run(cloud, 'p')
  const handing = localCloud({stateDirectory: cloud.stateDirectory, launch: () => {}})
  const arn = await start(handing, 'p', selecting(['third'], source.arn))
  expect(await spawnWorker(cloud.stateDirectory, 'run', arn).exitCode).toBe(0)
  const listed = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: arn}))
  expect(listed.PipelineExecutionStatus).toBe('Succeeded')
})
