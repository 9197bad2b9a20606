// Real jobs in real directories: an object store of plain files, a log in memory, requests as the service gets them.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {startJob} from '../../../src/engine/runners/job.ts'
import type {JobDeps, JobObjects, JobOutcome, JobRequest, RunningJob} from '../../../src/engine/runners/job-types.ts'
import type {ObjectEntry} from '../../../src/engine/store/object-records.ts'

export type Scene = {
  readonly directory: string
  readonly deps: JobDeps
  readonly log: string[]
  put(uri: string, text: string): void
  read(uri: string): string
  keys(): string[]
  start(kind: JobRequest['kind'], args: JsonObject, jobName?: string): RunningJob
  run(kind: JobRequest['kind'], args: JsonObject, jobName?: string): Promise<JobOutcome>
  close(): void
}

export function openScene(env: Record<string, string> = {}, parent = tmpdir()): Scene {
  const directory = mkdtempSync(join(parent, 'mlpipe job '))
  const root = join(directory, 's3')
  const stateDirectory = join(directory, '.mlpipe')
  mkdirSync(stateDirectory, {recursive: true})
  const log: string[] = []
  const deps: JobDeps = {
    objects: directoryObjects(root),
    stateDirectory,
    now: () => Date.now(),
    env: {...process.env, ...env},
    writeLog: (_jobName, line) => void log.push(line),
    startChild: () => {
      throw new Error('no job of this scene starts another')
    },
    approvedPackage: () => undefined,
    callbackAnswer: () => undefined,
    modelRequest: () => undefined,
  }
  const start = (kind: JobRequest['kind'], args: JsonObject, jobName = 'job-1') =>
    startJob(
      {
        kind,
        jobName,
        jobArn: `arn:aws:sagemaker:us-east-1:000000000000:job/${jobName}`,
        region: 'us-east-1',
        stepName: 'step',
        executionArn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p/execution/abcdefghijkl',
        envelope: {},
        hints: {},
        arguments: args,
      },
      deps,
    )
  return {
    directory,
    deps,
    log,
    put(uri, text) {
      const path = join(root, uri.replace('s3://', ''))
      mkdirSync(dirname(path), {recursive: true})
      writeFileSync(path, text)
    },
    read: (uri) => readFileSync(join(root, uri.replace('s3://', '')), 'utf8'),
    keys: () => listFiles(root).sort(),
    start,
    run: (kind, args, jobName) => start(kind, args, jobName).done,
    close: () => rmSync(directory, {recursive: true, force: true}),
  }
}

export type ProcessingOptions = {
  readonly args?: readonly string[]
  readonly inputs?: Readonly<Record<string, {uri: string; path: string; type?: string; mode?: string}>>
  readonly outputs?: Readonly<Record<string, {uri: string; path: string; mode?: string; appManaged?: boolean}>>
  readonly environment?: Readonly<Record<string, string>>
  readonly limitSeconds?: number
}

/** A request of CreateProcessingJob. */
export function processing(entrypoint: readonly string[], options: ProcessingOptions = {}): JsonObject {
  return {
    AppSpecification: {
      ImageUri: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
      ...(entrypoint.length > 0 ? {ContainerEntrypoint: entrypoint} : {}),
      ...(options.args ? {ContainerArguments: options.args} : {}),
    },
    ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
    RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
    ProcessingInputs: Object.entries(options.inputs ?? {}).map(([name, {uri, path, type, mode}]) => ({
      InputName: name,
      AppManaged: false,
      S3Input: {S3Uri: uri, LocalPath: path, S3DataType: type ?? 'S3Prefix', S3InputMode: mode ?? 'File'},
    })),
    ProcessingOutputConfig: {
      Outputs: Object.entries(options.outputs ?? {}).map(([name, {uri, path, mode, appManaged}]) => ({
        OutputName: name,
        AppManaged: appManaged ?? false,
        S3Output: {S3Uri: uri, LocalPath: path, S3UploadMode: mode ?? 'EndOfJob'},
      })),
    },
    ...(options.environment ? {Environment: options.environment} : {}),
    ...(options.limitSeconds === undefined ? {} : {StoppingCondition: {MaxRuntimeInSeconds: options.limitSeconds}}),
  }
}

/** A processing job that runs Python text as its code, as an SDK would mount it. */
export function pythonProcessing(scene: Scene, script: string, options: ProcessingOptions = {}): JsonObject {
  scene.put('s3://bucket/code/script.py', script)
  const code = {uri: 's3://bucket/code/script.py', path: '/opt/ml/processing/input/code'}
  return processing(['python3', '/opt/ml/processing/input/code/script.py'], {
    ...options,
    inputs: {...options.inputs, code},
  })
}

export type TrainingOptions = {
  readonly hyperparameters?: Readonly<Record<string, string>>
  readonly channels?: Readonly<Record<string, string>>
  readonly specification?: JsonObject
  readonly output?: JsonObject
  readonly limitSeconds?: number
}

/** A request of CreateTrainingJob. */
export function training(options: TrainingOptions = {}): JsonObject {
  return {
    AlgorithmSpecification: {
      TrainingImage: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
      TrainingInputMode: 'File',
      ...options.specification,
    },
    HyperParameters: {...options.hyperparameters},
    InputDataConfig: Object.entries(options.channels ?? {}).map(([name, uri]) => ({
      ChannelName: name,
      ContentType: 'text/csv',
      DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: uri, S3DataDistributionType: 'FullyReplicated'}},
    })),
    OutputDataConfig: {S3OutputPath: 's3://bucket/models/', ...options.output},
    ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
    RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
    ...(options.limitSeconds === undefined ? {} : {StoppingCondition: {MaxRuntimeInSeconds: options.limitSeconds}}),
  } satisfies Record<string, Json>
}

/** Waits until the claim holds; fails after ten seconds. */
export async function eventually(claim: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (claim()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`did not happen within ten seconds: ${what}`)
}

/** Whether a process with that id runs (a zombie does not). */
export function isRunning(pid: number): boolean {
  try {
    const state = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))
    return state?.[1] !== 'Z'
  } catch {
    return false
  }
}

function directoryObjects(root: string): JobObjects {
  const entry = (bucket: string, key: string): ObjectEntry => {
    const path = join(root, bucket, key)
    const {size, mtimeMs} = statSync(path)
    return {bucket, key, size, modifiedMs: mtimeMs, path}
  }
  return {
    async putFile(bucket, key, sourcePath) {
      const path = join(root, bucket, key)
      mkdirSync(dirname(path), {recursive: true})
      copyFileSync(sourcePath, path)
      return entry(bucket, key)
    },
    head: async (bucket, key) => (existsSync(join(root, bucket, key)) ? entry(bucket, key) : undefined),
    list: async (bucket, prefix) =>
      listFiles(join(root, bucket))
        .filter((key) => key.startsWith(prefix))
        .sort()
        .map((key) => entry(bucket, key)),
  }
}

function listFiles(directory: string): string[] {
  if (!existsSync(directory)) return []
  const paths = readdirSync(directory, {recursive: true}).map(String)
  return paths.filter((path) => statSync(join(directory, path)).isFile())
}
