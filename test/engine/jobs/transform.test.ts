// Transform steps: batch inference by the model's own script, under the contract of the inference toolkit.

import {gzipSync} from 'node:zlib'
import {
  CreateModelPackageGroupCommand,
  DescribeTransformJobCommand,
  ListTransformJobsCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {get, pipeline, shell} from '../support/definitions.ts'
import {
  logOf,
  model,
  nameOf,
  putArchive,
  putObject,
  readObject,
  type TransformOptions,
  transform,
} from '../support/job-definitions.ts'
import {type Finished, type LocalCloud, localCloud, putPipeline, roleArn, run} from '../support/local-cloud.ts'

const modelUri = 's3://mlpipe-local/models/model.tar.gz'
const outUri = 's3://mlpipe-local/batch/out'

/** Adds the model's number to the first column; three digits tell how often the script was called. */
const adding = `
import os
calls = 0
def model_fn(model_dir):
    return float(open(os.path.join(model_dir, "weight")).read())
def predict_fn(data, model):
    global calls
    calls += 1
    return [[row[0] + model, calls] for row in data]
`

type Scene = TransformOptions & {
  readonly script?: string
  readonly files?: Readonly<Record<string, string | Uint8Array>>
}

async function transformOnce(cloud: LocalCloud, scene: Scene, more: readonly JsonObject[] = []): Promise<Finished> {
  const {script = adding, files = {'a.csv': '1,9\n2,9\n'}} = scene
  await putArchive(cloud, modelUri, {weight: '100', 'code/inference.py': script})
  for (const [key, body] of Object.entries(files)) await putObject(cloud, `s3://mlpipe-local/batch/in/${key}`, body)
  const steps = [model('model', {ModelDataUrl: modelUri}), transform('batch', get('Steps.model.ModelName'), scene)]
  await putPipeline(cloud, 'p', pipeline([...steps, ...more]))
  return run(cloud, 'p')
}

it('runs the script of the model over every object, and puts each result beside its place', async () => {
  const cloud = localCloud()
  const use = shell('use', 'cat /opt/ml/processing/input/out/deep/b.csv.out', {
    inputs: {out: get('Steps.batch.TransformOutput.S3OutputPath')},
  })
  const files = {'a.csv': '1,9\n2,9\n', 'deep/b.csv': '3,9'}
  const finished = await transformOnce(cloud, {files}, [use])
  expect(finished.steps.map(({StepName, FailureReason}) => [StepName, FailureReason])).toEqual([
    ['model', undefined],
    ['batch', undefined],
    ['use', undefined],
  ])
  expect(await readObject(cloud, `${outUri}/a.csv.out`)).toBe('101.0,1\n102.0,1\n')
  expect(await readObject(cloud, `${outUri}/deep/b.csv.out`)).toBe('103.0,2\n')

  const TransformJobName = nameOf(finished.step('batch')?.Metadata?.TransformJob?.Arn)
  const job = await cloud.sageMaker.send(new DescribeTransformJobCommand({TransformJobName}))
  expect(job).toMatchObject({
    TransformJobStatus: 'Completed',
    TransformOutput: {S3OutputPath: outUri},
  })
  expect(job.ModelName?.toLowerCase()).toBe(nameOf(finished.step('model')?.Metadata?.Model?.Arn))
  const {TransformJobSummaries: jobs} = await cloud.sageMaker.send(new ListTransformJobsCommand({}))
  expect(jobs).toMatchObject([{TransformJobArn: job.TransformJobArn, TransformJobStatus: 'Completed'}])
})

it('runs the script of the model package that the model was made of, in the environment of both', async () => {
  const cloud = localCloud()
  const script = `
import os
def model_fn(model_dir): return None
def predict_fn(data, model): return [[os.environ["A"], os.environ["B"]] for row in data]
`
  await putArchive(cloud, modelUri, {'code/inference.py': script})
  await putObject(cloud, 's3://mlpipe-local/batch/in/a.csv', '1\n')
  await cloud.sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'churn'}))
  const Environment = {A: 'registered', B: 'registered'}
  const registered = {
    Name: 'register',
    Type: 'RegisterModel',
    Arguments: {
      ModelPackageGroupName: 'churn',
      ModelApprovalStatus: 'Approved',
      InferenceSpecification: {Containers: [{Image: 'i', ModelDataUrl: modelUri, Environment}]},
    },
  }
  const made = {
    Name: 'model',
    Type: 'Model',
    Arguments: {
      ExecutionRoleArn: roleArn,
      PrimaryContainer: {ModelPackageName: get('Steps.register.ModelPackageArn'), Environment: {B: 'of the model'}},
    },
  }
  await putPipeline(cloud, 'p', pipeline([registered, made, transform('batch', get('Steps.model.ModelName'))]))
  const finished = await run(cloud, 'p')
  expect(finished.step('batch')?.FailureReason).toBeUndefined()
  expect(await readObject(cloud, `${outUri}/a.csv.out`)).toBe('registered,of the model\n')
})

const files = {'a.csv': '1,9\n2,9\n3,9\n'}
const doubled = 'def model_fn(d): return None\n'

it.each<[string, Scene, string]>([
  ['calls once for each record', {files, more: {BatchStrategy: 'SingleRecord'}}, '101.0,1\n102.0,2\n103.0,3\n'],
  [
    'calls once for what fits into a payload',
    {files, more: {BatchStrategy: 'MultiRecord'}},
    '101.0,1\n102.0,1\n103.0,1\n',
  ],
  [
    'calls once for an object that is not split',
    {files, input: {SplitType: 'None'}, output: {AssembleWith: 'None'}},
    '101.0,1\n102.0,1\n103.0,1\n',
  ],
  ['reads compressed objects', {files: {'a.csv': gzipSync('1,9\n')}, input: {CompressionType: 'Gzip'}}, '101.0,1\n'],
  ['answers in JSON', {files, output: {Accept: 'application/json'}}, '[[101.0, 1], [102.0, 1], [103.0, 1]]\n'],
  ['answers in JSON lines', {files, output: {Accept: 'application/jsonlines'}}, '[101.0, 1]\n[102.0, 1]\n[103.0, 1]\n'],
  [
    'reads JSON lines',
    {files: {'a.csv': '[1]\n[2]\n'}, input: {ContentType: 'application/jsonlines'}},
    '101.0,1\n102.0,1\n',
  ],
  [
    'uses transform_fn in place of the three others, with a context where it takes one',
    {
      script: `${doubled}def transform_fn(model, body, kind, accept, context): return body.upper() + kind, accept\n`,
      files: {'a.csv': 'a\nb\n'},
    },
    'A\nBtext/csv\n',
  ],
  [
    'uses input_fn and output_fn of the script',
    {
      script: `${doubled}def input_fn(body, kind): return body.splitlines()\ndef predict_fn(data, model): return len(data)\ndef output_fn(value, accept): return ("%d %s" % (value, accept)).encode()\n`,
      files,
    },
    '3 text/csv\n',
  ],
  [
    'predicts with what model_fn returned when there is no predict_fn',
    {
      script: 'class M:\n    def predict(self, rows): return [sum(row) for row in rows]\ndef model_fn(d): return M()\n',
      files,
    },
    '10.0\n11.0\n12.0\n',
  ],
])('%s', async (_name, scene, expected) => {
  const cloud = localCloud()
  const finished = await transformOnce(cloud, scene)
  expect(finished.step('batch')?.FailureReason).toBeUndefined()
  expect(await readObject(cloud, `${outUri}/a.csv.out`)).toBe(expected)
})

/** One number for each record: the sum of the columns, or of the features. */
const summing = `
import json
def model_fn(d): return None
def predict_fn(data, model):
    return [sum(row["f"] if isinstance(row, dict) else row) for row in data]
`
const rows = {'a.csv': 'x,1,2\ny,3,4\n'}
const lines = {'a.csv': '{"id": 7, "f": [1, 2]}\n{"id": 8, "f": [3]}\n'}
const jsonLines = {input: {ContentType: 'application/jsonlines'}, output: {Accept: 'application/jsonlines'}}

// Developer Guide, "Associate prediction results with input records": the examples of its tables.
it.each<[string, Scene, string]>([
  ['leaves columns out', {files: rows, more: {DataProcessing: {InputFilter: '$[1:]'}}}, '3.0\n7.0\n'],
  ['takes single columns', {files: rows, more: {DataProcessing: {InputFilter: '$[1,-1]'}}}, '3.0\n7.0\n'],
  [
    'joins the whole input with the output',
    {files: rows, more: {DataProcessing: {InputFilter: '$[1:]', JoinSource: 'Input'}}},
    'x,1,2,3.0\ny,3,4,7.0\n',
  ],
  [
    'takes columns out of what was joined',
    {files: rows, more: {DataProcessing: {InputFilter: '$[1:]', JoinSource: 'Input', OutputFilter: '$[0,-1]'}}},
    'x,3.0\ny,7.0\n',
  ],
  [
    'joins JSON under SageMakerOutput',
    {files: lines, ...jsonLines, more: {DataProcessing: {JoinSource: 'Input'}}},
    '{"id": 7, "f": [1, 2], "SageMakerOutput": 3}\n{"id": 8, "f": [3], "SageMakerOutput": 3}\n',
  ],
  [
    'takes members of a JSON record, one and several',
    {
      files: lines,
      ...jsonLines,
      more: {DataProcessing: {InputFilter: '$.f', JoinSource: 'Input', OutputFilter: "$['id','SageMakerOutput']"}},
    },
    '{"id": 7, "SageMakerOutput": 3}\n{"id": 8, "SageMakerOutput": 3}\n',
  ],
  [
    'joins a JSON record that is no object',
    {files: {'a.csv': '[1, 2]\n'}, ...jsonLines, more: {DataProcessing: {JoinSource: 'Input'}}},
    '{"SageMakerInput": [1, 2], "SageMakerOutput": 3}\n',
  ],
])('%s', async (_name, scene, expected) => {
  const cloud = localCloud()
  const finished = await transformOnce(cloud, {script: summing, ...scene})
  expect(finished.step('batch')?.FailureReason).toBeUndefined()
  expect(await readObject(cloud, `${outUri}/a.csv.out`)).toBe(expected)
})

it.each<[string, Scene, string]>([
  [
    'a record that the script cannot take',
    {files: {'a.csv': '1,9\nx,9\n'}, more: {BatchStrategy: 'SingleRecord'}},
    'AlgorithmError: a.csv, line 2: TypeError',
  ],
  [
    'a batch that the script cannot take',
    {files: {'deep/a.csv': '1,9\nx,9\n'}},
    'AlgorithmError: deep/a.csv, lines 1 to 2: TypeError',
  ],
  [
    'a record that is too large',
    {files: {'a.csv': `1\n${'2'.repeat(1_100_000)}\n`}, more: {MaxPayloadInMB: 1}},
    'ClientError: a.csv, line 2: the record has 1100000 bytes',
  ],
  [
    'a model that cannot be loaded',
    {script: 'def model_fn(d): return open(d + "/none")\n'},
    'inference.py could not load the model: FileNotFoundError',
  ],
  [
    'a script without model_fn',
    {script: 'x = 1\n'},
    'ClientError: inference.py has no model_fn(model_dir), which loads the model; the model directory holds: code, weight',
  ],
  ['a script that is no Python', {script: 'def :\n'}, 'SyntaxError'],
  ['no object to read', {files: {}}, 'No S3 objects found under S3 URL "s3://mlpipe-local/batch/in/"'],
  [
    'a content type without input_fn',
    {input: {ContentType: 'image/png'}},
    'has no input_fn, and there is no default for the content type image/png',
  ],
  [
    'a filter that cannot be read',
    {more: {DataProcessing: {InputFilter: '$[x]'}}},
    'the filter $[x] has x, which is no index, range or name',
  ],
  [
    'a filter past the last column',
    {more: {DataProcessing: {InputFilter: '$[5]'}}},
    'ClientError: a.csv, line 1: the record has 2 columns, and none with the index 5',
  ],
  [
    'a join without a line for each record',
    {output: {Accept: 'application/json'}, more: {DataProcessing: {JoinSource: 'Input'}}},
    '2 records gave 1 lines',
  ],
  ['a split that it does not know', {input: {SplitType: 'TFRecord'}}, 'SplitType of TransformInput is TFRecord'],
])('fails at %s, saying where', async (_name, scene, reason) => {
  const finished = await transformOnce(localCloud(), scene)
  expect(finished.status).toBe('Failed')
  expect(finished.step('batch')?.FailureReason).toContain(reason)
})

it('takes the script and the environment from the request of the model, and the job’s own over it', async () => {
  const cloud = localCloud()
  const script = `
import os
def model_fn(d): return os.environ["A"] + os.environ["B"]
def transform_fn(model, body, kind, accept): return model
`
  await putArchive(cloud, modelUri, {weight: '1'})
  await putArchive(cloud, 's3://mlpipe-local/code/sourcedir.tar.gz', {'serve.py': script})
  await putObject(cloud, 's3://mlpipe-local/batch/in/a.csv', '1\n')
  const environment = {
    SAGEMAKER_PROGRAM: 'serve.py',
    SAGEMAKER_SUBMIT_DIRECTORY: 's3://mlpipe-local/code/sourcedir.tar.gz',
    ...{A: 'model', B: 'model'},
  }
  const made = model('model', {ModelDataUrl: modelUri, Environment: environment})
  const batch = transform('batch', get('Steps.model.ModelName'), {more: {Environment: {B: 'job'}}})
  await putPipeline(cloud, 'p', pipeline([made, batch]))
  expect((await run(cloud, 'p')).step('batch')?.FailureReason).toBeUndefined()
  expect(await readObject(cloud, `${outUri}/a.csv.out`)).toBe('modeljob\n')
})

it('is rehearsed, and says so, when the model has no script', async () => {
  const cloud = localCloud()
  await putArchive(cloud, modelUri, {'model.joblib': 'x'})
  await putObject(cloud, 's3://mlpipe-local/batch/in/a.csv', '1\n')
  const steps = [model('model', {ModelDataUrl: modelUri}), transform('batch', get('Steps.model.ModelName'))]
  await putPipeline(cloud, 'p', pipeline(steps))
  const finished = await run(cloud, 'p')
  expect(finished.status).toBe('Succeeded')
  const step = finished.step('batch')
  expect(step?.StepDescription).toBe(
    `[simulated] the model has no inference script that can run here (code/inference.py is not in ${modelUri}), only the image i`,
  )
  const TransformJobName = nameOf(step?.Metadata?.TransformJob?.Arn)
  const job = await cloud.sageMaker.send(new DescribeTransformJobCommand({TransformJobName}))
  expect(await logOf(cloud, 'Transform', job.TransformJobName ?? '')).toContainEqual(
    expect.stringMatching(/simulated: the model has no/),
  )
})

it('fails for a model that does not exist', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'p', pipeline([transform('batch', 'none')]))
  expect((await run(cloud, 'p')).step('batch')?.FailureReason).toBe('ClientError: Could not find model "none"')
})
