// Which line of a spec feeds which part of the compiled step. Lines are shown by their text, which is unique in the spec below.

import {describe, expect, it} from 'vitest'
import {openProject} from '../../src/actions/open-project.ts'
import {parameterPlace, specPlace} from '../../src/compiler/places.ts'
import {flattenSteps} from '../../src/definition/flat-steps.ts'
import {isJsonObject, type Json} from '../../src/definition/json.ts'
import {DiagnosticCollector, type Range} from '../../src/diagnostics/diagnostic.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'
import {goldenCases} from '../support/golden.ts'
import {place} from '../support/place.ts'

const text = `name: demo
parameters:
  epochs: 3
  stage:
    default: dev
    enum: [dev, prod]
defaults:
  image: sklearn:1.2-1
  instance:
    type: ml.m5.large
    volume: 50
  env:
    STAGE: \${parameters.stage}
    LEVEL: info
  timeout: 2h
  cache: 30d
  retry:
    - {on: Step.THROTTLING, attempts: 4}
steps:
  prepare:
    type: processing
    description: cleans
    code:
      dir: src
      entry: prepare.py
    args:
      - --seed
      - 7
    inputs:
      raw: data/raw.csv
      far:
        from: s3://b/far
        mode: Pipe
    outputs:
      train:
      test: s3://b/test
    reports:
      stats: test/stats.json
    env:
      LEVEL: debug
    instance: {count: 2}
    role: arn:aws:iam::111122223333:role/Special
    cache: 12h
    api:
      NetworkConfig:
        EnableNetworkIsolation: true
      Environment:
        EXTRA: more
      ExperimentConfig: null
      ProcessingOutputConfig:
        Outputs:
          - OutputName: replaced
            S3Output:
              LocalPath: /opt/ml/processing/replaced
  train:
    type: training
    code: train.py
    image: xgboost:1.7-1
    dependsOn: [prepare]
    hyperparameters:
      epochs: \${parameters.epochs}
      a.b: dotted
    inputs:
      train:
        from: \${steps.prepare.outputs.train}
        contentType: text/csv
    metrics:
      loss: 'loss=(.*)'
    output: s3://b/models
    checkpoints:
      to: s3://b/checkpoints
    spot: true
  gate:
    type: condition
    if: >-
      parameters.stage == 'prod' and
      steps.train.metrics.loss < 0.5
    then: [register, model]
    else:
      - stop
  register:
    type: register
    group: demo-group
    model: \${steps.train.model}
    approval: Approved
    properties:
      stage: \${parameters.stage} here
  model:
    type: model
    model: \${steps.train.ModelArtifacts.S3ModelArtifacts}
    code: serve.py
    env:
      WORKERS: 2
  scorer: {type: model, model: s3://b/model.tar.gz}
  stop:
    type: fail
    message: not good enough
targets:
  prod:
    parameters:
      epochs: 300
`

const findings = new DiagnosticCollector()
const read = parseSpec(text, findings)
if (!read || findings.hasErrors) throw new Error(JSON.stringify(findings.sorted()))
const spec = read

function lineAt(range: Range | undefined): string | undefined {
  if (!range) return undefined
  const start = text.lastIndexOf('\n', range.start - 1) + 1
  return text.slice(start, text.indexOf('\n', range.start)).trim()
}

describe('processing', () => {
  it.each([
    ['', 'prepare:'],
    ['Arguments', 'prepare:'],
    ['Type', 'type: processing'],
    ['Description', 'description: cleans'],
    ['DisplayName', 'prepare:'],
    ['AppSpecification.ImageUri', 'image: sklearn:1.2-1'],
    ['AppSpecification.ContainerEntrypoint[1]', 'entry: prepare.py'],
    ['AppSpecification.ContainerEntrypoint', 'entry: prepare.py'],
    ['AppSpecification.ContainerArguments[0]', '- --seed'],
    ['AppSpecification.ContainerArguments[1]', '- 7'],
    ['AppSpecification.ContainerArguments[2]', 'args:'],
    ["ProcessingInputs['code'].S3Input.S3Uri", 'dir: src'],
    ["ProcessingInputs['raw'].S3Input.S3Uri", 'raw: data/raw.csv'],
    ["ProcessingInputs['raw'].S3Input.LocalPath", 'raw: data/raw.csv'],
    ["ProcessingInputs['far']", 'far:'],
    ["ProcessingInputs['far'].S3Input.S3Uri", 'from: s3://b/far'],
    ["ProcessingInputs['far'].S3Input.S3InputMode", 'mode: Pipe'],
    ["ProcessingInputs['gone']", 'inputs:'],
    ['Environment.STAGE', 'STAGE: ${parameters.stage}'],
    ['Environment.LEVEL', 'LEVEL: debug'],
    ['Environment.GONE', 'env:'],
    ['Environment.EXTRA', 'EXTRA: more'],
    ['ProcessingResources', 'instance: {count: 2}'],
    ['ProcessingResources.ClusterConfig.InstanceCount', 'instance: {count: 2}'],
    ['ProcessingResources.ClusterConfig.InstanceType', 'type: ml.m5.large'],
    ['ProcessingResources.ClusterConfig.VolumeSizeInGB', 'volume: 50'],
    ['RoleArn', 'role: arn:aws:iam::111122223333:role/Special'],
    ['StoppingCondition.MaxRuntimeInSeconds', 'timeout: 2h'],
    ['CacheConfig', 'cache: 12h'],
    ['CacheConfig.ExpireAfter', 'cache: 12h'],
    ['RetryPolicies', 'retry:'],
    ['RetryPolicies[0].MaxAttempts', '- {on: Step.THROTTLING, attempts: 4}'],
    ["PropertyFiles['stats'].FilePath", 'stats: test/stats.json'],
    ["PropertyFiles['gone']", 'reports:'],
    ['NetworkConfig.EnableNetworkIsolation', 'EnableNetworkIsolation: true'],
    ['NetworkConfig', 'NetworkConfig:'],
    ['ExperimentConfig.TrialName', 'ExperimentConfig: null'],
    ["ProcessingOutputConfig.Outputs['replaced'].S3Output.LocalPath", 'LocalPath: /opt/ml/processing/replaced'],
    ["ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri", 'Outputs:'],
  ])('%s comes from "%s"', (path, line) => {
    expect(lineAt(specPlace(spec, 'prepare', path))).toBe(line)
  })
})

describe('training', () => {
  it.each([
    ['AlgorithmSpecification.TrainingImage', 'image: xgboost:1.7-1'],
    ["AlgorithmSpecification.MetricDefinitions['loss'].Regex", "loss: 'loss=(.*)'"],
    ['HyperParameters.epochs', 'epochs: ${parameters.epochs}'],
    ["HyperParameters['a.b']", 'a.b: dotted'],
    ['HyperParameters.a', 'hyperparameters:'],
    ['HyperParameters.sagemaker_submit_directory', 'code: train.py'],
    ['HyperParameters.sagemaker_program', 'code: train.py'],
    ["InputDataConfig['train']", 'train:'],
    ["InputDataConfig['train'].DataSource.S3DataSource.S3Uri", 'from: ${steps.prepare.outputs.train}'],
    ["InputDataConfig['train'].ContentType", 'contentType: text/csv'],
    ['OutputDataConfig.S3OutputPath', 'output: s3://b/models'],
    ['ResourceConfig.InstanceType', 'type: ml.m5.large'],
    ['ResourceConfig.InstanceCount', 'instance:'],
    ['CheckpointConfig.S3Uri', 'to: s3://b/checkpoints'],
    ['StoppingCondition.MaxRuntimeInSeconds', 'timeout: 2h'],
    ['StoppingCondition.MaxWaitTimeInSeconds', 'spot: true'],
    ['EnableManagedSpotTraining', 'spot: true'],
    ['Environment.LEVEL', 'LEVEL: info'],
    ['CacheConfig.ExpireAfter', 'cache: 30d'],
    ["DependsOn['prepare']", 'dependsOn: [prepare]'],
    ['RoleArn', 'train:'],
  ])('%s comes from "%s"', (path, line) => {
    expect(lineAt(specPlace(spec, 'train', path))).toBe(line)
  })
})

describe('steps that run no job', () => {
  it.each([
    ['gate', 'Conditions', 'if: >-'],
    ['gate', 'Conditions[0].LeftValue', "parameters.stage == 'prod' and"],
    ['gate', 'Conditions[1].RightValue', 'steps.train.metrics.loss < 0.5'],
    ['register', 'ModelPackageGroupName', 'group: demo-group'],
    ['register', 'ModelApprovalStatus', 'approval: Approved'],
    ['register', 'InferenceSpecification.Containers[0].ModelDataUrl', 'model: ${steps.train.model}'],
    ['register', 'InferenceSpecification.Containers[0].Image', 'image: xgboost:1.7-1'],
    ['register', 'InferenceSpecification.SupportedContentTypes[0]', 'contentType: text/csv'],
    ['register', 'CustomerMetadataProperties.stage', 'stage: ${parameters.stage} here'],
    ['register', 'Branch', 'then: [register, model]'],
    ['model', 'PrimaryContainer.ModelDataUrl', 'model: ${steps.train.ModelArtifacts.S3ModelArtifacts}'],
    ['model', 'PrimaryContainer.Image', 'image: xgboost:1.7-1'],
    ['scorer', 'PrimaryContainer.Image', 'image: sklearn:1.2-1'],
    ['model', 'PrimaryContainer.Environment.SAGEMAKER_SUBMIT_DIRECTORY', 'code: serve.py'],
    ['model', 'PrimaryContainer.Environment.WORKERS', 'WORKERS: 2'],
    ['model', 'CacheConfig', 'model:'],
    ['stop', 'ErrorMessage', 'message: not good enough'],
    ['stop', 'Branch', '- stop'],
    ['train', 'Branch', 'train:'],
  ])('of %s, %s comes from "%s"', (step, path, line) => {
    expect(lineAt(specPlace(spec, step, path))).toBe(line)
  })
})

it('takes a path with and without Arguments before it', () => {
  expect(lineAt(specPlace(spec, 'train', "Arguments.HyperParameters['a.b']"))).toBe('a.b: dotted')
  expect(lineAt(specPlace(spec, 'prepare', 'Arguments.NetworkConfig'))).toBe('NetworkConfig:')
})

it('has nothing to say of a step that the spec does not have', () => {
  expect(specPlace(spec, 'gone', 'Environment')).toBeUndefined()
})

it.each([
  ['epochs', '', 'prod', 'epochs: 3'],
  ['epochs', 'DefaultValue', undefined, 'epochs: 3'],
  ['epochs', 'DefaultValue', 'prod', 'epochs: 300'],
  ['stage', 'DefaultValue', 'prod', 'default: dev'],
  ['stage', 'EnumValues', 'prod', 'stage:'],
  ['gone', 'DefaultValue', 'prod', undefined],
])('of the parameter %s, "%s" for target %s comes from "%s"', (name, path, targetName, line) => {
  const target = spec.targets.find((one) => one.name === targetName)
  expect(lineAt(parameterPlace(spec, name, path, target))).toBe(line)
})

it('finds a place for all that a spec with every key compiles to, but for what the compiler adds by itself', async () => {
  const directory = goldenCases('specs/ok').find(({name}) => name === 'every-key')?.directory ?? ''
  const project = await openProject({file: 'pipeline.yaml'}, place(directory))
  const unplaced = flattenSteps(project.compiled.definition).flatMap(({step, parent}) => {
    const {IfSteps: _then, ElseSteps: _else, ...args} = step.Arguments
    const {Name: _name, Arguments: _arguments, ...envelope} = step
    const paths = [...Object.keys({...envelope, ...(parent ? {Branch: parent} : {})}), ...leaves(args, '')]
    const own = project.spec.steps.find(({name}) => name === step.Name)?.nameRange
    return paths
      .filter((path) => specPlace(project.spec, step.Name, path)?.start === own?.start)
      .map((path) => `${step.Name} ${path}`)
  })
  expect(unplaced).toEqual([
    'train AlgorithmSpecification.TrainingInputMode',
    'train RoleArn',
    'train OutputDataConfig.S3OutputPath',
    'own-image AlgorithmSpecification.TrainingInputMode',
    'own-image RoleArn',
    'own-image OutputDataConfig.S3OutputPath',
    'model ExecutionRoleArn',
  ])
})

/** The path of every single value; a reference is one. */
function leaves(value: Json, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}[${keyOf(item) ?? index}]`))
  if (!isJsonObject(value) || 'Get' in value || 'Std:Join' in value) return [path]
  return Object.entries(value).flatMap(([name, member]) => leaves(member, path === '' ? name : `${path}.${name}`))
}

function keyOf(item: Json): string | undefined {
  if (!isJsonObject(item)) return undefined
  const {InputName, OutputName, ChannelName, Name} = item
  const name = InputName ?? OutputName ?? ChannelName ?? Name
  return name === undefined ? undefined : `'${String(name)}'`
}
