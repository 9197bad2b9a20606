// An engine on a real directory, and the real SDK clients that talk to it.

import {join} from 'node:path'
import {CloudWatchLogsClient} from '@aws-sdk/client-cloudwatch-logs'
import {S3Client} from '@aws-sdk/client-s3'
import {
  CreatePipelineCommand,
  DescribePipelineExecutionCommand,
  type PipelineExecutionStep,
  paginateListPipelineExecutionSteps,
  SageMakerClient,
  StartPipelineExecutionCommand,
  type StartPipelineExecutionCommandInput,
  UpdatePipelineCommand,
} from '@aws-sdk/client-sagemaker'
import {onTestFinished} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {type Engine, type EngineOptions, openEngine} from '../../../src/engine/engine.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {tempDir} from '../../support/temp-dir.ts'

export const roleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'

export type LocalCloud = {
  readonly stateDirectory: string
  readonly engine: Engine
  readonly sageMaker: SageMakerClient
  readonly s3: S3Client
  readonly logs: CloudWatchLogsClient
}

export type CloudOptions = {
  readonly stateDirectory?: string
  now?(): number
  random?(): number
  readonly launch?: EngineOptions['launch']
  readonly servingLimits?: EngineOptions['servingLimits']
  /** Beside PATH. */
  readonly env?: EngineOptions['env']
}

/** Opens an engine for one test; on the directory given, or on one of its own. */
export function localCloud(options: CloudOptions = {}): LocalCloud {
  const stateDirectory = options.stateDirectory ?? join(tempDir(), '.mlpipe')
  const now = options.now ?? Date.now
  const {launch, random, servingLimits} = options
  const env = {PATH: process.env.PATH, ...options.env}
  const engine = openEngine({
    ...{stateDirectory, now, env},
    ...(launch ? {launch} : {}),
    ...(random ? {random} : {}),
    ...(servingLimits ? {servingLimits} : {}),
  })
  onTestFinished(async () => {
    engine.kill()
    await engine.idle()
    engine.close()
  })
  return {stateDirectory, engine, ...clients(engine)}
}

/** The settings of an SDK client that talks to an engine of this process. */
export function clientConfig(engine: Engine) {
  return {
    region: 'us-east-1',
    credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
    requestHandler: requestHandler(engine),
    maxAttempts: 1,
  }
}

function clients(engine: Engine) {
  const config = clientConfig(engine)
  return {
    sageMaker: new SageMakerClient(config),
    s3: new S3Client({...config, forcePathStyle: true}),
    logs: new CloudWatchLogsClient(config),
  }
}

/** Creates the pipeline, or gives it a new version. */
export async function putPipeline(cloud: LocalCloud, name: string, definition: JsonObject): Promise<void> {
  const input = {PipelineName: name, PipelineDefinition: JSON.stringify(definition), RoleArn: roleArn}
  await cloud.sageMaker.send(new CreatePipelineCommand(input)).catch(async (error: Error) => {
    if (!error.message.includes('already exists')) throw error
    await cloud.sageMaker.send(new UpdatePipelineCommand(input))
  })
}

export type Finished = {
  readonly arn: string
  readonly status: string
  readonly failureReason: string | undefined
  /** In the order in which they started. */
  readonly steps: readonly PipelineExecutionStep[]
  step(name: string): PipelineExecutionStep | undefined
}

/** Starts the pipeline and returns the execution's ARN. */
export async function start(
  cloud: LocalCloud,
  name: string,
  input: Partial<StartPipelineExecutionCommandInput> = {},
): Promise<string> {
  const reply = await cloud.sageMaker.send(new StartPipelineExecutionCommand({PipelineName: name, ...input}))
  return reply.PipelineExecutionArn ?? ''
}

/** Starts the pipeline and waits for its end. */
export async function run(
  cloud: LocalCloud,
  name: string,
  input: Partial<StartPipelineExecutionCommandInput> = {},
): Promise<Finished> {
  const arn = await start(cloud, name, input)
  await cloud.engine.idle()
  return outcomeOf(cloud, arn)
}

export async function outcomeOf(cloud: LocalCloud, arn: string): Promise<Finished> {
  const execution = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn: arn}))
  const steps = await stepsOf(cloud, arn)
  return {
    arn,
    status: execution.PipelineExecutionStatus ?? '',
    failureReason: execution.FailureReason,
    steps,
    step: (name) => steps.find(({StepName}) => StepName === name),
  }
}

export async function stepsOf(cloud: LocalCloud, arn: string): Promise<PipelineExecutionStep[]> {
  const found: PipelineExecutionStep[] = []
  const input = {PipelineExecutionArn: arn, SortOrder: 'Ascending'} as const
  for await (const page of paginateListPipelineExecutionSteps({client: cloud.sageMaker}, input)) {
    found.push(...(page.PipelineExecutionSteps ?? []))
  }
  return found
}

/** Looks every few milliseconds until the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('waited 30 seconds in vain')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
