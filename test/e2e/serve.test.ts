// `mlpipe local serve` as users meet it: a process that prints what to paste, serves any client, and ends by a signal.
import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {
  CreatePipelineCommand,
  DescribePipelineCommand,
  DescribePipelineExecutionCommand,
  RetryPipelineExecutionCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {expect, it} from 'vitest'
import type {JsonObject} from '../../src/definition/json.ts'
import {pipeline, shell} from '../engine/support/definitions.ts'
import {until} from '../engine/support/local-cloud.ts'
import {serving, startServe} from '../support/serving.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const RoleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'

const config = (endpoint: string, accessKeyId = 'local') => ({
  endpoint,
  region: 'us-east-1',
  credentials: {accessKeyId, secretAccessKey: 'local'},
  maxAttempts: 1,
})

const sageMakerAt = (endpoint: string) => new SageMakerClient(config(endpoint))

async function create(client: SageMakerClient, PipelineName: string, definition: JsonObject): Promise<void> {
  const PipelineDefinition = JSON.stringify(definition)
  await client.send(new CreatePipelineCommand({PipelineName, PipelineDefinition, RoleArn}))
}

async function start(client: SageMakerClient, PipelineName: string): Promise<string> {
  const {PipelineExecutionArn = ''} = await client.send(new StartPipelineExecutionCommand({PipelineName}))
  return PipelineExecutionArn
}

async function statusOf(client: SageMakerClient, PipelineExecutionArn: string): Promise<string> {
  const {PipelineExecutionStatus = ''} = await client.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))
  return PipelineExecutionStatus
}

it('prints what to paste, serves clients, shares its state with other commands, and ends with SIGTERM', async () => {
  const directory = tempDir()
  const {child, endpoint, ended, stdout} = await serving(directory, '--verbose')
  expect(stdout()).toMatch(/^# .* serves .*\.mlpipe at http:\/\/127\.0\.0\.1:\d+; Ctrl-C ends it$/m)
  for (const line of [
    'ACCESS_KEY_ID=local',
    'SECRET_ACCESS_KEY=local',
    'DEFAULT_REGION=us-east-1',
    'REGION=us-east-1',
  ]) {
    expect(stdout()).toContain(`export AWS_${line}\n`)
  }
  expect(stdout()).toContain(`export AWS_ENDPOINT_URL=${endpoint}\n`)

  const sts = new STSClient(config(endpoint))
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({Account: '000000000000'})
  const client = sageMakerAt(endpoint)
  await create(client, 'served', pipeline([shell('say', 'echo served')]))
  const arn = await start(client, 'served')
  await until(async () => (await statusOf(client, arn)) === 'Succeeded')

  const listed = spawnSync(
    process.execPath,
    [program, 'executions', 'list', '-t', 'local', '--json', '-f', 'spec.yaml'],
    {
      cwd: tempDirWithSpec(directory),
    },
  )
  expect(String(listed.stdout)).toContain(arn)

  child.kill('SIGTERM')
  const {code, stderr} = await ended
  expect(code).toBe(0)
  expect(stderr).toMatch(/^POST sagemaker CreatePipeline 200 \d+ ms$/m)
  expect(stderr).toMatch(/^POST sts GetCallerIdentity 200 \d+ ms$/m)
  expect(stderr).not.toMatch(/local\/|Credential|echo served/)
})

/** The spec that names the pipeline comes to lie beside the state. */
function tempDirWithSpec(directory: string): string {
  writeFiles(directory, {
    'spec.yaml': 'name: served\nsteps:\n  say:\n    type: fail\n    message: never\n',
  })
  return directory
}

it('with --json the first document is all that is printed; Ctrl-C stops executions and ends with 130', async () => {
  const directory = tempDir()
  const {child, endpoint, ended, stdout} = await serving(directory, '--json', '--state', 'elsewhere')
  expect(JSON.parse(stdout())).toMatchObject({endpoint, environment: {AWS_ENDPOINT_URL: endpoint}, pid: child.pid})
  const client = sageMakerAt(endpoint)
  await create(client, 'slow', pipeline([shell('wait', 'sleep 60')]))
  const arn = await start(client, 'slow')
  await until(async () => (await statusOf(client, arn)) === 'Executing')
  child.kill('SIGINT')
  const {code, stdout: printed} = await ended
  expect(code).toBe(130)
  expect(JSON.parse(printed)).toMatchObject({formatVersion: 1})
  expect(existsSync(join(directory, '.mlpipe'))).toBe(false)

  const again = await serving(directory, '--state', 'elsewhere')
  expect(await statusOf(sageMakerAt(again.endpoint), arn)).toBe('Stopped')
})

it.each<[string, string[], Record<string, string>, number, RegExp]>([
  [
    'an address that others can reach',
    ['--host', '0.0.0.0'],
    {},
    64,
    /^error: 0\.0\.0\.0 can be reached from other machines/,
  ],
  ['a token that can be guessed', ['--token', 'short'], {}, 64, /^error: the token cannot be an access key id/],
  ['a port that is none', ['--port', '70000'], {}, 64, /^error: --port: expected an integer/],
  ['a spec that is not there', ['-f', 'none.yaml'], {}, 64, /none\.yaml/],
])('%s is refused', async (_name, argv, env, exit, message) => {
  const {code, stderr} = await startServe(tempDir(), argv, env).ended
  expect(stderr).toMatch(message)
  expect(code).toBe(exit)
})

it('a port that is in use is told of, with what to do', async () => {
  const directory = tempDir()
  const {port} = await serving(directory)
  const {code, stderr} = await startServe(directory, ['--port', String(port)]).ended
  expect(stderr).toBe(
    `error: cannot listen on 127.0.0.1, port ${port}: something else listens there\n` +
      '  next: mlpipe local serve  (takes a port that is free)\n',
  )
  expect(code).toBe(69)
})

it('with --allow-remote a token is made, and nobody comes in without it', async () => {
  const {endpoint, stdout} = await serving(tempDir(), '--host', '0.0.0.0', '--allow-remote')
  const token = /AWS_ACCESS_KEY_ID=(\S+)/.exec(stdout())?.[1] ?? ''
  expect(token).toMatch(/^[\w-]{16,}$/)
  const identity = (key: string) => new STSClient(config(endpoint, key)).send(new GetCallerIdentityCommand({}))
  await expect(identity('local')).rejects.toMatchObject({name: 'InvalidClientTokenId'})
  expect(await identity(token)).toMatchObject({Account: '000000000000'})
})

it('after kill -9 in the middle of 50 executions nothing acknowledged is lost, and what was interrupted can be retried', async () => {
  const directory = tempDir()
  const first = await serving(directory)
  const client = sageMakerAt(first.endpoint)
  const names = Array.from({length: 50}, (_, index) => `work-${index}`)
  const arns = await Promise.all(
    names.map(async (name) => {
      await create(
        client,
        name,
        pipeline([shell('one', 'sleep 0.1'), shell('two', 'true', {envelope: {DependsOn: ['one']}})]),
      )
      return start(client, name)
    }),
  )
  await until(async () => (await Promise.all(arns.map((arn) => statusOf(client, arn)))).includes('Succeeded'))
  first.child.kill('SIGKILL')
  await first.ended

  const second = await serving(directory)
  const after = sageMakerAt(second.endpoint)
  const statuses = await Promise.all(arns.map((arn) => statusOf(after, arn)))
  const interrupted = arns.filter((_, index) => statuses[index] === 'Failed')
  expect(new Set(statuses)).toEqual(new Set(['Succeeded', 'Failed']))
  expect(second.stderr().match(/lost its process/g)).toHaveLength(interrupted.length)
  for (const PipelineName of names) await after.send(new DescribePipelineCommand({PipelineName}))

  const retry = (PipelineExecutionArn: string) =>
    after.send(new RetryPipelineExecutionCommand({PipelineExecutionArn, ClientRequestToken: `${'t'.repeat(32)}`}))
  await Promise.all(interrupted.map(retry))
  await until(async () =>
    (await Promise.all(arns.map((arn) => statusOf(after, arn)))).every((one) => one === 'Succeeded'),
  )
}, 120_000)
