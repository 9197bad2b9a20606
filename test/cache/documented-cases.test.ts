// What AWS documents of the step cache, satisfied by the predictor and by the engine, each on its own.
// Sources: Developer Guide, "Caching pipeline steps" (G), "Default cache key attributes by pipeline step type" (K).

import {describe, expect, it, onTestFinished} from 'vitest'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import {openSimulatedTarget} from './simulated-target.ts'

const processing: JsonObject = {
  Name: 'step',
  Type: 'Processing',
  CacheConfig: {Enabled: true, ExpireAfter: 'P30D'},
  Arguments: {
    ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
    AppSpecification: {ImageUri: 'image', ContainerEntrypoint: ['run'], ContainerArguments: ['--a', '1']},
    RoleArn: 'arn:aws:iam::000000000000:role/one',
    Environment: {A: '1'},
    ProcessingInputs: [
      {
        InputName: 'raw',
        S3Input: {
          S3Uri: 's3://bucket/1',
          LocalPath: '/opt/ml/processing/input/raw',
          S3DataType: 'S3Prefix',
          S3InputMode: 'File',
        },
      },
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: 'out',
          S3Output: {S3Uri: 's3://bucket/out', LocalPath: '/opt/ml/processing/output/out', S3UploadMode: 'EndOfJob'},
        },
      ],
    },
    StoppingCondition: {MaxRuntimeInSeconds: 60},
  },
}

const training: JsonObject = {
  Name: 'step',
  Type: 'Training',
  CacheConfig: {Enabled: true, ExpireAfter: 'P30D'},
  Arguments: {
    AlgorithmSpecification: {TrainingImage: 'image', TrainingInputMode: 'File'},
    RoleArn: 'arn:aws:iam::000000000000:role/one',
    HyperParameters: {a: '1'},
    InputDataConfig: [
      {ChannelName: 'train', DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: 's3://bucket/1'}}},
    ],
    OutputDataConfig: {S3OutputPath: 's3://bucket/out'},
    ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
    StoppingCondition: {MaxRuntimeInSeconds: 60},
    Environment: {A: '1'},
  },
}

const tuning: JsonObject = {
  Name: 'step',
  Type: 'Tuning',
  CacheConfig: {Enabled: true, ExpireAfter: 'P30D'},
  Arguments: {
    HyperParameterTuningJobConfig: {
      Strategy: 'Random',
      ResourceLimits: {MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: 1},
      HyperParameterTuningJobObjective: {Type: 'Minimize', MetricName: 'm'},
      ParameterRanges: {IntegerParameterRanges: [{Name: 'a', MinValue: '1', MaxValue: '2'}]},
    },
    TrainingJobDefinition: {
      StaticHyperParameters: {b: '1'},
      AlgorithmSpecification: {TrainingImage: 'image', TrainingInputMode: 'File'},
      RoleArn: 'arn:aws:iam::000000000000:role/one',
      OutputDataConfig: {S3OutputPath: 's3://bucket/out'},
      ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
      StoppingCondition: {MaxRuntimeInSeconds: 60},
    },
  },
}

const onTuning: readonly Case[] = [
  [
    '(K) another limit',
    ['Arguments', 'HyperParameterTuningJobConfig', 'ResourceLimits', 'MaxNumberOfTrainingJobs'],
    3,
    'rerun',
  ],
  ['(K) another hyperparameter', ['Arguments', 'TrainingJobDefinition', 'StaticHyperParameters', 'b'], '2', 'rerun'],
  [
    '(K) another image',
    ['Arguments', 'TrainingJobDefinition', 'AlgorithmSpecification', 'TrainingImage'],
    'other',
    'rerun',
  ],
  [
    '(G) another place',
    ['Arguments', 'TrainingJobDefinition', 'OutputDataConfig', 'S3OutputPath'],
    's3://bucket/2',
    'hit',
  ],
  [
    '(G) another instance',
    ['Arguments', 'TrainingJobDefinition', 'ResourceConfig', 'InstanceType'],
    'ml.m5.xlarge',
    'hit',
  ],
]

const transform: JsonObject = {
  Name: 'step',
  Type: 'Transform',
  CacheConfig: {Enabled: true, ExpireAfter: 'P30D'},
  Arguments: {
    ModelName: 'model',
    TransformInput: {DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: 's3://bucket/1'}}},
    TransformOutput: {S3OutputPath: 's3://bucket/out'},
    TransformResources: {InstanceCount: 1, InstanceType: 'ml.m5.large'},
  },
}

const onTransform: readonly Case[] = [
  ['(K) another model', ['Arguments', 'ModelName'], 'other', 'rerun'],
  ['(K) other data', ['Arguments', 'TransformInput', 'DataSource', 'S3DataSource', 'S3Uri'], 's3://bucket/2', 'rerun'],
  ['(K) a filter', ['Arguments', 'DataProcessing'], {InputFilter: '$[1:]'}, 'rerun'],
  ['(G) another place', ['Arguments', 'TransformOutput', 'S3OutputPath'], 's3://bucket/other', 'hit'],
  ['(G) another instance', ['Arguments', 'TransformResources', 'InstanceType'], 'ml.m5.xlarge', 'hit'],
  ['(G) another batch strategy', ['Arguments', 'BatchStrategy'], 'SingleRecord', 'hit'],
]

/** Part of the key stands beside the Arguments. */
const qualityCheck: JsonObject = {
  ...processing,
  Type: 'QualityCheck',
  CheckType: 'DATA_QUALITY',
  ModelPackageGroupName: 'group',
  SkipCheck: false,
  FailOnViolation: true,
  RegisterNewBaseline: false,
}

const onQualityCheck: readonly Case[] = [
  ['(K) another image', ['Arguments', 'AppSpecification', 'ImageUri'], 'other', 'rerun'],
  ['(K) the check skipped', ['SkipCheck'], true, 'rerun'],
  ['(K) a new baseline', ['RegisterNewBaseline'], true, 'rerun'],
  ['(K) another group', ['ModelPackageGroupName'], 'other', 'rerun'],
  ['(K) supplied statistics', ['SuppliedBaselineStatistics'], 's3://bucket/statistics.json', 'rerun'],
  ['(G) a violation that does not count', ['FailOnViolation'], false, 'hit'],
]

type Case = readonly [
  name: string,
  path: readonly (string | number)[],
  value: Json,
  verdict: 'hit' | 'rerun' | 'always',
]

const onProcessing: readonly Case[] = [
  ['(K) another image', ['Arguments', 'AppSpecification', 'ImageUri'], 'other', 'rerun'],
  ['(K) another argument', ['Arguments', 'AppSpecification', 'ContainerArguments', 1], '2', 'rerun'],
  ['(K) another entrypoint', ['Arguments', 'AppSpecification', 'ContainerEntrypoint', 0], 'walk', 'rerun'],
  ['(K) another environment', ['Arguments', 'Environment', 'A'], '2', 'rerun'],
  ['(K) another input', ['Arguments', 'ProcessingInputs', 0, 'S3Input', 'S3Uri'], 's3://bucket/2', 'rerun'],
  ['(K) another name of an input', ['Arguments', 'ProcessingInputs', 0, 'InputName'], 'data', 'rerun'],
  [
    '(G) another output',
    ['Arguments', 'ProcessingOutputConfig', 'Outputs', 0, 'S3Output', 'S3Uri'],
    's3://bucket/other',
    'hit',
  ],
  [
    '(G) another instance type',
    ['Arguments', 'ProcessingResources', 'ClusterConfig', 'InstanceType'],
    'ml.m5.xlarge',
    'hit',
  ],
  ['(G) another role', ['Arguments', 'RoleArn'], 'arn:aws:iam::000000000000:role/two', 'hit'],
  ['(G) a network', ['Arguments', 'NetworkConfig'], {EnableNetworkIsolation: true}, 'hit'],
  ['(G) a longer limit', ['Arguments', 'StoppingCondition', 'MaxRuntimeInSeconds'], 90, 'hit'],
  ['(G) a tag', ['Arguments', 'Tags'], [{Key: 'a', Value: 'b'}], 'hit'],
  ['a display name', ['DisplayName'], 'Another', 'hit'],
  ['(G) the cache switched off', ['CacheConfig', 'Enabled'], false, 'always'],
  ['(G) a shorter expiry, not yet over', ['CacheConfig', 'ExpireAfter'], 'T2H', 'hit'],
  ['(G) a shorter expiry that is over', ['CacheConfig', 'ExpireAfter'], 'T30m', 'rerun'],
  ['(G) thirty months, written as if they were minutes', ['CacheConfig', 'ExpireAfter'], '30m', 'hit'],
]

const onTraining: readonly Case[] = [
  ['(K) another image', ['Arguments', 'AlgorithmSpecification', 'TrainingImage'], 'other', 'rerun'],
  ['(K) another hyperparameter', ['Arguments', 'HyperParameters', 'a'], '2', 'rerun'],
  ['(K) a further hyperparameter', ['Arguments', 'HyperParameters', 'b'], '1', 'rerun'],
  ['(K) another channel', ['Arguments', 'InputDataConfig', 0, 'ChannelName'], 'other', 'rerun'],
  [
    '(K) other data',
    ['Arguments', 'InputDataConfig', 0, 'DataSource', 'S3DataSource', 'S3Uri'],
    's3://bucket/2',
    'rerun',
  ],
  ['(K) another environment', ['Arguments', 'Environment', 'A'], '2', 'rerun'],
  ['(K) checkpoints', ['Arguments', 'CheckpointConfig'], {S3Uri: 's3://bucket/checkpoints'}, 'rerun'],
  ['(K) a debugger hook', ['Arguments', 'DebugHookConfig'], {S3OutputPath: 's3://bucket/debug'}, 'rerun'],
  [
    '(K) a debugger rule',
    ['Arguments', 'DebugRuleConfigurations'],
    [{RuleConfigurationName: 'r', RuleEvaluatorImage: 'i'}],
    'rerun',
  ],
  ['(G) another place for the model', ['Arguments', 'OutputDataConfig', 'S3OutputPath'], 's3://bucket/other', 'hit'],
  ['(G) another instance type', ['Arguments', 'ResourceConfig', 'InstanceType'], 'ml.p3.2xlarge', 'hit'],
  ['(G) another role', ['Arguments', 'RoleArn'], 'arn:aws:iam::000000000000:role/two', 'hit'],
  ['(G) a VPC', ['Arguments', 'VpcConfig'], {SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1']}, 'hit'],
  ['(G) spot instances', ['Arguments', 'EnableManagedSpotTraining'], true, 'hit'],
  ['(G) a profiler', ['Arguments', 'ProfilerConfig'], {S3OutputPath: 's3://bucket/profile'}, 'hit'],
]

describe.each([
  ['processing step', processing, onProcessing],
  ['training step', training, onTraining],
  ['tuning step', tuning, onTuning],
  ['transform step', transform, onTransform],
  ['quality check', qualityCheck, onQualityCheck],
] as const)('a %s', (_kind, step, cases) => {
  it.each(cases.map(([name, path, value, verdict]) => ({name, path, value, verdict})))(
    '$name: $verdict',
    async ({path, value, verdict}) => {
      const target = await openSimulatedTarget()
      onTestFinished(() => target.close())
      await target.deploy(pipeline(step))
      await target.run({})
      target.clock.nowMs += 3_600_000

      await target.deploy(pipeline(withValue(step, path, value) as JsonObject))
      const prediction = await target.predict({})
      expect(prediction.steps[0]?.verdict.kind).toBe(verdict)
      const outcome = (await target.run({})).get('step')
      expect(outcome?.cachedFrom === undefined ? 'ran' : 'reused').toBe(verdict === 'hit' ? 'reused' : 'ran')
    },
  )
})

// The guide says nothing of a rename; key and look-up are the step's own, so that nothing earlier is found under the new name.
it('a renamed step has nothing to reuse', async () => {
  const target = await openSimulatedTarget()
  onTestFinished(() => target.close())
  await target.deploy(pipeline(processing))
  await target.run({})
  await target.deploy(pipeline({...processing, Name: 'renamed'}))
  expect((await target.predict({})).steps[0]?.verdict).toMatchObject({
    kind: 'rerun',
    reasons: [{code: 'no-earlier-success'}],
  })
  expect((await target.run({})).get('renamed')?.cachedFrom).toBeUndefined()
})

it('the reason of a rerun names the part that differs, with both values', async () => {
  const target = await openSimulatedTarget()
  onTestFinished(() => target.close())
  await target.deploy(pipeline(training))
  await target.run({})
  await target.deploy(pipeline(withValue(training, ['Arguments', 'HyperParameters', 'a'], '2') as JsonObject))
  const [step] = (await target.predict({})).steps
  expect(step?.verdict).toMatchObject({
    kind: 'rerun',
    reasons: [{code: 'key-differs', path: 'HyperParameters.a', before: '1', after: '2'}],
  })
})

function pipeline(step: JsonObject): JsonObject {
  return {Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: [step]}
}

/** A copy with one value put at a path. */
function withValue(target: Json, path: readonly (string | number)[], value: Json): Json {
  const [head, ...rest] = path
  if (head === undefined) return value
  if (Array.isArray(target)) return target.map((each, index) => (index === head ? withValue(each, rest, value) : each))
  const object = target as JsonObject
  return {...object, [head]: withValue(object[String(head)] ?? {}, rest, value)}
}
