// Order, parallelism, branches, joins and failures of executions, with real commands.

import {readFileSync, writeFileSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import {UpdatePipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {tempDir} from '../../support/temp-dir.ts'
import {after, condition, equals, fail, get, join, pipeline, shell} from '../support/definitions.ts'
import {localCloud, outcomeOf, putPipeline, run, start, stepsOf, until} from '../support/local-cloud.ts'

it('runs a step after all that it depends on, whatever the order of the document', async () => {
  const cloud = localCloud()
  const log = joinPath(tempDir({log: ''}), 'log')
  const note = (name: string) => `echo ${name} >> ${log}`
  const steps = [
    shell('last', note('last'), {envelope: after('middle', 'first')}),
    shell('middle', note('middle'), {envelope: after('first')}),
    shell('first', note('first')),
  ]
  await putPipeline(cloud, 'order', pipeline(steps))
  const finished = await run(cloud, 'order')

  expect(finished.status).toBe('Succeeded')
  expect(readFileSync(log, 'utf8')).toBe('first\nmiddle\nlast\n')
  expect(finished.steps.map(({StepName, StepStatus, AttemptCount}) => [StepName, StepStatus, AttemptCount])).toEqual([
    ['first', 'Succeeded', 1],
    ['middle', 'Succeeded', 1],
    ['last', 'Succeeded', 1],
  ])
})

/** A script that ends only when `other` has run beside it: it leaves a mark and waits for the other's. */
function meet(directory: string, own: string, other: string): string {
  return `touch ${directory}/${own}; for i in $(seq 400); do [ -e ${directory}/${other} ] && exit 0; sleep 0.02; done; exit 9`
}

it('runs independent steps at the same time', async () => {
  const cloud = localCloud()
  const directory = tempDir()
  await putPipeline(
    cloud,
    'both',
    pipeline([shell('a', meet(directory, 'a', 'b')), shell('b', meet(directory, 'b', 'a'))]),
  )
  const finished = await run(cloud, 'both')
  expect(finished.steps.map(({StepStatus}) => StepStatus)).toEqual(['Succeeded', 'Succeeded'])
})

it('runs no more steps at once than MaxParallelExecutionSteps', async () => {
  const cloud = localCloud()
  const directory = tempDir()
  // Fails when another step is inside at the same time.
  const alone = `mkdir ${directory}/inside || exit 9; sleep 0.1; rmdir ${directory}/inside`
  await putPipeline(cloud, 'single', pipeline(['a', 'b', 'c'].map((name) => shell(name, alone))))
  const finished = await run(cloud, 'single', {ParallelismConfiguration: {MaxParallelExecutionSteps: 1}})
  expect(finished.status).toBe('Succeeded')
  expect(finished.steps).toHaveLength(3)
})

it('takes a new parallelism over while it runs', async () => {
  const cloud = localCloud()
  const directory = tempDir()
  const steps = [shell('a', meet(directory, 'a', 'b')), shell('b', meet(directory, 'b', 'a'))]
  await putPipeline(cloud, 'widen', pipeline(steps))
  const arn = await start(cloud, 'widen', {ParallelismConfiguration: {MaxParallelExecutionSteps: 1}})
  await until(async () => (await stepsOf(cloud, arn)).length === 1)
  const wider = {PipelineExecutionArn: arn, ParallelismConfiguration: {MaxParallelExecutionSteps: 2}}
  await cloud.sageMaker.send(new UpdatePipelineExecutionCommand(wider))
  await cloud.engine.idle()
  expect((await stepsOf(cloud, arn)).map(({StepStatus}) => StepStatus)).toEqual(['Succeeded', 'Succeeded'])
})

it('resolves parameters by type, joins and execution variables into a job', async () => {
  const cloud = localCloud()
  const out = joinPath(tempDir(), 'out')
  const parameters = [
    {Name: 'count', Type: 'Integer', DefaultValue: 3},
    {Name: 'rate', Type: 'Float', DefaultValue: 0.5},
    {Name: 'flag', Type: 'Boolean', DefaultValue: true},
  ]
  const text = join(
    ' ',
    get('Parameters.count'),
    get('Parameters.rate'),
    get('Parameters.flag'),
    get('Execution.PipelineName'),
  )
  const environment = {TEXT: text, ID: get('Execution.PipelineExecutionId'), ARN: get('Execution.PipelineExecutionArn')}
  const script = `echo "$TEXT" > ${out}; echo "$ID" >> ${out}; echo "$ARN" >> ${out}`
  await putPipeline(cloud, 'values', pipeline([shell('a', script, {environment})], parameters))
  const finished = await run(cloud, 'values', {PipelineParameters: [{Name: 'flag', Value: 'False'}]})

  expect(finished.status).toBe('Succeeded')
  const [line, id, arn] = readFileSync(out, 'utf8').split('\n')
  expect(line).toBe('3 0.5 false values')
  expect(id).toMatch(/^[a-z0-9]{12}$/)
  expect(arn).toBe(finished.arn)
  expect(finished.arn).toBe(`arn:aws:sagemaker:us-east-1:000000000000:pipeline/values/execution/${id}`)
})

it('hands the output of one step to the next by its property', async () => {
  const cloud = localCloud()
  const uri = join('/', 's3://mlpipe-local/hand', get('Execution.PipelineExecutionId'), 'made')
  const result = joinPath(tempDir(), 'result')
  const steps = [
    shell('make', 'echo 41 > /opt/ml/processing/output/made/n.txt', {outputs: {made: uri}}),
    shell('use', `cp /opt/ml/processing/input/n/n.txt ${result}`, {
      inputs: {n: get("Steps.make.ProcessingOutputConfig.Outputs['made'].S3Output.S3Uri")},
    }),
  ]
  await putPipeline(cloud, 'hand', pipeline(steps))
  const finished = await run(cloud, 'hand')
  expect(finished.step('use')?.FailureReason).toBeUndefined()
  expect(readFileSync(result, 'utf8')).toBe('41\n')
})

const modeParameter = [{Name: 'mode', Type: 'String', DefaultValue: 'x'}]

it.each([
  ['x', 'True', ['gate', 'yes']],
  ['y', 'False', ['gate', 'no']],
])(
  'takes the branch that the condition chooses, and lists nothing of the other (mode %s)',
  async (mode, outcome, names) => {
    const cloud = localCloud()
    const branches = {then: [shell('yes', 'true')], otherwise: [shell('no', 'true')]}
    const steps = [condition('gate', [equals(get('Parameters.mode'), 'x')], branches)]
    await putPipeline(cloud, 'gate', pipeline(steps, modeParameter))
    const finished = await run(cloud, 'gate', {PipelineParameters: [{Name: 'mode', Value: mode}]})
    expect(finished.status).toBe('Succeeded')
    expect(finished.steps.map(({StepName}) => StepName)).toEqual(names)
    expect(finished.step('gate')?.Metadata?.Condition?.Outcome).toBe(outcome)
  },
)

it('never runs a step that depends on an untaken step, nor one that depends on both branches', async () => {
  const cloud = localCloud()
  const branches = {then: [shell('yes', 'true')], otherwise: [shell('no', 'true')]}
  const steps = [
    condition('gate', [equals('x', 'x')], branches),
    shell('after-yes', 'true', {envelope: after('yes')}),
    shell('after-no', 'true', {envelope: after('no')}),
    shell('after-both', 'true', {envelope: after('yes', 'no')}),
    shell('after-after-no', 'true', {envelope: after('after-no')}),
  ]
  await putPipeline(cloud, 'join', pipeline(steps))
  const finished = await run(cloud, 'join')
  expect(finished.status).toBe('Succeeded')
  expect(finished.steps.map(({StepName}) => StepName)).toEqual(['gate', 'yes', 'after-yes'])
})

it('runs a condition inside a branch, and neither of its branches when it is untaken itself', async () => {
  const cloud = localCloud()
  const inner = (name: string) =>
    condition(name, [equals(1, 2)], {then: [shell(`${name}-yes`, 'true')], otherwise: [shell(`${name}-no`, 'true')]})
  await putPipeline(
    cloud,
    'nested',
    pipeline([condition('gate', [], {then: [inner('in')], otherwise: [inner('out')]})]),
  )
  const finished = await run(cloud, 'nested')
  expect(finished.steps.map(({StepName}) => StepName)).toEqual(['gate', 'in', 'in-no'])
})

it('writes a condition outcome into a text in lower case', async () => {
  const cloud = localCloud()
  const steps = [condition('gate', [equals(1, 1)], {}), fail('end', join(' ', 'outcome is', get('Steps.gate.Outcome')))]
  await putPipeline(cloud, 'outcome', pipeline(steps))
  expect((await run(cloud, 'outcome')).failureReason).toBe('outcome is true')
})

it('ends as Failed with the message of a Fail step, after the running steps have ended', async () => {
  const cloud = localCloud()
  const stop = {...fail('stop', join('', 'count is ', 3)), DependsOn: ['quick']}
  await putPipeline(cloud, 'fail', pipeline([shell('slow', 'sleep 0.4'), shell('quick', 'true'), stop]))
  const finished = await run(cloud, 'fail')
  expect(finished.status).toBe('Failed')
  expect(finished.failureReason).toBe('count is 3')
  expect(finished.step('slow')?.StepStatus).toBe('Succeeded')
  expect(finished.step('stop')).toMatchObject({
    StepStatus: 'Failed',
    FailureReason: 'count is 3',
    Metadata: {Fail: {ErrorMessage: 'count is 3'}},
  })
})

it('leaves the failure reason away when the message of a Fail step is empty', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'mute', pipeline([fail('stop', '')]))
  const finished = await run(cloud, 'mute')
  expect(finished.status).toBe('Failed')
  expect(finished.step('stop')?.FailureReason).toBeUndefined()
  expect(finished.step('stop')?.Metadata?.Fail?.ErrorMessage).toBe('')
})

it('after a failure starts nothing new, lets running steps finish, and says so as AWS does', async () => {
  const cloud = localCloud()
  const directory = tempDir()
  const wait = `until [ -e ${directory}/go ]; do sleep 0.02; done`
  const steps = [
    shell('bad', 'echo no >&2; exit 3'),
    shell('slow', wait),
    shell('after-bad', 'true', {envelope: after('bad')}),
    shell('after-slow', 'true', {envelope: after('slow')}),
  ]
  await putPipeline(cloud, 'broken', pipeline(steps))
  const arn = await start(cloud, 'broken')
  await until(async () => (await stepsOf(cloud, arn)).some(({StepStatus}) => StepStatus === 'Failed'))
  writeFileSync(joinPath(directory, 'go'), '')
  await cloud.engine.idle()

  const ended = await stepsOf(cloud, arn)
  expect(ended.map(({StepName, StepStatus}) => [StepName, StepStatus])).toEqual([
    ['bad', 'Failed'],
    ['slow', 'Succeeded'],
  ])
  expect(ended[0]?.FailureReason).toMatch(/^AlgorithmError: .*exit code: 3/is)
  expect(ended[0]?.Metadata?.ProcessingJob?.Arn).toContain(':processing-job/pipelines-')
  expect(await outcomeOf(cloud, arn)).toMatchObject({
    status: 'Failed',
    failureReason: 'Step failure: One or multiple steps failed.',
  })
})
