// Steps of the kinds beyond processing, written as SageMaker stores them, and what they run on.

import {mkdtempSync, rmSync} from 'node:fs'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {GetObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3'
import {create} from 'tar'
import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {pipeline} from './definitions.ts'
import {type LocalCloud, roleArn} from './local-cloud.ts'

/** A pipeline whose steps are to run here in a particular way. */
export function pipelineWithHints(
  steps: readonly JsonObject[],
  hints: Readonly<Record<string, JsonObject>>,
  parameters: readonly JsonObject[] = [],
): JsonObject {
  const entries = Object.entries(hints).map(([step, hint]) => [`local-${step}`, JSON.stringify(hint)])
  return {...pipeline(steps, parameters), Metadata: Object.fromEntries(entries)}
}

export async function putObject(cloud: LocalCloud, uri: string, body: string | Uint8Array): Promise<void> {
  const [, , bucket = '', ...key] = uri.split('/')
  await cloud.s3.send(new PutObjectCommand({Bucket: bucket, Key: key.join('/'), Body: body}))
}

export async function readObject(cloud: LocalCloud, uri: string): Promise<string> {
  const [, , bucket = '', ...key] = uri.split('/')
  const found = await cloud.s3.send(new GetObjectCommand({Bucket: bucket, Key: key.join('/')}))
  return (await found.Body?.transformToString()) ?? ''
}

/** Puts an archive such as model.tar.gz or sourcedir.tar.gz with these files. */
export async function putArchive(
  cloud: LocalCloud,
  uri: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-archive-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), {recursive: true})
      await writeFile(join(directory, name), text)
    }
    const archive = `${directory}.tar.gz`
    await create({cwd: directory, file: archive, gzip: true}, Object.keys(files))
    await putObject(cloud, uri, await readFile(archive))
    rmSync(archive)
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}

export function lambda(
  name: string,
  input: JsonObject,
  outputs: Readonly<Record<string, string>>,
  more: JsonObject = {},
): JsonObject {
  return {
    Name: name,
    Type: 'Lambda',
    Arguments: input,
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:notify',
    OutputParameters: declared(outputs),
    ...more,
  }
}

export function callback(name: string, input: JsonObject, outputs: Readonly<Record<string, string>>): JsonObject {
  return {
    Name: name,
    Type: 'Callback',
    Arguments: input,
    SqsQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/approvals',
    OutputParameters: declared(outputs),
  }
}

function declared(outputs: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(outputs).map(([OutputName, OutputType]) => ({OutputName, OutputType}))
}

export type TuningOptions = {
  readonly config?: JsonObject
  readonly ranges: JsonObject
  readonly limits?: JsonObject
  readonly objective?: 'Minimize' | 'Maximize'
  readonly definition?: JsonObject
}

/** Tunes a script that lies in `s3://mlpipe-local/code/sourcedir.tar.gz` as train.py and prints `loss=<number>`. */
export function tuning(name: string, options: TuningOptions): JsonObject {
  const {config, ranges, limits, objective = 'Minimize', definition} = options
  return {
    Name: name,
    Type: 'Tuning',
    Arguments: {
      HyperParameterTuningJobConfig: {
        Strategy: 'Random',
        ResourceLimits: {MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2, ...limits},
        HyperParameterTuningJobObjective: {Type: objective, MetricName: 'loss'},
        ParameterRanges: ranges,
        ...config,
      },
      TrainingJobDefinition: {...trainingDefinition(), ...definition},
    },
  }
}

export function trainingDefinition(): JsonObject {
  return {
    StaticHyperParameters: {
      sagemaker_program: 'train.py',
      sagemaker_submit_directory: 's3://mlpipe-local/code/sourcedir.tar.gz',
      bias: '10',
    },
    AlgorithmSpecification: {
      TrainingImage: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
      TrainingInputMode: 'File',
      MetricDefinitions: [{Name: 'loss', Regex: 'loss=([-0-9.e]+)'}],
    },
    RoleArn: roleArn,
    OutputDataConfig: {S3OutputPath: 's3://mlpipe-local/tuned'},
    StoppingCondition: {MaxRuntimeInSeconds: 600},
    HyperParameterTuningResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
  }
}

export function model(name: string, container: JsonObject): JsonObject {
  return {
    Name: name,
    Type: 'Model',
    Arguments: {ExecutionRoleArn: roleArn, PrimaryContainer: {Image: 'i', ...container}},
  }
}

export type TransformOptions = {
  readonly input?: JsonObject
  readonly output?: JsonObject
  readonly more?: JsonObject
}

/** From `s3://mlpipe-local/batch/in/` to `s3://mlpipe-local/batch/out`. */
export function transform(name: string, modelName: Json, {input, output, more}: TransformOptions = {}): JsonObject {
  const source = {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: 's3://mlpipe-local/batch/in/'}}
  return {
    Name: name,
    Type: 'Transform',
    Arguments: {
      ModelName: modelName,
      TransformInput: {DataSource: source, ContentType: 'text/csv', SplitType: 'Line', ...input},
      TransformOutput: {
        S3OutputPath: 's3://mlpipe-local/batch/out',
        Accept: 'text/csv',
        AssembleWith: 'Line',
        ...output,
      },
      TransformResources: {InstanceCount: 1, InstanceType: 'ml.m5.large'},
      ...more,
    },
  }
}

/** The name at the end of an ARN. */
export function nameOf(arn: string | undefined): string {
  return arn?.slice(arn.lastIndexOf('/') + 1) ?? ''
}

/** The lines of a job's log, without their times. */
export async function logOf(cloud: LocalCloud, kind: string, jobName: string): Promise<string[]> {
  const text = await readFile(join(cloud.stateDirectory, 'logs', kind, `${jobName}.log`), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(line.indexOf(' ') + 1))
}
