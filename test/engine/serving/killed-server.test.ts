// A server that is killed takes the processes of its models with it, and leaves nothing undone that the next one would not do.

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {CreateEndpointCommand, DescribeEndpointCommand, SageMakerClient} from '@aws-sdk/client-sagemaker'
import {SageMakerRuntimeClient} from '@aws-sdk/client-sagemaker-runtime'
import {expect, it, onTestFinished} from 'vitest'
import {tempDir} from '../../support/temp-dir.ts'
import {ask, deployScript, makeConfig, makeModel, runtimeOf, settled} from '../support/endpoints.ts'
import {localCloud, until} from '../support/local-cloud.ts'

const script = fileURLToPath(new URL('../support/endpoint-server.ts', import.meta.url))

/** A server of the state directory, with clients that reach it by its port. */
async function startServer(stateDirectory: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, stateDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [line] = await once(child.stdout, 'data')
  const endpoint = `http://127.0.0.1:${String(line).trim()}`
  const config = {endpoint, region: 'us-east-1', credentials: {accessKeyId: 'local', secretAccessKey: 'local'}}
  return {
    sageMaker: new SageMakerClient(config),
    runtime: new SageMakerRuntimeClient(config),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it('no process of a model outlives its server, and the next server answers', {timeout: 120_000}, async () => {
  const cloud = localCloud()
  const pidOf =
    'import os\ndef model_fn(d): return os.getpid()\ndef transform_fn(model, body, kind, accept): return str(model)\n'
  await deployScript(cloud, 'churn', pidOf)
  const first = await startServer(cloud.stateDirectory)
  const pid = Number(await ask(first.runtime, 'churn'))
  expect(await ask(first.runtime, 'churn')).toBe(String(pid))
  expect(isRunning(pid)).toBe(true)
  await first.kill()
  await until(() => !isRunning(pid))

  const second = await startServer(cloud.stateDirectory)
  const next = Number(await ask(second.runtime, 'churn'))
  expect(isRunning(next)).toBe(true)
  expect(next).not.toBe(pid)
})

it('what it was creating when it was killed is created by the next', {timeout: 120_000}, async () => {
  const cloud = localCloud()
  const gate = join(tempDir(), 'open')
  const waiting = `import os, time
def model_fn(d):
    while not os.path.exists("${gate}"): time.sleep(0.01)
def transform_fn(model, body, kind, accept): return "at last"
`
  await makeModel(cloud, 'churn', waiting)
  await makeConfig(cloud, 'churn', [{ModelName: 'churn'}])
  const server = await startServer(cloud.stateDirectory)
  await server.sageMaker.send(new CreateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'churn'}))
  const look = () => server.sageMaker.send(new DescribeEndpointCommand({EndpointName: 'churn'}))
  expect(await look()).toMatchObject({EndpointStatus: 'Creating'})
  await server.kill()

  writeFileSync(gate, '')
  expect(await settled(cloud, 'churn')).toMatchObject({EndpointStatus: 'InService'})
  expect(await ask(runtimeOf(cloud), 'churn')).toBe('at last')
})
