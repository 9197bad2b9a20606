// What a forecast warns of, with the sentences as they are shown. Facts: Developer Guide, "Caching pipeline steps" (key
// attributes, lookups over the same pipeline, ExpireAfter); sagemaker-python-sdk issues 2736 (months), 3392 (ModelName).

import {describe, expect, it} from 'vitest'
import {type ArgumentChange, forecastWarnings} from '../../src/cache/forecast-warnings.ts'
import {predictSteps} from '../../src/cache/predict.ts'
import type {StepPrediction, Verdict} from '../../src/cache/verdict.ts'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import type {PipelineDefinition, StepDefinition} from '../../src/definition/types.ts'

const cached = {CacheConfig: {Enabled: true, ExpireAfter: 'P30D'}} as const
const get = (path: string) => ({Get: path})
const instance = get('Parameters.instanceType')
const fresh = {'Std:Join': {On: '/', Values: ['s3:/', 'b', get('Execution.PipelineExecutionId'), 'out']}}

const step = (
  Name: string,
  Type: string,
  Arguments: JsonObject,
  more: Partial<StepDefinition> = {},
): StepDefinition => ({
  Name,
  Type,
  Arguments,
  ...more,
})

/** A processing step that reads `from` and writes to `to`. */
const processing = (
  name: string,
  from: Json,
  to: Json = fresh,
  more: Partial<StepDefinition> = cached,
): StepDefinition =>
  step(
    name,
    'Processing',
    {
      ProcessingInputs: [{InputName: 'in', S3Input: {S3Uri: from}}],
      ProcessingOutputConfig: {Outputs: [{OutputName: 'out', S3Output: {S3Uri: to}}]},
    },
    more,
  )

const outputOf = (name: string) => get(`Steps.${name}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri`)
const modelOf = (name: string) => get(`Steps.${name}.ModelArtifacts.S3ModelArtifacts`)

const register = (...locations: Json[]): StepDefinition =>
  step('register', 'RegisterModel', {
    InferenceSpecification: {Containers: locations.map((ModelDataUrl) => ({Image: 'i', ModelDataUrl}))},
  })

const definition = (...steps: StepDefinition[]): PipelineDefinition => ({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: [{Name: 'instanceType', Type: 'String', DefaultValue: 'ml.m5.large'}],
  Steps: steps,
})

const hit: Verdict = {
  kind: 'hit',
  from: {stepName: 'x', executionArn: 'arn', finishedAtMs: 0, seconds: 1, signature: 's'},
  expiresAtMs: 1,
}
const rerun: Verdict = {kind: 'rerun', reasons: [{code: 'no-earlier-success'}]}
const always: Verdict = {kind: 'always', reason: {code: 'type-never-cached', type: 'RegisterModel'}}
const skipped: Verdict = {kind: 'skipped', condition: 'gate', branch: 'If'}

const predict = (verdicts: Readonly<Record<string, Verdict>>, type = 'Training'): StepPrediction[] =>
  Object.entries(verdicts).map(([name, verdict]) => ({
    name,
    type: name === 'register' ? 'RegisterModel' : type,
    verdict,
    when: [],
  }))

describe('changed-without-rerun', () => {
  const machine = {ResourceConfig: {InstanceType: instance}}
  const train = step('train', 'Training', machine, cached)
  const prepare = step(
    'prepare',
    'Processing',
    {ProcessingResources: {ClusterConfig: {InstanceType: instance}}},
    cached,
  )

  it.each<[string, StepDefinition[], Record<string, Verdict>, string[]]>([
    [
      'a parameter that is in no key of a hit',
      [train],
      {train: hit},
      ['parameter "instanceType" changed, and "train" is reused all the same: ResourceConfig is in no cache key'],
    ],
    [
      'such a parameter of several steps, once',
      [prepare, train],
      {prepare: hit, train: hit},
      [
        'parameter "instanceType" changed, and "prepare" and "train" are reused all the same: ProcessingResources and ResourceConfig are in no cache key',
      ],
    ],
    ['not of a step that runs', [prepare, train], {prepare: rerun, train: rerun}, []],
    ['not of a step with its cache off', [step('train', 'Training', machine)], {train: always}, []],
    [
      'not where the parameter is in the key too',
      [step('train', 'Training', {...machine, Environment: {TYPE: instance}}, cached)],
      {train: hit},
      [],
    ],
  ])('warns of %s', (_what, steps, verdicts, messages) => {
    const warnings = forecastWarnings(definition(...steps), predict(verdicts), ['instanceType'], [])
    expect(warnings.map(({message}) => message)).toEqual(messages)
    expect(warnings.map(({code}) => code)).toEqual(messages.map(() => 'changed-without-rerun'))
  })

  it('says nothing of parameters that keep their values', () => {
    expect(forecastWarnings(definition(train), predict({train: hit}), [], [])).toEqual([])
  })

  it.each<[string, ArgumentChange[], Verdict, string[]]>([
    [
      'one argument of a hit',
      [{stepName: 'train', path: 'Arguments.ResourceConfig.InstanceType', inKey: false}],
      hit,
      ['"train" is reused although it changed: ResourceConfig.InstanceType is not in its cache key'],
    ],
    [
      'several arguments of a hit, at once',
      [
        {stepName: 'train', path: 'Arguments.ResourceConfig.InstanceType', inKey: false},
        {stepName: 'train', path: 'RoleArn', inKey: false},
      ],
      hit,
      ['"train" is reused although it changed: ResourceConfig.InstanceType and RoleArn are not in its cache key'],
    ],
    ['not of a step that runs', [{stepName: 'train', path: 'RoleArn', inKey: false}], rerun, []],
    ['not of what an older execution had too', [{stepName: 'train', path: 'HyperParameters.a', inKey: true}], hit, []],
  ])('warns of %s', (_what, changes, verdict, messages) => {
    const warnings = forecastWarnings(definition(train), predict({train: verdict}), [], changes)
    expect(warnings).toEqual(messages.map((message) => ({code: 'changed-without-rerun', message, steps: ['train']})))
  })

  it('names a few of many, and keeps them all beside', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const steps = names.map((name) => step(name, 'Training', machine, cached))
    const verdicts = Object.fromEntries(names.map((name) => [name, hit]))
    const [warning] = forecastWarnings(definition(...steps), predict(verdicts), ['instanceType'], [])
    expect(warning?.message).toContain('and "a", "b", "c", "d" and 2 more are reused')
    expect(warning?.steps).toEqual(names)
  })
})

describe('stale-hit', () => {
  it.each([
    [
      ['prepare'],
      '"evaluate" is reused although "prepare" runs: its output goes to the same place in every execution, and the cache key holds the place, not the content; leave the destination out, or put ${execution.id} into it',
    ],
    [
      ['prepare', 'train'],
      '"evaluate" is reused although "prepare" and "train" run: their outputs go to the same place in every execution, and the cache key holds the place, not the content; leave the destination out, or put ${execution.id} into it',
    ],
  ])('names who wrote over what the step reads: %s', (staleFrom, message) => {
    const predictions = predict({evaluate: hit}).map((prediction) => ({...prediction, staleFrom}))
    expect(forecastWarnings(definition(), predictions, [], [])).toEqual([
      {code: 'stale-hit', message, steps: ['evaluate']},
    ])
  })
})

describe('never-hits', () => {
  const warned = (...steps: StepDefinition[]) =>
    forecastWarnings(definition(...steps), [], [], []).map(({code, message, steps: names}) => {
      expect(code).toBe('never-hits')
      return [message, names]
    })
  const args = (...values: Json[]) => ({AppSpecification: {ImageUri: 'i', ContainerArguments: values}})

  it.each(['PipelineExecutionId', 'PipelineExecutionArn', 'StartDateTime', 'CurrentDateTime'])(
    'warns of Execution.%s in a key',
    (variable) => {
      const value = {'Std:Join': {On: '', Values: ['run ', get(`Execution.${variable}`)]}}
      expect(warned(step('prepare', 'Processing', args('--name', value), cached))).toEqual([
        [
          `"prepare" is never reused: AppSpecification.ContainerArguments[1] holds Execution.${variable}, which is new in every execution; leave it out, or pass a parameter whose value you choose`,
          ['prepare'],
        ],
      ])
    },
  )

  it.each<[string, StepDefinition[]]>([
    [
      'names that stay',
      [step('prepare', 'Processing', args(get('Execution.PipelineName'), get('Execution.PipelineArn')), cached)],
    ],
    ['a place that is in no key', [processing('prepare', 's3://b/in', fresh)]],
    ['a step whose cache is off', [processing('prepare', fresh, fresh, {})]],
    ['a step whose cache has no expiry', [processing('prepare', fresh, fresh, {CacheConfig: {Enabled: true}})]],
    ['what a cached step writes', [processing('a', 's3://b/in'), processing('b', outputOf('a'))]],
    [
      'a fixed place that a step without cache writes to',
      [processing('a', 's3://b/in', 's3://b/fixed', {}), processing('b', outputOf('a'))],
    ],
    [
      'what only the run can tell',
      [step('ask', 'Lambda', {}), step('prepare', 'Processing', args(get("Steps.ask.OutputParameters['n']")), cached)],
    ],
  ])('does not warn of %s', (_what, steps) => {
    expect(warned(...steps)).toEqual([])
  })

  it('warns of the name of a model that is made anew in every execution', () => {
    const model = step('model', 'Model', {PrimaryContainer: {Image: 'i'}})
    const score = step('score', 'Transform', {ModelName: get('Steps.model.ModelName')}, cached)
    expect(warned(model, score)).toEqual([
      [
        '"score" is never reused: ModelName holds Steps.model.ModelName, which is new each time because SageMaker never reuses a Model step; refer to what that step is made from, or to one that exists already, by a parameter',
        ['score'],
      ],
    ])
  })

  it('warns of what a step without cache makes anew: its model, and what it writes', () => {
    const train = step('train', 'Training', {})
    const prepare = processing('prepare', 's3://b/in', fresh, {})
    expect(
      warned(train, prepare, processing('evaluate', modelOf('train')), processing('count', outputOf('prepare'))),
    ).toEqual([
      [
        '"evaluate" is never reused: ProcessingInputs[\'in\'].S3Input.S3Uri holds Steps.train.ModelArtifacts.S3ModelArtifacts, which is new each time because "train" is not cached; switch its cache on',
        ['evaluate'],
      ],
      [
        '"count" is never reused: ProcessingInputs[\'in\'].S3Input.S3Uri holds Steps.prepare.ProcessingOutputConfig.Outputs[\'out\'].S3Output.S3Uri, which is new each time because "prepare" is not cached; switch its cache on',
        ['count'],
      ],
    ])
  })

  it('tells the cause once for all the steps behind it', () => {
    const steps = [processing('a', fresh), processing('b', outputOf('a')), processing('c', outputOf('b'))]
    expect(warned(...steps)).toEqual([
      [
        '"a" is never reused: ProcessingInputs[\'in\'].S3Input.S3Uri holds Execution.PipelineExecutionId, which is new in every execution; leave it out, or pass a parameter whose value you choose; nor are "b" and "c" behind it',
        ['a', 'b', 'c'],
      ],
    ])
  })

  it('is of one mind with the prediction of the run', () => {
    const steps = [
      processing('own', fresh),
      step('model', 'Model', {}),
      step('score', 'Transform', {ModelName: get('Steps.model.ModelName')}, cached),
      processing('first', 's3://b/in', fresh, {}),
      processing('reader', outputOf('first')),
      processing('steady', 's3://b/in'),
    ]
    const nothing = {execution: () => undefined, properties: () => undefined, document: () => undefined}
    const predictions = predictSteps({
      definition: definition(...steps),
      pipeline: {arn: 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/demo', pipelineName: 'demo'},
      parameters: new Map(),
      runs: new Map(),
      facts: nothing,
      nowMs: 0,
    })
    const isFresh = ({verdict}: StepPrediction) =>
      verdict.kind === 'rerun' && verdict.reasons.some(({code}) => code === 'fresh-value')
    expect(warned(...steps).map(([, names]) => names)).toEqual(predictions.filter(isFresh).map(({name}) => [name]))
  })

  it('sees through a step that passes on a place of another', () => {
    const first = processing('first', 's3://b/in', fresh, {})
    const middle = processing('middle', 's3://b/in', outputOf('first'), {})
    expect(warned(first, middle, processing('last', outputOf('middle')))).toMatchObject([
      [expect.stringContaining('because "middle" is not cached'), ['last']],
    ])
  })
})

describe('duplicate-registration', () => {
  const message =
    '"register" would register a model again: "train" is reused, so its model is that of an earlier execution'

  it.each<[string, StepDefinition, Record<string, Verdict>, string[]]>([
    ['a model that is reused', register(modelOf('train')), {train: hit, register: always}, [message]],
    ['not a model that is trained', register(modelOf('train')), {train: rerun, register: always}, []],
    ['not a step in a branch that is not taken', register(modelOf('train')), {train: hit, register: skipped}, []],
    ['not a model from elsewhere', register('s3://b/model.tar.gz'), {train: hit, register: always}, []],
    [
      'not models of which one is new',
      register(modelOf('train'), modelOf('other')),
      {train: hit, other: rerun, register: always},
      [],
    ],
    [
      'several models, all reused',
      register(modelOf('train'), modelOf('other')),
      {train: hit, other: hit, register: always},
      [
        '"register" would register a model again: "train" and "other" are reused, so their models are those of an earlier execution',
      ],
    ],
  ])('warns of %s', (_what, registration, verdicts, messages) => {
    const steps = [step('train', 'Training', {}, cached), step('other', 'Training', {}, cached), registration]
    const warnings = forecastWarnings(definition(...steps), predict(verdicts), [], [])
    expect(warnings).toEqual(
      messages.map((text) => ({code: 'duplicate-registration', message: text, steps: ['register']})),
    )
  })
})

describe('months-not-minutes', () => {
  const expiring = (name: string, ExpireAfter: string, Enabled = true) =>
    step(name, 'Training', {}, {CacheConfig: {Enabled, ExpireAfter}})

  it.each([
    [
      'P30M',
      '"train" is reused for 30 months: without a T, the M in its ExpireAfter "P30M" is months; for minutes write PT30M',
    ],
    [
      '30m',
      '"train" is reused for 30 months: without a T, the M in its ExpireAfter "30m" is months; for minutes write PT30M',
    ],
    [
      '5m',
      '"train" is reused for 5 months: without a T, the M in its ExpireAfter "5m" is months; for minutes write PT5M',
    ],
    [
      'p90m',
      '"train" is reused for 90 months: without a T, the M in its ExpireAfter "p90m" is months; for minutes write PT90M',
    ],
  ])('warns of %s', (text, message) => {
    expect(forecastWarnings(definition(expiring('train', text)), [], [], [])).toEqual([
      {code: 'months-not-minutes', message, steps: ['train']},
    ])
  })

  it.each(['T30m', 'PT30M', 'P6M', 'P12M', 'P1Y18M', 'P30MT1H', 'P30D', '30d', 'rubbish'])(
    'takes %s as it is',
    (text) => {
      expect(forecastWarnings(definition(expiring('train', text)), [], [], [])).toEqual([])
    },
  )

  it('tells the same expiry of several steps once, and nothing of a cache that is off', () => {
    const steps = [expiring('a', 'P30M'), expiring('b', 'P30M'), expiring('c', 'P30M', false)]
    expect(forecastWarnings(definition(...steps), [], [], [])).toEqual([
      {
        code: 'months-not-minutes',
        message:
          '"a" and "b" are reused for 30 months: without a T, the M in their ExpireAfter "P30M" is months; for minutes write PT30M',
        steps: ['a', 'b'],
      },
    ])
  })
})
