// What the short keys of the step kinds can say is imported in them: only what they have no words for stands under `api:`
// and `definition:`.

import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {parse} from 'yaml'
import {compileForImport} from '../../src/actions/compile-for-import.ts'
import {importDefinition} from '../../src/importer/import-definition.ts'
import {readDefinition} from '../../src/importer/read-definition.ts'
import {goldenCases} from '../support/golden.ts'

type Step = {readonly type: string; readonly api?: unknown; readonly definition?: unknown}

const leftOver: Readonly<Record<string, Readonly<Record<string, Partial<Step>>>>> = {
  'sdk-abalone': {},
  'sdk-caching': {
    TrainP30d: {definition: {CacheConfig: {Enabled: true, ExpireAfter: 'p30d'}}},
    TrainNoExpiry: {definition: {CacheConfig: {Enabled: true}}},
    TrainDisabled: {definition: {CacheConfig: {Enabled: false, ExpireAfter: 'T30m'}}},
  },
  'sdk-model-register': {},
  'sdk-parameters': {Train: {api: {StoppingCondition: {MaxRuntimeInSeconds: '${parameters.MaxRuntime}'}}}},
  'sdk-transform': {},
  'sdk-tuning': {},
  automl: {},
  jobs: {},
  serving: {several: {api: {InferenceExecutionConfig: {Mode: 'Serial'}}}},
  transform: {manifest: {api: {DataCaptureConfig: {DestinationS3Uri: 's3://b/captured'}}}},
  tuning: {},
}

it.each(Object.entries(leftOver))('imports %s in short keys', (name, expected) => {
  const steps = importSteps(name)
  const found = Object.entries(steps).flatMap(([stepName, {type, api, definition}]) => {
    const rest = {...(type === 'raw' ? {type} : {}), ...(api ? {api} : {}), ...(definition ? {definition} : {})}
    return Object.keys(rest).length > 0 ? [[stepName, rest] as const] : []
  })
  expect(Object.fromEntries(found)).toEqual(expected)
})

it('reads a script of script mode, and its hyperparameters, as a person would write them', () => {
  expect(importSteps('tuning')['tune']).toMatchObject({
    code: {dir: expect.stringMatching(/sourcedir\.tar\.gz$/), entry: 'train.py'},
    hyperparameters: {epochs: 3, name: 'plain', 'rate-as-text': '0.10', factor: 0.1, sagemaker_region: 'us-east-1'},
    ranges: {
      depth: {min: 1, max: '${parameters.depth}', scale: 'Linear', type: 'Integer'},
      optimizer: ['adam', 'sgd', 5, '5', '${parameters.parent}'],
    },
    spot: {maxWait: '1h'},
  })
})

it('finds the short name of a value that is put together', () => {
  expect(importSteps('tuning')).toMatchObject({
    model: {model: '${steps.tune.best.model}'},
    second: {model: '${steps.two.top[1].model}'},
  })
  expect(importSteps('every-key')).toMatchObject({register: {metrics: '${steps.prepare.reports.stats.path}'}})
})

it('reads a script that lies in an input of its own', () => {
  expect(importSteps('every-key')).toMatchObject({
    prepare: {code: {entry: 'tools/prepare.sh'}},
    'own-image': {code: expect.stringMatching(/\/train\.py$/)},
  })
})

it('keeps what the keys of an input or an output have no word for beside it', () => {
  expect(importSteps('jobs')).toMatchObject({
    prepare: {
      inputs: {listed: {from: 's3://b/list.manifest', api: {S3Input: {S3DataType: 'ManifestFile'}}}},
      outputs: {live: {mode: 'Continuous'}, features: {from: '/opt/features', api: {AppManaged: true}}},
    },
    train: {inputs: {train: {api: {RecordWrapperType: 'RecordIO', ShuffleConfig: {Seed: 3}}}}, profiler: false},
  })
})

it.each([
  [{ServerlessJobConfig: {JobType: 'Evaluation'}}, {AlgorithmSpecification: null, ResourceConfig: null}],
  [
    {AlgorithmSpecification: {AlgorithmName: 'a', TrainingInputMode: 'Pipe'}, ResourceConfig: usualResources()},
    {AlgorithmSpecification: {AlgorithmName: 'a', TrainingInputMode: 'Pipe'}},
  ],
])('reads a training job without an image: %j', (own, api) => {
  const steps = importText({RoleArn: 'r', OutputDataConfig: {S3OutputPath: 's3://b/o'}, ...stopping, ...own})
  expect(steps['train']).toMatchObject({type: 'training', output: 's3://b/o', api})
})

it('says once what only api: can say of the hyperparameters of a script', () => {
  const script = {sagemaker_program: '"t.py"', sagemaker_submit_directory: '"s3://b/sourcedir.tar.gz"'}
  const algorithm = {TrainingImage: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.5-1'}
  const steps = importText({
    AlgorithmSpecification: {...algorithm, TrainingInputMode: 'File'},
    RoleArn: 'r',
    OutputDataConfig: {S3OutputPath: 's3://b/o'},
    ResourceConfig: usualResources(),
    ...stopping,
    HyperParameters: {...script, epochs: '3', source_dir: 'null', layers: '[1, 2]', level: 'plain'},
  })
  expect(steps['train']).toMatchObject({
    hyperparameters: {epochs: 3},
    api: {HyperParameters: {source_dir: 'null', layers: '[1, 2]', level: 'plain'}},
  })
  expect(steps['train']).not.toHaveProperty('hyperparameters.source_dir')
})

const stopping = {StoppingCondition: {MaxRuntimeInSeconds: 86_400}}

function usualResources(): object {
  return {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}
}

it('brings a gate back as an expression that reads the same object', () => {
  expect(importSteps('gates').champion).toMatchObject({
    if: "steps.evaluate.reports.metrics.metrics.accuracy.value >= json('s3://mlpipe-local/gates/champion/champion.json', 'thresholds.tumours.metrics_accuracy_value.at_least_champion')",
  })
})

/** The steps of a definition of one training job. */
function importText(request: object): Record<string, Step> {
  const step = {Name: 'train', Type: 'Training', Arguments: request}
  return importDocument(JSON.stringify({Version: '2020-12-01', Steps: [step]}), 'one')
}

function importSteps(name: string): Record<string, Step> {
  const directory = goldenCases('specs/ok').find((golden) => golden.name === name)?.directory ?? ''
  return importDocument(readFileSync(join(directory, 'definition.json'), 'utf8'), name)
}

function importDocument(text: string, name: string): Record<string, Step> {
  const read = readDefinition(text)
  if (!read.ok) throw new Error(read.problem)
  const imported = importDefinition(read.definition, {pipelineName: name, compile: compileForImport(name)})
  if (!imported.ok) throw new Error(JSON.stringify(imported.faults))
  return (parse(imported.text) as {steps: Record<string, Step>}).steps
}
