// The cache key, the expiry and the look-up. Facts: Developer Guide, "Caching pipeline steps".

import {describe, expect, it} from 'vitest'
import {expiresAt, parseExpireAfter} from '../../src/cache/expire-after.ts'
import {isCacheable} from '../../src/cache/key-attributes.ts'
import type {Candidate} from '../../src/cache/lookup.ts'
import {lookUp} from '../../src/cache/lookup.ts'
import {parameterReach} from '../../src/cache/parameter-reach.ts'
import {keyOf, stepSignature} from '../../src/cache/step-signature.ts'
import type {JsonObject} from '../../src/definition/json.ts'
import type {PipelineDefinition} from '../../src/definition/types.ts'
import {fc} from '../support/properties.ts'

const requests: Record<string, JsonObject> = {
  Processing: {
    AppSpecification: {ImageUri: 'image', ContainerEntrypoint: ['python3', 'p.py']},
    Environment: {A: '1'},
    ProcessingInputs: [{InputName: 'x', S3Input: {S3Uri: 's3://b/x', LocalPath: '/opt/ml/processing/input/x'}}],
    ProcessingOutputConfig: {Outputs: []},
    ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large'}},
    RoleArn: 'role',
    NetworkConfig: {},
    StoppingCondition: {MaxRuntimeInSeconds: 60},
    Tags: [],
    ExperimentConfig: {},
  },
  Training: {
    AlgorithmSpecification: {TrainingImage: 'image', TrainingInputMode: 'File'},
    CheckpointConfig: {S3Uri: 's3://b/c'},
    DebugHookConfig: {S3OutputPath: 's3://b/d'},
    DebugRuleConfigurations: [],
    Environment: {A: '1'},
    HyperParameters: {epochs: '1'},
    InputDataConfig: [],
    OutputDataConfig: {S3OutputPath: 's3://b/o'},
    ResourceConfig: {InstanceType: 'ml.m5.large'},
    RoleArn: 'role',
    VpcConfig: {},
    StoppingCondition: {},
    EnableManagedSpotTraining: false,
    ProfilerConfig: {},
    ProfilerRuleConfigurations: [],
    RetryStrategy: {},
  },
  Tuning: {
    HyperParameterTuningJobConfig: {Strategy: 'Bayesian'},
    TrainingJobDefinition: {
      AlgorithmSpecification: {},
      OutputDataConfig: {},
      ResourceConfig: {},
      StaticHyperParameters: {},
    },
    TrainingJobDefinitions: [],
    Tags: [],
  },
  Transform: {
    DataProcessing: {},
    Environment: {},
    ModelName: 'm',
    TransformInput: {},
    TransformOutput: {},
    TransformResources: {},
    BatchStrategy: 'SingleRecord',
  },
}

describe('the key', () => {
  // The guide's table, "Default cache key attributes by pipeline step type".
  it.each([
    ['Processing', ['AppSpecification', 'Environment', 'ProcessingInputs']],
    [
      'Training',
      [
        'AlgorithmSpecification',
        'CheckpointConfig',
        'DebugHookConfig',
        'DebugRuleConfigurations',
        'Environment',
        'HyperParameters',
        'InputDataConfig',
      ],
    ],
    ['Tuning', ['HyperParameterTuningJobConfig', 'TrainingJobDefinition', 'TrainingJobDefinitions']],
    ['Transform', ['DataProcessing', 'Environment', 'ModelName', 'TransformInput']],
    ['Model', []],
  ])('of a %s step holds %j', (type, attributes) => {
    expect(Object.keys(keyOf(type, requests[type] ?? {PrimaryContainer: {}})).sort()).toEqual(attributes)
  })

  it('of a Tuning step holds only some members of its job definition', () => {
    expect(keyOf('Tuning', requests.Tuning ?? {}).TrainingJobDefinition).toEqual({
      AlgorithmSpecification: {},
      StaticHyperParameters: {},
    })
  })

  it.each(['Processing', 'Training', 'Transform'])(
    'of a %s step changes with its attributes and with nothing else',
    (type) => {
      const request = requests[type] ?? {}
      const key = keyOf(type, request)
      for (const name of Object.keys(request)) {
        const isEqual = stepSignature(type, {...request, [name]: 'other'}) === stepSignature(type, request)
        expect([name, isEqual]).toEqual([name, !(name in key)])
      }
    },
  )

  it('does not depend on the order of members, but on the order of lists', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (environment) => {
        const reversed = Object.fromEntries(Object.entries(environment).reverse())
        const signature = (Environment: unknown) => stepSignature('Processing', {Environment} as JsonObject)
        expect(signature(reversed)).toBe(signature(environment))
      }),
    )
    const entrypoint = (...words: string[]) =>
      stepSignature('Processing', {AppSpecification: {ContainerEntrypoint: words}})
    expect(entrypoint('a', 'b')).not.toBe(entrypoint('b', 'a'))
  })

  it('tells what is absent from what is empty, and one type from another', () => {
    expect(stepSignature('Processing', {})).not.toBe(stepSignature('Processing', {Environment: {}}))
    expect(stepSignature('Processing', {Environment: {}})).not.toBe(stepSignature('Training', {Environment: {}}))
  })

  it.each([
    ['Processing', true],
    ['Training', true],
    ['Tuning', true],
    ['AutoML', true],
    ['Transform', true],
    ['ClarifyCheck', true],
    ['QualityCheck', true],
    ['EMR', true],
    ['Model', false],
    ['RegisterModel', false],
    ['Condition', false],
    ['Fail', false],
    ['toString', false],
  ])('exists for %s: %s', (type, expected) => {
    expect(isCacheable(type)).toBe(expected)
  })
})

describe('ExpireAfter', () => {
  const at = (text: string) => Date.parse(text)
  const start = at('2024-01-31T12:00:00Z')

  // `30d`, `5y`, `T16m`, `30dT5h` are the guide's samples; `p30d`, `P4DT12H`, `T12H`, `PT1H` the SDK's.
  it.each([
    ['30d', '2024-03-01T12:00:00Z'],
    ['5y', '2029-01-31T12:00:00Z'],
    ['T16m', '2024-01-31T12:16:00Z'],
    ['30dT5h', '2024-03-01T17:00:00Z'],
    ['p30d', '2024-03-01T12:00:00Z'],
    ['P4DT12H', '2024-02-05T00:00:00Z'],
    ['T12H', '2024-02-01T00:00:00Z'],
    ['PT1H', '2024-01-31T13:00:00Z'],
    ['P1DT2H3M4S', '2024-02-01T14:03:04Z'],
    ['P2W', '2024-02-14T12:00:00Z'],
    // Months before the T: a well-known trap. The 31st becomes the last day of February.
    ['P1M', '2024-02-29T12:00:00Z'],
    ['1m', '2024-02-29T12:00:00Z'],
    ['P30M', '2026-07-31T12:00:00Z'],
    ['T30m', '2024-01-31T12:30:00Z'],
    ['PT0.5S', '2024-01-31T12:00:00.5Z'],
  ])('%s', (text, expected) => {
    expect(new Date(expiresAt(start, text)).toISOString()).toBe(new Date(expected).toISOString())
  })

  it.each(['', 'P', 'T', 'PT', '30', 'd30', '1h', 'P1DT', '-P1D', 'P1.5D', '1d 2h', 'forever'])(
    '"%s" is none: nothing is reused',
    (text) => {
      expect(parseExpireAfter(text)).toBeUndefined()
      expect(expiresAt(start, text)).toBe(Number.NEGATIVE_INFINITY)
    },
  )

  it('of a million years is the end of time, not an error', () => {
    expect(expiresAt(start, 'P999999999Y')).toBe(8.64e15)
  })
})

describe('the look-up', () => {
  const hour = 3_600_000
  const run = (executionArn: string, signature: string, finishedAtMs: number): Candidate => ({
    executionArn,
    signature,
    finishedAtMs,
  })

  it('finds the most recent success with an equal key, past later ones with another', () => {
    const candidates = [run('a', 'k', 1), run('b', 'k', 3), run('c', 'other', 4), run('d', 'k', 2)]
    expect(lookUp(candidates, 'k', 'PT1H', 5)).toEqual({kind: 'hit', candidate: candidates[1], expiresAtMs: 3 + hour})
  })

  it.each<[string, Candidate[], string | undefined, string]>([
    ['nothing has run', [], 'P1D', 'no-earlier-run'],
    ['only other keys have run', [run('a', 'other', 1)], 'P1D', 'different-key'],
    ['the success is too old', [run('a', 'k', 0)], 'PT1H', 'expired'],
    ['there is no expiry', [run('a', 'k', 1)], undefined, 'no-expiry'],
    ['the expiry is no duration', [run('a', 'k', 1)], 'soon', 'expired'],
  ])('misses when %s', (_name, candidates, expireAfter, code) => {
    expect(lookUp(candidates, 'k', expireAfter, hour)).toMatchObject({kind: 'miss', reason: {code}})
  })
})

describe('where a parameter reaches', () => {
  const cache = {Enabled: true, ExpireAfter: 'P1D'}
  const get = (name: string) => ({Get: `Parameters.${name}`})
  const definition: PipelineDefinition = {
    Version: '2020-12-01',
    Metadata: {},
    Parameters: [],
    Steps: [
      {
        Name: 'Prep',
        Type: 'Processing',
        CacheConfig: cache,
        Arguments: {
          AppSpecification: {ContainerArguments: ['--n', {'Std:Join': {On: '', Values: [get('n')]}}]},
          ProcessingResources: {ClusterConfig: {InstanceType: get('instance')}},
        },
      },
      {
        Name: 'Fresh',
        Type: 'Processing',
        CacheConfig: {Enabled: false},
        Arguments: {Environment: {N: get('n')}, RoleArn: get('instance')},
      },
      {
        Name: 'Tune',
        Type: 'Tuning',
        CacheConfig: cache,
        Arguments: {
          TrainingJobDefinition: {
            StaticHyperParameters: {n: get('n')},
            ResourceConfig: {InstanceType: get('instance')},
          },
        },
      },
      {
        Name: 'Gate',
        Type: 'Condition',
        Arguments: {
          Conditions: [{Type: 'Equals', LeftValue: get('n'), RightValue: 1}],
          IfSteps: [{Name: 'Stop', Type: 'Fail', Arguments: {ErrorMessage: get('message')}}],
          ElseSteps: [],
        },
      },
    ],
  }

  it.each([
    [
      'n',
      {
        keyed: [
          {stepName: 'Prep', attribute: 'AppSpecification'},
          {stepName: 'Tune', attribute: 'TrainingJobDefinition.StaticHyperParameters'},
        ],
        unkeyed: [],
        decisions: [
          {stepName: 'Fresh', attribute: 'Environment'},
          {stepName: 'Gate', attribute: 'Conditions'},
        ],
      },
    ],
    [
      'instance',
      {
        keyed: [],
        unkeyed: [
          {stepName: 'Prep', attribute: 'ProcessingResources'},
          {stepName: 'Tune', attribute: 'TrainingJobDefinition'},
        ],
        decisions: [{stepName: 'Fresh', attribute: 'RoleArn'}],
      },
    ],
    ['message', {keyed: [], unkeyed: [], decisions: [{stepName: 'Stop', attribute: 'ErrorMessage'}]}],
    ['unused', {keyed: [], unkeyed: [], decisions: []}],
  ])('%s', (name, expected) => {
    expect(parameterReach(definition, name)).toEqual(expected)
  })
})
