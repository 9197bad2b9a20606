// Whole commands through a network that drops, delays, cuts short and lies: whatever it does, nothing starts twice, nothing is
// called done that is not, and every failure is explained. Seeded, so that a failure comes again.
import {CreateBucketCommand} from '@aws-sdk/client-s3'
import {DescribePipelineCommand, ListPipelineExecutionsCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {listen} from '../../src/engine/wire/http-server.ts'
import {localCloud} from '../engine/support/local-cloud.ts'
import {startFaultProxy} from '../support/fault-proxy.ts'
import {type ProgramRun, runProgram} from '../support/run-program.ts'
import {tempDir} from '../support/temp-dir.ts'

const spec = (word: string) => `
name: churn
steps:
  stop: {type: fail, message: ${word}}
targets:
  prod:
    region: us-east-1
    account: "000000000000"
    role: arn:aws:iam::000000000000:role/mlpipe-local
    bucket: mlpipe-prod
    default: true
`

const rounds = 10
const rates = {
  ...{'dropped-before': 0.08, 'dropped-after': 0.1, delayed: 0.05, truncated: 0.08},
  ...{throttled: 0.05, 'failed-500': 0.08, 'unavailable-503': 0.06, 'expired-token': 0.02, 'html-502': 0.06},
}
const explained =
  /^(service-unreachable|service-fault|throttled|credentials-expired|broken-answer|damaged|start-unclear|foreign-answer)$/

it('nothing starts twice, nothing is called done that is not, and every failure is explained', async () => {
  // Executions that are started wait for a worker that never comes: they are counted, not run.
  const cloud = localCloud({launch: () => {}})
  await cloud.s3.send(new CreateBucketCommand({Bucket: 'mlpipe-prod'}))
  const server = await listen(cloud.engine, {host: '127.0.0.1', port: 0})
  const proxy = await startFaultProxy({upstreamPort: server.port, seed: 7, rates})
  const env = {
    ...{AWS_ENDPOINT_URL: proxy.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local'},
    ...{AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null'},
  }
  const deployed = async () =>
    (await cloud.sageMaker.send(new DescribePipelineCommand({PipelineName: 'churn'})).catch(() => undefined))
      ?.PipelineDefinition
  const executions = async () => {
    const listed = await cloud.sageMaker
      .send(new ListPipelineExecutionsCommand({PipelineName: 'churn', MaxResults: 100}))
      .catch(() => undefined)
    return listed?.PipelineExecutionSummaries?.map(({PipelineExecutionArn}) => PipelineExecutionArn) ?? []
  }

  // What is said of a success is worth something only where there are some.
  const done = {deploys: 0, runs: 0}
  try {
    for (let round = 0; round < rounds; round += 1) {
      const cwd = tempDir({'mlpipe.yaml': spec(`word-${round}`)})
      const deploy = await runProgram(cwd, ['deploy', '--yes', '--json'], env)
      if (succeeded(deploy)) {
        done.deploys += 1
        expect(await deployed()).toContain(`word-${round}`)
      }

      const before = await executions()
      const run = await runProgram(cwd, ['run', '--no-wait', '--json'], env)
      const fresh = (await executions()).filter((arn) => !before.includes(arn))
      expect(fresh.length).toBeLessThanOrEqual(1)
      if (succeeded(run)) {
        done.runs += 1
        expect(fresh).toEqual([(JSON.parse(run.stdout) as {arn: string}).arn])
      }
    }
    expect(done.deploys).toBeGreaterThan(0)
    expect(done.runs).toBeGreaterThan(0)
    expect([...proxy.made.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(rounds)
  } finally {
    await proxy.close()
    await server.close(0)
  }
}, 240_000)

/** Whether it came through; where it did not, the failure has to be one of the network's, told in a sentence. */
function succeeded({exit, stdout}: ProgramRun): boolean {
  const {error} = JSON.parse(stdout) as {error?: {code: string; message: string}}
  if (!error) {
    expect(exit).toBe(0)
    return true
  }
  // A deploy that never came through leaves nothing to run.
  if (error.code === 'pipeline-not-deployed') return false
  expect({exit, ...error}).toMatchObject({exit: 69, code: expect.stringMatching(explained)})
  expect(error.message).toMatch(/ /)
  return false
}
