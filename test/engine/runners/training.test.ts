// Training jobs: the container contract (Developer Guide, "How Amazon SageMaker AI provides training information") and script
// mode (aws/sagemaker-training-toolkit), in every sandbox.

import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {create, extract, list} from 'tar'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Scene, TrainingOptions} from './fixture.ts'
import {openScene, training} from './fixture.ts'
import {sandboxKinds} from './sandboxes.ts'

let scene: Scene
afterEach(() => scene.close())

/** Puts files as s3://bucket/code/sourcedir.tar.gz and gives the hyperparameters that name it, encoded as the SDK encodes them. */
async function scriptMode(
  files: Readonly<Record<string, string>>,
  program = 'train.py',
): Promise<Record<string, string>> {
  const source = join(scene.directory, 'source')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), {recursive: true})
    writeFileSync(join(source, path), text, {mode: path.endsWith('.sh') ? 0o755 : 0o644})
  }
  scene.put('s3://bucket/code/placeholder', '')
  const file = join(scene.directory, 's3/bucket/code/sourcedir.tar.gz')
  await create({cwd: source, file, gzip: true}, Object.keys(files))
  return {
    sagemaker_program: JSON.stringify(program),
    sagemaker_submit_directory: '"s3://bucket/code/sourcedir.tar.gz"',
    sagemaker_region: '"us-east-1"',
    sagemaker_container_log_level: '20',
  }
}

/** Runs Python text as train.py. */
async function train(script: string, options: TrainingOptions = {}) {
  const hyperparameters = {...(await scriptMode({'train.py': script})), ...options.hyperparameters}
  return scene.run('Training', training({...options, hyperparameters}))
}

/** Paths and texts of the files in an archive of the object store. */
async function unpack(uri: string): Promise<{names: string[]; read(path: string): string}> {
  const file = join(scene.directory, 's3', uri.replace('s3://', ''))
  const directory = join(scene.directory, 'unpacked')
  mkdirSync(directory, {recursive: true})
  const names: string[] = []
  await list({file, onReadEntry: (entry) => void names.push(entry.path)})
  await extract({file, cwd: directory})
  return {names, read: (path) => readFileSync(join(directory, path), 'utf8')}
}

const jsonLine = () => JSON.parse(scene.log.find((line) => line.startsWith('{') || line.startsWith('[')) ?? 'null')

describe.each(sandboxKinds)('in sandbox %s', (kind) => {
  beforeEach(() => {
    scene = openScene({MLPIPE_SANDBOX: kind})
  })

  it('trains on its channels and packs the model', async () => {
    scene.put('s3://bucket/data/train/part.csv', '1\n2\n')
    scene.put('s3://bucket/data/test.csv', '5\n')
    const outcome = await train(
      `
import json, os
train = os.environ['SM_CHANNEL_TRAIN']
total = sum(int(x) for x in open(train + '/part.csv'))
assert os.listdir(os.environ['SM_CHANNEL_TEST']) == ['test.csv']
os.makedirs(os.environ['SM_MODEL_DIR'] + '/sub')
json.dump({'total': total}, open(os.environ['SM_MODEL_DIR'] + '/model.json', 'w'))
open(os.environ['SM_MODEL_DIR'] + '/sub/@odd', 'w').write('odd')
open(os.environ['SM_MODEL_DIR'] + '/@first', 'w').write('first')
open(os.environ['SM_OUTPUT_DATA_DIR'] + '/curve.txt', 'w').write('curve')
`,
      {channels: {train: 's3://bucket/data/train', test: 's3://bucket/data/test.csv'}},
    )
    expect(outcome).toMatchObject({
      status: 'Completed',
      modelArtifactsUri: 's3://bucket/models/job-1/output/model.tar.gz',
    })
    const model = await unpack('s3://bucket/models/job-1/output/model.tar.gz')
    expect(model.read('model.json')).toBe('{"total": 3}')
    expect([model.read('sub/@odd'), model.read('@first')]).toEqual(['odd', 'first'])
    expect((await unpack('s3://bucket/models/job-1/output/output.tar.gz')).read('curve.txt')).toBe('curve')
    expect(existsSync(join(scene.deps.stateDirectory, 'jobs', 'job-1'))).toBe(false)
  })

  it('passes hyperparameters as the toolkit does: decoded, sorted, without its own', async () => {
    await train(`import json, sys; print(json.dumps(sys.argv[1:]))`, {
      hyperparameters: {
        epochs: '200',
        'learning-rate': '0.0010',
        name: '"quoted"',
        plain: 'not json',
        a: 'true',
        layers: '[64, "x"]',
        map: '{"b": 1, "a": "y"}',
        nothing: 'null',
      },
    })
    expect(jsonLine()).toEqual([
      ...['-a', 'True', '--epochs', '200', '--layers', "[64, 'x']", '--learning-rate', '0.0010'],
      ...['--map', 'a=y,b=1', '--name', 'quoted', '--nothing', 'None', '--plain', 'not json'],
    ])
  })

  it('gives the environment of script mode, and where it starts', async () => {
    const hyperparameters = {epochs: '200', 'batch-size': '32'}
    await train(`import json, os; print(json.dumps({**os.environ, 'cwd': os.getcwd()}))`, {hyperparameters})
    const seen = jsonLine()
    const ml = seen.MLPIPE_OPT_ML
    expect(seen).toMatchObject({
      TRAINING_JOB_NAME: 'job-1',
      SM_CHANNELS: '[]',
      SM_CURRENT_HOST: 'algo-1',
      SM_HOSTS: '["algo-1"]',
      SM_HPS: '{"batch-size":32,"epochs":200}',
      SM_HP_EPOCHS: '200',
      'SM_HP_BATCH-SIZE': '32',
      SM_MODEL_DIR: `${ml}/model`,
      SM_OUTPUT_DIR: `${ml}/output`,
      SM_OUTPUT_DATA_DIR: `${ml}/output/data`,
      SM_INPUT_DIR: `${ml}/input`,
      SM_INPUT_CONFIG_DIR: `${ml}/input/config`,
      SM_NUM_GPUS: '0',
      SM_MODULE_NAME: 'train',
      SM_MODULE_DIR: 's3://bucket/code/sourcedir.tar.gz',
      SM_USER_ENTRY_POINT: 'train.py',
      SM_USER_ARGS: '["--batch-size","32","--epochs","200"]',
      SM_LOG_LEVEL: '20',
      cwd: `${ml}/code`,
    })
    expect(JSON.parse(seen.SM_TRAINING_ENV)).toMatchObject({model_dir: `${ml}/model`, hyperparameters: {epochs: 200}})
  })

  it('writes the configuration that a container finds', async () => {
    scene.put('s3://bucket/t/x', 'x')
    await train(
      `
import json, os
base = os.environ['MLPIPE_OPT_ML'] + '/input/config/'
print(json.dumps([json.load(open(base + n + '.json')) for n in ('hyperparameters', 'inputdataconfig', 'resourceconfig')]))
`,
      {channels: {train: 's3://bucket/t/'}, hyperparameters: {epochs: '200'}},
    )
    const [hyperparameters, channels, resources] = jsonLine()
    expect(hyperparameters).toMatchObject({epochs: '200', sagemaker_program: '"train.py"'})
    expect(channels).toEqual({
      train: {
        TrainingInputMode: 'File',
        S3DistributionType: 'FullyReplicated',
        RecordWrapperType: 'None',
        ContentType: 'text/csv',
      },
    })
    expect(resources).toMatchObject({current_host: 'algo-1', hosts: ['algo-1'], current_instance_type: 'ml.m5.large'})
  })

  it('imports the modules that lie beside the script', async () => {
    const files = {
      'train.py': 'from helpers.sums import add; print("sum", add(1, 2))',
      'helpers/sums.py': 'def add(a, b): return a + b',
    }
    const hyperparameters = await scriptMode(files)
    await scene.run('Training', training({hyperparameters}))
    expect(scene.log).toContain('sum 3')
  })

  it('runs a shell script', async () => {
    const hyperparameters = await scriptMode({'go.sh': '#!/bin/sh\necho "got $1 $2"'}, 'go.sh')
    await scene.run('Training', training({hyperparameters: {...hyperparameters, epochs: '3'}}))
    expect(scene.log).toContain('got --epochs 3')
  })

  it('runs the entrypoint of the request when there is one', async () => {
    const specification = {
      ContainerEntrypoint: ['/bin/sh', '-c'],
      ContainerArguments: ['echo "in $(pwd)"; cat "$MLPIPE_OPT_ML/input/config/hyperparameters.json"'],
    }
    const outcome = await scene.run('Training', training({specification, hyperparameters: {a: '1'}}))
    expect(outcome.status).toBe('Completed')
    expect(scene.log.some((line) => /^in .*\/code$/.test(line))).toBe(true)
    expect(scene.log).toContain('{"a":"1"}')
  })

  it('fails as the toolkit does, with the last log lines, and packs no model', async () => {
    const outcome = await train(`import sys; print('epoch 1'); print('loss is nan'); sys.exit(4)`, {
      hyperparameters: {epochs: '7'},
    })
    expect(outcome.status).toBe('Failed')
    expect(outcome.failureReason).toMatch(
      /^AlgorithmError: ExecuteUserScriptError:\nExitCode 4\nErrorMessage "epoch 1\nloss is nan"\nCommand ".*python.* train\.py --epochs 7"$/,
    )
    expect(outcome.modelArtifactsUri).toBeUndefined()
    expect(scene.keys().filter((key) => key.startsWith('bucket/models'))).toEqual([])
  })

  it('gives the failure file as the reason, its first 1,024 characters', async () => {
    const script = `
import os, sys
open(os.environ['SM_OUTPUT_DIR'] + '/failure', 'w').write('é' * 2000)
sys.exit(1)
`
    const outcome = await train(script)
    expect(outcome.failureReason).toMatch(/^AlgorithmError: é+…$/)
    expect(outcome.failureReason).toHaveLength(1024)
  })

  it('gives the last value of every metric that the log shows', async () => {
    const before = Date.now()
    const outcome = await train(
      `
for i in range(3): print(f'epoch {i} loss={0.5 / (i + 1):.3f} accuracy={90 + i};')
print('loss=nan')
`,
      {
        specification: {
          MetricDefinitions: [
            {Name: 'loss', Regex: 'loss=([0-9.]+)'},
            {Name: 'accuracy', Regex: 'accuracy=(.*?);'},
            {Name: 'named', Regex: 'epoch (?P<n>\\d+)'},
            {Name: 'absent', Regex: 'f1=(.*)'},
          ],
        },
      },
    )
    expect(outcome.metrics.map(({name, value}) => ({name, value}))).toEqual([
      {name: 'loss', value: 0.167},
      {name: 'accuracy', value: 92},
      {name: 'named', value: 2},
    ])
    expect(outcome.metrics[0]?.timestampMs).toBeGreaterThanOrEqual(before)
  })
})

describe('archives', () => {
  beforeEach(() => {
    scene = openScene({MLPIPE_SANDBOX: 'none'})
  })

  it('are the same to the byte for the same files, whenever and in whichever order they were written', async () => {
    const digest = () =>
      createHash('sha256')
        .update(readFileSync(join(scene.directory, 's3/bucket/models/job-1/output/model.tar.gz')))
        .digest('hex')
    const write = (names: string) => `
import os
for name in ${names}: open(os.environ['SM_MODEL_DIR'] + '/' + name, 'w').write(name)
`
    await train(write(`['a', 'b', 'c']`))
    const first = digest()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await train(write(`['c', 'a', 'b']`))
    expect(digest()).toBe(first)
  })

  it('are made of nothing too, and say so', async () => {
    const outcome = await train('pass')
    expect(outcome.modelArtifactsUri).toBe('s3://bucket/models/job-1/output/model.tar.gz')
    expect((await unpack(outcome.modelArtifactsUri ?? '')).names.filter((name) => !/^\.\/?$/.test(name))).toEqual([])
    expect(scene.log.some((line) => line.includes('wrote no file to /opt/ml/model'))).toBe(true)
  })

  it('give way to plain files with CompressionType NONE', async () => {
    const outcome = await train(`import os; open(os.environ['SM_MODEL_DIR'] + '/m', 'w').write('m')`, {
      output: {CompressionType: 'NONE'},
    })
    expect(outcome.modelArtifactsUri).toBe('s3://bucket/models/job-1/output/model/')
    expect(scene.read('s3://bucket/models/job-1/output/model/m')).toBe('m')
  })

  it('never unpack outside of the code directory', async () => {
    const hyperparameters = await scriptMode({'train.py': 'print("ran")'})
    const source = join(scene.directory, 'source')
    writeFileSync(join(scene.directory, 'evil.txt'), 'evil')
    utimesSync(join(scene.directory, 'evil.txt'), 0, 0)
    const file = join(scene.directory, 's3/bucket/code/sourcedir.tar.gz')
    await create({cwd: source, file, gzip: true, preservePaths: true}, ['train.py', '../evil.txt'])
    await scene.run('Training', training({hyperparameters}))
    expect(existsSync(join(scene.deps.stateDirectory, 'jobs/job-1/ml/evil.txt'))).toBe(false)
  })
})

describe('checkpoints', () => {
  it('come from where they go to', async () => {
    scene = openScene({MLPIPE_SANDBOX: 'none'})
    scene.put('s3://bucket/checkpoints/1', 'one')
    const script = `cd "$MLPIPE_OPT_ML/checkpoints"; cat 1; echo two > 2`
    const request = training({specification: {ContainerEntrypoint: ['/bin/sh', '-c', script]}})
    await scene.run('Training', {...request, CheckpointConfig: {S3Uri: 's3://bucket/checkpoints/'}})
    expect(scene.log).toContain('one')
    expect(scene.read('s3://bucket/checkpoints/2')).toBe('two\n')
  })
})

describe('a request that cannot run here', () => {
  beforeEach(() => {
    scene = openScene()
  })

  it.each<[string, TrainingOptions, RegExp]>([
    [
      'a built-in algorithm',
      {},
      /^ClientError: the image \S+sagemaker-scikit-learn:1\.2-1-cpu-py3 has no program that the embedded engine can run/,
    ],
    [
      'source that is not there',
      {hyperparameters: {sagemaker_program: 'train.py', sagemaker_submit_directory: 's3://bucket/none.tar.gz'}},
      /sagemaker_submit_directory "s3:\/\/bucket\/none\.tar\.gz" does not exist/,
    ],
    [
      'source that is no archive',
      {hyperparameters: {sagemaker_program: 'train.py', sagemaker_submit_directory: 's3://bucket/text'}},
      /cannot be unpacked/,
    ],
    [
      'a channel without objects',
      {channels: {train: 's3://bucket/none'}},
      /No S3 objects found under S3 URL "s3:\/\/bucket\/none" given in input data source \(channel "train"\)/,
    ],
    [
      'pipe mode',
      {channels: {train: 's3://bucket/text'}, specification: {TrainingInputMode: 'Pipe'}},
      /channel "train" has the input mode Pipe/,
    ],
    ['a channel that is no name', {channels: {'../x': 's3://bucket/text'}}, /"\.\.\/x" is no name for a channel/],
    [
      'a metric that is no regular expression',
      {specification: {MetricDefinitions: [{Name: 'm', Regex: '('}]}},
      /^ValidationException: the Regex of metric definition "m"/,
    ],
  ])('fails for %s', async (_name, options, reason) => {
    scene.put('s3://bucket/text', 'text')
    const outcome = await scene.run('Training', training(options))
    expect(outcome.status).toBe('Failed')
    expect(outcome.failureReason).toMatch(reason)
  })

  it('says which script is not in the source', async () => {
    const hyperparameters = await scriptMode({'other.py': ''})
    const outcome = await scene.run('Training', training({hyperparameters}))
    expect(outcome.failureReason).toContain(
      'the script "train.py" (sagemaker_program) is not in s3://bucket/code/sourcedir.tar.gz',
    )
  })

  it('says that requirements are not installed', async () => {
    const hyperparameters = await scriptMode({'train.py': 'pass', 'requirements.txt': 'numpy'})
    await scene.run('Training', training({hyperparameters}))
    expect(scene.log.some((line) => line.includes('requirements.txt'))).toBe(true)
  })
})
