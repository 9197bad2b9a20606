// A target whose jobs are simulated and whose clock stands in the test's hands: the real engine, clients and predictor.

import {predictRun, type RunPrediction} from '../../src/actions/forecast/predict-run.ts'
import {type RunHistoryFiles, typedParameters} from '../../src/actions/forecast/run-history.ts'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud, ExecutionStep} from '../../src/cloud/ports.ts'
import {parseDefinition} from '../../src/definition/parse-definition.ts'
import {openEngine} from '../../src/engine/engine.ts'
import type {StartJob} from '../../src/engine/runners/job-types.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {historyFiles} from '../../src/project/history-files.ts'

import {tempDir} from '../support/temp-dir.ts'

const pipelineName = 'Simulated'

export type Values = Readonly<Record<string, string>>

export type SimulatedTarget = {
  readonly clock: {nowMs: number}
  deploy(definition: unknown): Promise<void>
  predict(values: Values): Promise<RunPrediction>
  readonly cloud: Cloud
  /** Runs to the end; throws when the execution does not succeed. */
  run(values: Values): Promise<ReadonlyMap<string, ExecutionStep>>
  close(): void
}

export async function openSimulatedTarget(): Promise<SimulatedTarget> {
  const clock = {nowMs: Date.UTC(2026, 0, 15)}
  const objects: {cloud?: Cloud} = {}
  const startJob = simulatedJobs(clock, objects)
  const engine = openEngine({stateDirectory: tempDir(), now: () => clock.nowMs, env: {}, startJob})
  const cloud = await connectCloud({region: engine.region, requestHandler: requestHandler(engine)})
  objects.cloud = cloud
  const files: RunHistoryFiles = historyFiles(tempDir(), 'local')
  return {
    clock,
    cloud,
    deploy: (definition) => deployDefinition(cloud, JSON.stringify(definition)),
    predict: (values) => predict(cloud, values, clock.nowMs, files),
    run: (values) => run(cloud, values, `${clock.nowMs}`.padStart(40, 't'), () => engine.idle()),
    close: () => engine.close(),
  }
}

/** Jobs take a second of the test's clock and write what the run alone can tell: a number that nobody can foresee. */
function simulatedJobs(clock: {nowMs: number}, objects: {readonly cloud?: Cloud}): StartJob {
  let number = 1
  return ({kind, jobName, arguments: request}) => {
    const run = async () => {
      const startedAtMs = clock.nowMs
      clock.nowMs += 1000
      number = (number * 7 + 3) % 11
      const times = {startedAtMs, endedAtMs: clock.nowMs}
      if (kind === 'Training') {
        const {S3OutputPath} = request['OutputDataConfig'] as {S3OutputPath: string}
        const modelArtifactsUri = `${S3OutputPath}/${jobName}/output/model.tar.gz`
        const metrics = [{name: 'm', value: number % 4, timestampMs: clock.nowMs}]
        return {status: 'Completed', metrics, modelArtifactsUri, ...times} as const
      }
      if (kind === 'Tuning') {
        const job = {TrainingJobName: `${jobName}-${number % 4}`}
        return {status: 'Completed', metrics: [], described: {BestTrainingJob: job}, ...times} as const
      }
      if (kind === 'Lambda') {
        const described = {OutputParameters: {n: number % 4}}
        const metadata = {OutputParameters: [{Name: 'n', Value: String(number % 4)}]}
        return {status: 'Completed', metrics: [], described, metadata, ...times} as const
      }
      if (kind === 'QualityCheck') {
        const found = {CalculatedBaselineConstraints: `s3://bucket/${jobName}/constraints.json`}
        return {status: 'Completed', metrics: [], described: found, metadata: found, ...times} as const
      }
      if (kind !== 'Processing') return {status: 'Completed', metrics: [], ...times} as const
      const {Outputs} = request['ProcessingOutputConfig'] as {Outputs: {S3Output: {S3Uri: string}}[]}
      const report = `${Outputs[0]?.S3Output.S3Uri}/report.json`
      await objects.cloud?.objects.put(report, Buffer.from(`{"x": ${number % 4}}`))
      return {status: 'Completed', metrics: [], ...times} as const
    }
    return {done: run(), stop() {}, kill() {}}
  }
}

async function deployDefinition(cloud: Cloud, definition: string): Promise<void> {
  const upload = {name: pipelineName, definition, roleArn: 'arn:aws:iam::000000000000:role/mlpipe-local'}
  if (await cloud.pipelines.describe(pipelineName)) await cloud.pipelines.update(upload)
  else await cloud.pipelines.create(upload, [])
}

export async function predict(
  cloud: Cloud,
  values: Values,
  nowMs: number,
  files: RunHistoryFiles,
): Promise<RunPrediction> {
  const pipeline = await cloud.pipelines.describe(pipelineName)
  const parsed = parseDefinition(pipeline?.definition ?? '')
  if (!pipeline || !parsed.ok) throw new Error('the pipeline is not there')
  const {definition} = parsed
  const parameters = typedParameters(definition, nameValues(values))
  return predictRun({definition, pipeline: {arn: pipeline.arn, pipelineName}, parameters, nowMs}, cloud, files)
}

async function run(cloud: Cloud, values: Values, token: string, idle: () => Promise<void>) {
  const {arn} = await cloud.executions.start({pipelineName, parameters: nameValues(values), token})
  await idle()
  const {status, failureReason} = await cloud.executions.describe(arn)
  const steps = await cloud.executions.steps(arn)
  if (status !== 'Succeeded') {
    const failed = steps.find((step) => step.status === 'Failed')
    throw new Error(`${status}: ${failed?.name} ${failed?.failureReason ?? failureReason}`)
  }
  return new Map(steps.map((step) => [step.name, step]))
}

function nameValues(values: Values) {
  return Object.entries(values).map(([name, value]) => ({name, value}))
}
