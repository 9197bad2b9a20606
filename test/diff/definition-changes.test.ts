// What deploying one definition over another would change. Key attributes: Developer Guide, "Caching pipeline steps".

import {describe, expect, it} from 'vitest'
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../src/definition/json.ts'
import type {ParameterDefinition, PipelineDefinition, StepDefinition} from '../../src/definition/types.ts'
import {type Change, definitionChanges} from '../../src/diff/definition-changes.ts'
import {fc, runs} from '../support/properties.ts'

const pipeline = (
  steps: readonly StepDefinition[],
  parameters: readonly ParameterDefinition[] = [],
): PipelineDefinition => ({
  Version: '2020-12-01',
  Metadata: {},
  Parameters: parameters,
  Steps: steps,
})

const train: StepDefinition = {
  Name: 'train',
  Type: 'Training',
  Arguments: {
    HyperParameters: {epochs: '200', 'learning-rate': '0.5'},
    InputDataConfig: [{ChannelName: 'train', ContentType: 'text/csv'}, {ChannelName: 'test'}],
    ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1},
  },
  DependsOn: ['prepare', 'check'],
  CacheConfig: {Enabled: true, ExpireAfter: 'P30D'},
}

const gate = (branches: {then?: readonly StepDefinition[]; else?: readonly StepDefinition[]}): StepDefinition => ({
  Name: 'gate',
  Type: 'Condition',
  Arguments: {
    Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}],
    IfSteps: (branches.then ?? []) as unknown as Json,
    ElseSteps: (branches.else ?? []) as unknown as Json,
  },
})

const edited = (over: Partial<StepDefinition>): PipelineDefinition => pipeline([{...train, ...over}])
const withArguments = (over: JsonObject) => edited({Arguments: {...train.Arguments, ...over}})

describe('a step', () => {
  it.each<[string, PipelineDefinition, Omit<Change, 'subject'>[]]>([
    [
      'an argument in the key',
      withArguments({HyperParameters: {epochs: '200', 'learning-rate': '0.1'}}),
      [{kind: 'changed', path: 'Arguments.HyperParameters.learning-rate', before: '0.5', after: '0.1', inKey: true}],
    ],
    [
      'an argument in no key',
      withArguments({ResourceConfig: {InstanceType: 'ml.m5.xlarge', InstanceCount: 1}}),
      [
        {
          kind: 'changed',
          path: 'Arguments.ResourceConfig.InstanceType',
          before: 'ml.m5.large',
          after: 'ml.m5.xlarge',
          inKey: false,
        },
      ],
    ],
    [
      'an element by its name, wherever it stands',
      withArguments({InputDataConfig: [{ChannelName: 'test'}, {ChannelName: 'train', ContentType: 'text/plain'}]}),
      [
        {
          kind: 'changed',
          path: "Arguments.InputDataConfig['train'].ContentType",
          before: 'text/csv',
          after: 'text/plain',
          inKey: true,
        },
      ],
    ],
    [
      'an argument that comes',
      withArguments({Environment: {STAGE: 'dev'}}),
      [{kind: 'added', path: 'Arguments.Environment', after: {STAGE: 'dev'}, inKey: true}],
    ],
    [
      'an argument whose name is none for a path',
      withArguments({'Environment.X': 1}),
      [{kind: 'added', path: "Arguments['Environment.X']", after: 1, inKey: false}],
    ],
    [
      'the cache',
      edited({CacheConfig: {Enabled: true, ExpireAfter: 'P7D'}}),
      [{kind: 'changed', path: 'CacheConfig.ExpireAfter', before: 'P30D', after: 'P7D'}],
    ],
    ['a display name', edited({DisplayName: 'Train'}), [{kind: 'added', path: 'DisplayName', after: 'Train'}]],
    [
      'a retry policy',
      edited({RetryPolicies: [{ExceptionType: ['Step.THROTTLING'], MaxAttempts: 2}]}),
      [{kind: 'added', path: 'RetryPolicies', after: [{ExceptionType: ['Step.THROTTLING'], MaxAttempts: 2}]}],
    ],
    [
      'one of its dependencies',
      edited({DependsOn: ['check', 'clean']}),
      [
        {kind: 'removed', path: "DependsOn['prepare']", before: 'prepare'},
        {kind: 'added', path: "DependsOn['clean']", after: 'clean'},
      ],
    ],
    ['nothing, when only the order of its dependencies differs', edited({DependsOn: ['check', 'prepare']}), []],
  ])('has changed: %s', (_what, after, expected) => {
    const subject = {kind: 'step', name: 'train'}
    expect(definitionChanges(edited({}), after)).toEqual(expected.map((change) => ({...change, subject})))
  })

  it('that came or went is one change, whatever it holds', () => {
    expect(definitionChanges(pipeline([]), pipeline([train]))).toEqual([
      {kind: 'added', subject: {kind: 'step', name: 'train'}, path: '', after: train},
    ])
    expect(definitionChanges(pipeline([train]), pipeline([]))).toEqual([
      {kind: 'removed', subject: {kind: 'step', name: 'train'}, path: '', before: train},
    ])
  })

  it('moved into a branch, between branches and out again has changed its branch alone', () => {
    const branchOf = (before: readonly StepDefinition[], after: readonly StepDefinition[]) =>
      definitionChanges(pipeline(before), pipeline(after))
    const subject = {kind: 'step', name: 'train'}
    const [top, inThen, inElse] = [[train, gate({})], [gate({then: [train]})], [gate({else: [train]})]]
    expect(branchOf(top, inThen)).toEqual([{kind: 'added', subject, path: 'Branch', after: 'gate.then'}])
    expect(branchOf(inThen, inElse)).toEqual([
      {kind: 'changed', subject, path: 'Branch', before: 'gate.then', after: 'gate.else'},
    ])
    expect(branchOf(inElse, top)).toEqual([{kind: 'removed', subject, path: 'Branch', before: 'gate.else'}])
  })

  it('in the branch of a new condition is a change of its own, and not inside that of the condition', () => {
    const changes = definitionChanges(pipeline([]), pipeline([gate({then: [train]})]))
    expect(changes.map(({subject: {name}}) => name)).toEqual(['gate', 'train'])
    expect(canonicalJson(changes[0]?.after ?? null)).not.toContain('train')
  })

  it('that is never reused says nothing of a key', () => {
    const fail = (ErrorMessage: string): StepDefinition => ({Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage}})
    expect(definitionChanges(pipeline([fail('a')]), pipeline([fail('b')]))).toEqual([
      {kind: 'changed', subject: {kind: 'step', name: 'stop'}, path: 'Arguments.ErrorMessage', before: 'a', after: 'b'},
    ])
  })

  it('has its property files compared by their own names, also when they lie in one output', () => {
    const evaluate = (...PropertyFiles: [string, string][]): StepDefinition => ({
      Name: 'evaluate',
      Type: 'Processing',
      Arguments: {},
      PropertyFiles: PropertyFiles.map(([PropertyFileName, FilePath]) => ({
        PropertyFileName,
        OutputName: 'report',
        FilePath,
      })),
    })
    const before = pipeline([evaluate(['metrics', 'm.json'], ['bias', 'b.json'])])
    expect(definitionChanges(before, pipeline([evaluate(['bias', 'b.json'], ['metrics', 'n.json'])]))).toEqual([
      {
        kind: 'changed',
        subject: {kind: 'step', name: 'evaluate'},
        path: "PropertyFiles['metrics'].FilePath",
        before: 'm.json',
        after: 'n.json',
      },
    ])
  })
})

// Of the tuning job's definition, the guide's table names some members only.
it.each([
  ['a member that the key holds', {StaticHyperParameters: {a: '1'}}, {StaticHyperParameters: {a: '2'}}, true],
  ['a member that it does not hold', {RoleArn: 'a'}, {RoleArn: 'b'}, false],
])('%s, inside an attribute that is in the key in part', (_name, left, right, inKey) => {
  const tune = (definition: JsonObject): StepDefinition => ({
    Name: 'tune',
    Type: 'Tuning',
    Arguments: {TrainingJobDefinition: definition},
  })
  expect(definitionChanges(pipeline([tune(left)]), pipeline([tune(right)]))).toMatchObject([{inKey}])
  const none: StepDefinition = {Name: 'tune', Type: 'Tuning', Arguments: {}}
  expect(definitionChanges(pipeline([none]), pipeline([tune(right)]))).toMatchObject([
    {path: 'Arguments.TrainingJobDefinition', inKey},
  ])
})

describe('a parameter', () => {
  const stage: ParameterDefinition = {Name: 'stage', Type: 'String', DefaultValue: 'dev', EnumValues: ['dev', 'prod']}
  const subject = {kind: 'parameter', name: 'stage'}

  it.each<[string, ParameterDefinition, Omit<Change, 'subject'>[]]>([
    [
      'its default',
      {...stage, DefaultValue: 'prod'},
      [{kind: 'changed', path: 'DefaultValue', before: 'dev', after: 'prod'}],
    ],
    [
      'the loss of its default',
      {Name: 'stage', Type: 'String', EnumValues: ['dev', 'prod']},
      [{kind: 'removed', path: 'DefaultValue', before: 'dev'}],
    ],
    [
      'its enum',
      {...stage, EnumValues: ['dev']},
      [{kind: 'changed', path: 'EnumValues', before: ['dev', 'prod'], after: ['dev']}],
    ],
    ['nothing, when its enum stands in another order', {...stage, EnumValues: ['prod', 'dev']}, []],
    [
      'nothing, when the type it has anyway is left out',
      {Name: 'stage', DefaultValue: 'dev', EnumValues: ['dev', 'prod']},
      [],
    ],
    ['its description', {...stage, Description: 'where'}, [{kind: 'added', path: 'Description', after: 'where'}]],
  ])('has changed: %s', (_what, after, expected) => {
    expect(definitionChanges(pipeline([], [stage]), pipeline([], [after]))).toEqual(
      expected.map((change) => ({...change, subject})),
    )
  })

  it('that came is one change', () => {
    expect(definitionChanges(pipeline([]), pipeline([], [stage]))).toEqual([
      {kind: 'added', subject, path: '', after: stage},
    ])
  })
})

it('tells what concerns the whole pipeline', () => {
  const before: PipelineDefinition = {...pipeline([]), PipelineExperimentConfig: {TrialName: 'a'}}
  expect(definitionChanges(before, pipeline([]))).toEqual([
    {
      kind: 'removed',
      subject: {kind: 'pipeline', name: ''},
      path: 'PipelineExperimentConfig',
      before: {TrialName: 'a'},
    },
  ])
})

it('tells the pipeline first, then parameters, then steps in the order of the document', () => {
  const before = pipeline([gate({then: [train]})], [{Name: 'a'}])
  const after = {...pipeline([{...train, Name: 'new'}], [{Name: 'b'}]), Metadata: {x: 1}}
  expect(definitionChanges(before, after).map(({subject}) => `${subject.kind} ${subject.name}`)).toEqual([
    'pipeline ',
    'parameter a',
    'parameter b',
    'step gate',
    'step train',
    'step new',
  ])
})

describe('laws', () => {
  it('a definition has no changes to itself, whatever the order of its lists', () => {
    fc.assert(
      fc.property(definition, (a) => {
        expect(definitionChanges(a, reversed(a))).toEqual([])
      }),
    )
  })

  it('there is a change exactly when the definitions differ apart from order', () => {
    fc.assert(
      fc.property(definition, definition, (a, b) => {
        expect(definitionChanges(a, b).length === 0).toBe(meaning(a) === meaning(b))
      }),
      {numRuns: runs(500)},
    )
  })

  it('one edit is seen, and nothing else is', () => {
    fc.assert(
      fc.property(definition, fc.nat(), (a, at) => {
        const step = a.Steps[at % a.Steps.length]
        fc.pre(step !== undefined)
        const steps = a.Steps.map((one) => (one === step ? {...one, Description: 'edited'} : one))
        expect(definitionChanges(a, {...a, Steps: steps})).toMatchObject([
          {subject: {kind: 'step', name: step?.Name}, path: 'Description', after: 'edited'},
        ])
      }),
    )
  })

  it('swapped sides swap before and after, added and removed', () => {
    fc.assert(
      fc.property(definition, definition, (a, b) => {
        expect(sorted(definitionChanges(b, a).map(swapped))).toEqual(sorted(definitionChanges(a, b)))
      }),
      {numRuns: runs(500)},
    )
  })
})

const swappedKinds = {added: 'removed', removed: 'added', changed: 'changed'} as const

function swapped({kind, before, after, ...rest}: Change): Change {
  return {
    kind: swappedKinds[kind],
    ...rest,
    ...(after === undefined ? {} : {before: after}),
    ...(before === undefined ? {} : {after: before}),
  }
}

function sorted(changes: readonly Change[]): string[] {
  return changes.map((change) => canonicalJson(change as unknown as Json)).sort()
}

// Few names and values, so that two definitions often share steps.
const word = fc.constantFrom('a', 'b', 'c')
const words = fc.uniqueArray(word, {maxLength: 3})
const maybe = <T>(key: string, value: fc.Arbitrary<T>) => fc.option(value).map((it) => (it === null ? {} : {[key]: it}))
const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object)

const parameter = merged(
  word.map((Name) => ({Name})),
  maybe('Type', fc.constantFrom('String', 'Integer')),
  maybe('DefaultValue', word),
  maybe('EnumValues', words),
) as fc.Arbitrary<ParameterDefinition>

const body = merged(
  fc.record({
    Type: fc.constantFrom('Processing', 'Training', 'Model'),
    Arguments: merged(
      maybe('Environment', fc.dictionary(word, word, {maxKeys: 2})),
      maybe(
        'RoleArn',
        fc.oneof(
          word,
          word.map((name) => ({Get: `Parameters.${name}`})),
        ),
      ),
      maybe(
        'ProcessingInputs',
        words.map((names) => names.map((InputName) => ({InputName}))),
      ),
      maybe('Tags', fc.array(fc.record({Key: word, Value: word}), {maxLength: 2})),
    ),
  }),
  maybe('DependsOn', words),
  maybe('CacheConfig', fc.record({Enabled: fc.boolean()})),
  maybe(
    'PropertyFiles',
    words.map((names) => names.map((PropertyFileName) => ({PropertyFileName, OutputName: 'o', FilePath: 'f'}))),
  ),
)

/** Up to five steps with a body each; `place` says who stands in which branch of the condition. */
const definition: fc.Arbitrary<PipelineDefinition> = fc
  .record({
    steps: fc.uniqueArray(fc.record({name: fc.constantFrom('p', 'q', 'r', 's', 't'), body, place: fc.nat(2)}), {
      selector: ({name}) => name,
      minLength: 1,
    }),
    hasGate: fc.boolean(),
    parameters: fc.uniqueArray(parameter, {selector: ({Name}) => Name}),
    Metadata: fc.dictionary(word, word, {maxKeys: 1}),
  })
  .map(({steps, hasGate, parameters, Metadata}) => {
    const at = (place: number) =>
      steps.filter((step) => step.place === place).map((step) => ({Name: step.name, ...step.body}) as StepDefinition)
    const all = hasGate ? [...at(0), gate({then: at(1), else: at(2)})] : [...at(0), ...at(1), ...at(2)]
    return {...pipeline(all, parameters), Metadata}
  })

function reversed(a: PipelineDefinition): PipelineDefinition {
  return {...a, Parameters: [...a.Parameters].reverse(), Steps: [...a.Steps].reverse().map(reversedStep)}
}

function reversedStep(step: StepDefinition): StepDefinition {
  const turned = (list: Json | undefined) => (Array.isArray(list) ? [...list].reverse() : [])
  const {IfSteps, ElseSteps, ProcessingInputs, ...rest} = step.Arguments
  const branches = step.Type === 'Condition' ? {IfSteps: turned(IfSteps), ElseSteps: turned(ElseSteps)} : {}
  return {
    ...step,
    Arguments: {...rest, ...branches, ...(ProcessingInputs ? {ProcessingInputs: turned(ProcessingInputs)} : {})},
    ...(step.DependsOn ? {DependsOn: [...step.DependsOn].reverse()} : {}),
    ...(step.PropertyFiles ? {PropertyFiles: [...step.PropertyFiles].reverse()} : {}),
  }
}

/** One text for all that means the same: every list whose order is none sorted, branches flat, defaults filled in. */
function meaning({Parameters: parameters, Steps: steps, ...rest}: PipelineDefinition): string {
  const flat: Json[] = []
  const add = (list: readonly Json[], branch: string) => {
    for (const step of list) {
      if (!isJsonObject(step) || !isJsonObject(step.Arguments)) continue
      const {IfSteps, ElseSteps, ...args} = step.Arguments
      if (Array.isArray(IfSteps)) add(IfSteps, `${String(step.Name)} if`)
      if (Array.isArray(ElseSteps)) add(ElseSteps, `${String(step.Name)} else`)
      const lists = {DependsOn: texts(step.DependsOn), PropertyFiles: texts(step.PropertyFiles)}
      const inputs = args.ProcessingInputs === undefined ? {} : {ProcessingInputs: texts(args.ProcessingInputs)}
      flat.push({...step, ...lists, Arguments: {...args, ...inputs}, branch})
    }
  }
  add(steps as unknown as readonly Json[], '')
  const declared = parameters.map((one) => ({
    ...one,
    Type: one.Type ?? 'String',
    ...(one.EnumValues ? {EnumValues: texts(one.EnumValues)} : {}),
  }))
  return canonicalJson({...rest, steps: texts(flat), parameters: texts(declared)} as Json)
}

function texts(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.map((element) => canonicalJson(element as Json)).sort() : []
}
