// What the picture of a definition holds: which steps come after which and why, beside what the documents themselves say.
import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {shortConditionWords} from '../../../src/actions/graph/condition-words.ts'
import {definitionPicture} from '../../../src/actions/graph/definition-picture.ts'
import {stepGraph} from '../../../src/definition/dependencies.ts'
import {flattenSteps} from '../../../src/definition/flat-steps.ts'
import type {Json} from '../../../src/definition/json.ts'
import {parseDefinition} from '../../../src/definition/parse-definition.ts'
import type {PipelineDefinition} from '../../../src/definition/types.ts'
import {ancestors, type Graph} from '../../../src/graph/graph.ts'
import {focusOn} from '../../../src/picture/focus.ts'
import type {Picture} from '../../../src/picture/picture.ts'
import {pictureOfDefinition} from '../../picture/drawn-definitions.ts'
import {fc} from '../../support/properties.ts'

function definitionOf(...steps: Json[]): PipelineDefinition {
  const parsed = parseDefinition(JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: steps}))
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.definition
}

function draw(...steps: Json[]): Picture {
  return definitionPicture({name: 'p', definition: definitionOf(...steps)})
}

function edgesOf({edges}: Picture): string[] {
  return edges.map(({from, to, kind, label}) => `${from} ${label === undefined ? kind : `${kind} ${label}`} ${to}`)
}

const step = (Name: string, more: {readonly reads?: string; readonly after?: readonly string[]} = {}): Json => ({
  Name,
  Type: 'Training',
  Arguments: more.reads === undefined ? {} : {Input: {Get: `Steps.${more.reads}.ModelArtifacts.S3ModelArtifacts`}},
  ...(more.after ? {DependsOn: [...more.after]} : {}),
})
const fork = (Name: string, IfSteps: Json[], ElseSteps: Json[] = []): Json => ({
  Name,
  Type: 'Condition',
  Arguments: {Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}], IfSteps, ElseSteps},
})

describe('the edges', () => {
  // Read off the published document by hand: test/fixtures/definitions/abalone_classic.json.
  it('are those of the published example', () => {
    expect(edgesOf(pictureOfDefinition('abalone_classic')).toSorted()).toEqual([
      'AbaloneEvaluate data AbaloneMSECond',
      'AbaloneEvaluate data AbaloneRegisterModel-RegisterModel',
      'AbaloneMSECond branch else AbaloneMSEFail',
      'AbaloneMSECond branch then AbaloneRegisterModel-RegisterModel',
      'AbaloneProcess data AbaloneEvaluate',
      'AbaloneProcess data AbaloneTrain',
      'AbaloneTrain data AbaloneEvaluate',
      'AbaloneTrain data AbaloneRegisterModel-RegisterModel',
    ])
  })

  it('lead from steps only, and what is no step is told', () => {
    const {edges, nodes} = draw(step('a', {after: ['ghost']}), step('b', {reads: 'gone', after: ['a', 'gone']}))
    expect(edges.map(({from, to}) => `${from} ${to}`)).toEqual(['a b'])
    expect(nodes.map(({notes}) => notes[0])).toEqual([
      'after "ghost", which is no step',
      'after "gone", which is no step',
    ])
  })

  it('may run in a circle, which is told', () => {
    const {description} = draw(step('c'), step('a', {after: ['b']}), step('b', {after: ['a']}))
    expect(description).toBe('3 steps, a cycle, which SageMaker refuses: a after b after a')
    expect(draw(step('a'), step('b', {after: ['a']})).description).toBe('2 steps')
  })

  it('say order only where nothing is read', () => {
    expect(edgesOf(draw(step('a'), step('b', {reads: 'a', after: ['a']}), step('c', {after: ['b']})))).toEqual([
      'a data b',
      'b order c',
    ])
  })

  it('leave out an order that others imply, and keep what is read', () => {
    const steps = [
      step('a'),
      step('b', {after: ['a']}),
      step('c', {after: ['a', 'b']}),
      step('d', {reads: 'a', after: ['c']}),
    ]
    expect(edgesOf(draw(...steps))).toEqual(['a order b', 'b order c', 'a data d', 'c order d'])
    expect(draw(...steps).description).toBe('4 steps, 1 edge that others imply left out')
    const whole = definitionPicture({name: 'p', definition: definitionOf(...steps), allEdges: true})
    expect(edgesOf(whole)).toContain('a order c')
  })

  it('lead into a branch by its first steps, each branch by its own', () => {
    const both = fork('fork', [step('a'), step('b', {reads: 'a'})], [step('c'), step('d', {after: ['c']})])
    expect(edgesOf(draw(both))).toEqual(['fork branch then a', 'a data b', 'fork branch else c', 'c order d'])
    expect(draw(both).groups).toEqual([
      {id: 'fork:then', label: 'fork: then'},
      {id: 'fork:else', label: 'fork: else'},
    ])
  })

  it('make every step come after the same steps as the whole graph does', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const any = fc.array(
      fc.record({reads: fc.option(fc.nat(6), {nil: undefined}), after: fc.array(fc.nat(6), {maxLength: 3})}),
      {
        minLength: 7,
        maxLength: 7,
      },
    )
    fc.assert(
      fc.property(any, fc.boolean(), (plans, isForked) => {
        const steps = plans.map(({reads, after}, index) => {
          const before = (at: number) => (at < index ? [names[at] ?? ''] : [])
          const [read] = reads === undefined ? [] : before(reads)
          return step(names[index] ?? '', {...(read === undefined ? {} : {reads: read}), after: after.flatMap(before)})
        })
        const definition = isForked
          ? definitionOf(...steps.slice(0, 3), fork('fork', steps.slice(3)))
          : definitionOf(...steps)
        const wanted = stepGraph(definition)
        const upstream = new Map<string, string[]>()
        for (const {from, to} of definitionPicture({name: 'p', definition}).edges) {
          upstream.set(to, [...(upstream.get(to) ?? []), from])
        }
        const drawn: Graph = {nodes: wanted.nodes, upstream}
        for (const name of wanted.nodes) expect(ancestors(drawn, name)).toEqual(ancestors(wanted, name))
      }),
    )
  })
})

describe('the notes', () => {
  it.each([
    [{Enabled: true, ExpireAfter: 'P30D'}, 'cache 30 d'],
    [{Enabled: true, ExpireAfter: 'PT90M'}, 'cache 90 min'],
    [{Enabled: true, ExpireAfter: 'P1DT12H'}, 'cache 1 d 12 h'],
    [{Enabled: true, ExpireAfter: '1M'}, 'cache 1 month'],
    [{Enabled: true}, 'cache without expiry, so never used'],
    [{Enabled: false, ExpireAfter: 'P30D'}, 'cache off'],
    [undefined, 'cache off'],
  ])('tell the cache: %j', (cache, note) => {
    const training = {Name: 'train', Type: 'Training', Arguments: {}, ...(cache ? {CacheConfig: cache} : {})}
    expect(draw(training).nodes[0]?.notes).toEqual([note])
  })

  it('say nothing of the cache where SageMaker has none for the type', () => {
    const register = {
      Name: 'register',
      Type: 'RegisterModel',
      Arguments: {},
      CacheConfig: {Enabled: true, ExpireAfter: 'P1D'},
    }
    expect(draw(register).nodes[0]?.notes).toEqual([])
  })

  it('tell steps that are only rehearsed', () => {
    const picture = definitionPicture({name: 'p', definition: definitionOf(step('a')), simulated: new Set(['a'])})
    expect(picture.nodes[0]?.notes).toContain('simulated on local')
  })
})

describe('a condition in words', () => {
  const conditionsOf = (file: string, name: string): Json | undefined => {
    const parsed = parseDefinition(
      readFileSync(new URL(`../../fixtures/definitions/${file}.json`, import.meta.url), 'utf8'),
    )
    const steps = parsed.ok ? flattenSteps(parsed.definition) : []
    return steps.find(({step}) => step.Name === name)?.step.Arguments['Conditions']
  }

  it.each([
    [
      'abalone_classic',
      'AbaloneMSECond',
      'AbaloneEvaluate.EvaluationReport.regression_metrics.mse.value <= MseThreshold',
    ],
    ['conditions_nested', 'Outer', '(B == true or Train.BillableTimeInSeconds >= 10 or S == null)'],
    ['conditions_nested', 'Mid', 'F > I and 2 <= F and PipelineName == "Nested"'],
    ['conditions_nested', 'Inner', 'not (S in ["a", "b", S] or not (I < 3))'],
    ['lambda_outputs', 'Cond', "Check.OutputParameters['score'] >= 0.5 and Check.OutputParameters['ok'] == true"],
  ])('%s, %s', (file, name, words) => {
    expect(shortConditionWords(conditionsOf(file, name), name)).toBe(words)
  })

  it('calls what a gate asks of the champion as the spec does, not by the object that it is read from', () => {
    const read = (at: Json, Path: string): Json => ({'Std:JsonGet': {...(at as object), Path}})
    const condition = {
      Type: 'GreaterThanOrEqualTo',
      LeftValue: read({PropertyFile: {Get: 'Steps.evaluate.PropertyFiles.metrics'}}, 'auc'),
      RightValue: read({S3Uri: 's3://b/p/champion/gate.json'}, 'thresholds.g.auc.at_least_champion_minus_0_5'),
    }
    expect(shortConditionWords([condition], 'gate')).toBe('evaluate.metrics.auc >= champion - 0.5')
  })

  it.each([
    [undefined],
    [[]],
    [[{Type: 'Unheard', LeftValue: 1}]],
    [['text']],
    [[{Type: 'Equals', LeftValue: {Strange: 1}, RightValue: 2}]],
  ])('is left out where its form is not known: %j', (conditions) => {
    expect(shortConditionWords(conditions as Json | undefined, 'gate')).toBeUndefined()
  })
})

describe('what starts the pipeline', () => {
  const nightly = {name: 'nightly', kind: 'schedule', waitsFor: 'every day at 03:00 UTC', isEnabled: true}
  const drawn = (...steps: Json[]) =>
    definitionPicture({
      name: 'p',
      definition: definitionOf(...steps),
      triggers: [nightly, {...nightly, name: 'a', isEnabled: false}],
    })

  it('leads to the first step where there is one', () => {
    const picture = drawn(step('a'), step('b', {reads: 'a'}))
    expect(edgesOf(picture)).toEqual(['trigger:nightly trigger a', 'trigger:a trigger a', 'a data b'])
    expect(picture.nodes[0]).toEqual({
      id: 'trigger:nightly',
      label: 'nightly',
      kind: 'trigger',
      caption: 'Trigger (schedule)',
      notes: ['every day at 03:00 UTC'],
    })
    expect(picture.nodes[1]?.status).toEqual({tone: 'idle', word: 'disabled'})
  })

  it('leads to the pipeline where several steps come first', () => {
    expect(edgesOf(drawn(step('a'), step('b')))).toEqual([
      'trigger:nightly trigger pipeline:p',
      'trigger:a trigger pipeline:p',
      'pipeline:p trigger a',
      'pipeline:p trigger b',
    ])
  })
})

it('a part of a picture is a step, what leads to it, and what it leads to', () => {
  const whole = draw(step('a'), step('b', {reads: 'a'}), step('c', {reads: 'a'}), step('d', {reads: 'b'}), step('e'))
  const part = focusOn(whole, 'b')
  expect(part.nodes.map(({id}) => id)).toEqual(['a', 'b', 'd'])
  expect(edgesOf(part)).toEqual(['a data b', 'b data d'])
})
