// The story of the template retrain-on-drift, with the built program, a served engine, and a client that nobody of mlpipe
// wrote: a file comes, the pipeline retrains, a person approves, the second pipeline deploys. No model of bad data gets so far.

import {spawnSync} from 'node:child_process'
import {appendFileSync, copyFileSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {HeadObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {
  DescribePipelineExecutionCommand,
  ListModelPackagesCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineExecutionsCommand,
  ListPipelineParametersForExecutionCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {clientEnv, findAwsCli, isMissing, runAws} from '../support/aws-clients.ts'
import {serving} from '../support/serving.ts'
import {tempDir} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const bucket = 'mlpipe-local'

const awsTarget = `
targets:
  prod:
    region: us-east-1
    account: "000000000000"
    role: arn:aws:iam::000000000000:role/mlpipe-local
    bucket: ${bucket}
`

/** Long enough for a machine that does much else. */
const patienceMs = 240_000
const longTest = {timeout: 900_000}

async function eventually<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

type Execution = {
  readonly arn: string
  readonly status: string
  readonly description: string
  readonly parameters: Readonly<Record<string, string>>
  /** In the order in which they started. */
  readonly steps: readonly {readonly name: string; readonly isCached: boolean; readonly failureReason?: string}[]
}

/** What anybody sees who asks the endpoint. */
function observer(endpoint: string) {
  const config = {endpoint, region: 'us-east-1', credentials: {accessKeyId: 'local', secretAccessKey: 'local'}}
  const sageMaker = new SageMakerClient(config)
  const s3 = new S3Client({...config, forcePathStyle: true})
  const seen = new Set<string>()

  async function describeExecution(PipelineExecutionArn: string): Promise<Execution | undefined> {
    const about = {PipelineExecutionArn}
    const found = await sageMaker.send(new DescribePipelineExecutionCommand(about))
    const {PipelineExecutionStatus: status = '', PipelineExecutionDescription: description = ''} = found
    if (status === 'Executing' || status === 'Stopping') return undefined
    const {PipelineParameters = []} = await sageMaker.send(new ListPipelineParametersForExecutionCommand(about))
    const listing = {...about, SortOrder: 'Ascending'} as const
    const {PipelineExecutionSteps = []} = await sageMaker.send(new ListPipelineExecutionStepsCommand(listing))
    const steps = PipelineExecutionSteps.map(({StepName: name = '', CacheHitResult, FailureReason: failureReason}) => ({
      ...{name, isCached: CacheHitResult !== undefined},
      ...(failureReason === undefined ? {} : {failureReason}),
    }))
    const parameters = Object.fromEntries(PipelineParameters.map(({Name = '', Value = ''}) => [Name, Value]))
    return {arn: PipelineExecutionArn, status, description, parameters, steps}
  }

  return {
    /** The execution of the pipeline that was not there before, at its end. */
    async nextExecution(PipelineName: string): Promise<Execution> {
      const arn = await eventually(`an execution of ${PipelineName}`, async () => {
        const listed = await sageMaker.send(new ListPipelineExecutionsCommand({PipelineName}))
        const arns = (listed.PipelineExecutionSummaries ?? []).map(
          ({PipelineExecutionArn = ''}) => PipelineExecutionArn,
        )
        return arns.find((one) => !seen.has(one))
      })
      seen.add(arn)
      return eventually(`the end of ${arn}`, () => describeExecution(arn))
    },
    async countExecutions(PipelineName: string): Promise<number> {
      const listed = await sageMaker.send(new ListPipelineExecutionsCommand({PipelineName}))
      return listed.PipelineExecutionSummaries?.length ?? 0
    },
    async versions(): Promise<string[]> {
      const input = {ModelPackageGroupName: 'churn', SortOrder: 'Ascending'} as const
      const {ModelPackageSummaryList = []} = await sageMaker.send(new ListModelPackagesCommand(input))
      return ModelPackageSummaryList.map(
        ({ModelPackageVersion, ModelApprovalStatus}) => `${ModelPackageVersion} ${ModelApprovalStatus}`,
      )
    },
    async etagOf(Key: string): Promise<string> {
      const {ETag = ''} = await s3.send(new HeadObjectCommand({Bucket: bucket, Key}))
      return ETag.replaceAll('"', '')
    },
  }
}

/** A project of the template, and the program in it. */
function makeProject() {
  const project = join(tempDir(), 'churn')
  const mlpipe = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {
      ...{cwd: project, encoding: 'utf8', env: {...process.env, ...env}},
    })
    expect(status, `mlpipe ${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
    return stdout
  }
  const {status, stderr} = spawnSync(process.execPath, [program, 'init', project, '--template', 'retrain-on-drift'])
  expect(status, String(stderr)).toBe(0)
  return {project, mlpipe}
}

const namesOf = ({steps}: Execution) => steps.map(({name}) => name)
const packageArn = 'arn:aws:sagemaker:us-east-1:000000000000:model-package/churn/1'
const retrained = ['check', 'drifted', 'prepare', 'train', 'evaluate', 'gate', 'register']

it('starts with a file in a watched folder, and ends with an endpoint', longTest, async () => {
  const {project, mlpipe} = makeProject()
  mlpipe(['deploy', '--triggers', '--yes'])
  mlpipe(['deploy', '-f', 'deploy.yaml', '--triggers', '--yes'])
  mkdirSync(join(project, 'incoming'))
  const {endpoint} = await serving(project, '--watch', `incoming=s3://${bucket}/incoming/`)
  const see = observer(endpoint)

  copyFileSync(join(project, 'data/drifted.csv'), join(project, 'incoming/march.csv'))
  const retraining = await see.nextExecution('churn-retrain')
  expect(retraining).toMatchObject({status: 'Succeeded', parameters: {rawKey: 'incoming/march.csv'}})
  expect(namesOf(retraining)).toEqual(retrained)
  expect(await see.versions()).toEqual(['1 PendingManualApproval'])

  mlpipe(['models', 'approve', 'churn'])
  const deployment = await see.nextExecution('churn-deploy')
  expect(deployment).toMatchObject({status: 'Succeeded', parameters: {modelPackageArn: packageArn}})
  expect(namesOf(deployment)).toEqual(['create', 'rehearse', 'live-config', 'live'])
})

const aws = findAwsCli()

it.skipIf(isMissing(aws, 'aws', 'the story of retraining with the AWS CLI'))(
  'is told by the AWS CLI to a served engine that stands for AWS',
  longTest,
  async () => {
    const {project, mlpipe: run} = makeProject()
    const {endpoint} = await serving(tempDir())
    for (const spec of ['mlpipe.yaml', 'deploy.yaml']) appendFileSync(join(project, spec), awsTarget)
    const env = {...clientEnv(endpoint), AWS_REGION: 'us-east-1', MLPIPE_TARGET: 'prod'}
    const mlpipe = (...args: string[]) => run(args, env)
    const cli = async (...args: string[]) => {
      const {exitCode, stderr} = await runAws(args, env, aws)
      expect(exitCode, `aws ${args.join(' ')}\n${stderr}`).toBe(0)
    }
    const put = (file: string, key: string) =>
      cli('s3', 'cp', join(project, 'data', file), `s3://${bucket}/incoming/${key}`)
    const see = observer(endpoint)

    await cli('s3', 'mb', `s3://${bucket}`)
    mlpipe('deploy', '--triggers', '--yes')
    mlpipe('deploy', '-f', 'deploy.yaml', '--triggers', '--yes')

    await put('drifted.csv', 'new.csv')
    const retraining = await see.nextExecution('churn-retrain')
    expect(retraining).toMatchObject({
      status: 'Succeeded',
      description: expect.stringMatching(/^Started by rule churn-retrain-new-data, event [0-9a-f-]{36}$/),
      parameters: {rawKey: 'incoming/new.csv', 'fingerprint-check-new': await see.etagOf('incoming/new.csv')},
    })
    expect(namesOf(retraining)).toEqual(retrained)
    expect(retraining.steps.some(({isCached}) => isCached)).toBe(false)
    expect(await see.versions()).toEqual(['1 PendingManualApproval'])

    mlpipe('models', 'approve', 'churn')
    const deployment = await see.nextExecution('churn-deploy')
    expect(deployment).toMatchObject({
      status: 'Succeeded',
      description: expect.stringMatching(/^Started by rule churn-deploy-approved, event /),
      parameters: {modelPackageArn: packageArn},
    })

    await put('mislabelled.csv', 'bad.csv')
    const rejected = await see.nextExecution('churn-retrain')
    expect(rejected).toMatchObject({status: 'Failed', parameters: {rawKey: 'incoming/bad.csv'}})
    expect(rejected.steps.at(-1)).toMatchObject({
      name: 'reject',
      failureReason: expect.stringMatching(/^accuracy 0\.5\d* is below 0\.75, or /),
    })
    expect(await see.versions()).toEqual(['1 Approved'])

    await put('steady.csv', 'steady.csv')
    const idle = await see.nextExecution('churn-retrain')
    expect(idle.status).toBe('Succeeded')
    expect(namesOf(idle)).toEqual(['check', 'drifted'])

    await put('drifted.csv', 'new.csv')
    const again = await see.nextExecution('churn-retrain')
    expect(again.parameters).toEqual(retraining.parameters)
    expect(again.steps.filter(({isCached}) => isCached).map(({name}) => name)).toEqual([
      'check',
      'prepare',
      'train',
      'evaluate',
    ])

    await cli(
      ...['cloudwatch', 'set-alarm-state', '--alarm-name', 'churn-retrain-drift'],
      ...['--state-value', 'ALARM', '--state-reason', 'rehearsal'],
    )
    const alarmed = await see.nextExecution('churn-retrain')
    expect(alarmed).toMatchObject({
      description: expect.stringMatching(/^Started by rule churn-retrain-drift, event /),
      parameters: {'fingerprint-check-new': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/)},
    })
    // Everything that came in: of three files, one is the toss of a coin, and the gate has its say.
    expect(namesOf(alarmed).slice(0, 5)).toEqual(retrained.slice(0, 5))
    expect(await see.countExecutions('churn-deploy')).toBe(1)
  },
)
