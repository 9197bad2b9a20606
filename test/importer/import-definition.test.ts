// The definitions that the SageMaker Python SDK made, as specs. What they compile to is the definition itself, to the digit;
// how they read is for people to judge, in test/fixtures/imports.

import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {compileForImport} from '../../src/actions/compile-for-import.ts'
import {compilePipeline} from '../../src/compiler/compile-pipeline.ts'
import {parseExactJson} from '../../src/definition/exact-json.ts'
import {canonicalJson} from '../../src/definition/json.ts'
import {DiagnosticCollector} from '../../src/diagnostics/diagnostic.ts'
import {importDefinition} from '../../src/importer/import-definition.ts'
import {readDefinition} from '../../src/importer/read-definition.ts'
import {summarize} from '../../src/importer/summary.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
const names = readdirSync(join(fixtures, 'definitions')).map((file) => file.replace(/\.json$/, ''))

function imported(text: string) {
  const read = readDefinition(text)
  if (!read.ok) throw new Error(read.problem)
  const pipelineName = 'imported'
  const result = importDefinition(read.definition, {pipelineName, compile: compileForImport(pipelineName)})
  if (!result.ok) throw new Error(result.faults.map(({diagnostic}) => diagnostic.message).join('\n'))
  return result
}

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(fixtures, 'definitions', `${name}.json`), 'utf8')
  const {text: spec, draft} = imported(text)

  it('compiles to what it came from, without an error, on any target', () => {
    const findings = new DiagnosticCollector()
    const read = parseSpec(spec, findings)
    const target = {
      name: 'prod',
      kind: 'aws',
      region: 'eu-west-1',
      account: '444455556666',
      role: 'r',
      bucket: 'b',
    } as const
    const input = {pipelineName: 'imported', target, env: {}, bundles: new Map()}
    const document = read && compilePipeline(read, input, undefined, findings).document
    expect(findings.sorted().filter(({severity}) => severity === 'error')).toEqual([])
    expect(document && canonicalJson(document)).toBe(canonicalJson(parseExactJson(text)))
  })

  it('needs no raw step', () => {
    expect(summarize(draft).steps.filter(({wording}) => wording === 'raw')).toEqual([])
  })

  it('reads well', async () => {
    await expect(spec).toMatchFileSnapshot(join(fixtures, 'imports', `${name}.yaml`))
  })
})

const fail = {Name: 'a', Type: 'Fail', Arguments: {ErrorMessage: 'no'}}
const definition = (more: object) =>
  JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: [fail], ...more})

/** The lines of the spec below `key`, at the top or of the step `a`. */
function section(spec: string, key: string): string {
  const lines = spec.split('\n')
  const from = lines.findIndex((line) => line.trimStart().startsWith(`${key}:`))
  const indent = (line: string) => line.length - line.trimStart().length
  const start = lines[from] ?? ''
  const end = lines.findIndex((line, at) => at > from && (line === '' || indent(line) <= indent(start)))
  return lines
    .slice(from, end)
    .map((line) => line.slice(indent(start)))
    .join('\n')
}

describe('values', () => {
  it.each([
    ['a reference as a whole', {Get: 'Parameters.n'}, 'message: ${parameters.n}'],
    ['a number that is cast', {'Std:Join': {On: '', Values: [{Get: 'Parameters.i'}]}}, 'message: ${parameters.i}'],
    ['a number that is not cast', {Get: 'Parameters.i'}, 'message: {Get: Parameters.i}'],
    [
      'a join without separator',
      {'Std:Join': {On: '', Values: ['at ', {Get: 'Parameters.n'}, '!']}},
      'message: at ${parameters.n}!',
    ],
    [
      'a join with one',
      {'Std:Join': {On: '-', Values: ['at', {Get: 'Parameters.n'}]}},
      'message: {Std:Join: {On: "-", Values: [at, "${parameters.n}"]}}',
    ],
    [
      '$ before a reference',
      {'Std:Join': {On: '', Values: ['$', {Get: 'Parameters.n'}]}},
      'message: {Std:Join: {On: "", Values: [$, "${parameters.n}"]}}',
    ],
    ['a parameter that is not declared', {Get: 'Parameters.x'}, 'message: {Get: Parameters.x}'],
    ['${ in a text', 'costs ${x}', 'message: costs $${x}'],
    ['a text that is ${null}', '${null}', 'message: $${null}'],
    ['a text that looks like a number', '6.0', 'message: 6.0'],
    ['a text that YAML takes for something else', '0x10', 'message: "0x10"'],
    ['an execution variable', {Get: 'Execution.PipelineExecutionId'}, 'message: ${execution.id}'],
  ])('%s', (_, value, expected) => {
    const parameters = [
      {Name: 'n', Type: 'String'},
      {Name: 'i', Type: 'Integer'},
    ]
    const step = {...fail, Arguments: {ErrorMessage: value}}
    expect(section(imported(definition({Parameters: parameters, Steps: [step]})).text, 'message')).toBe(expected)
  })
})

it('brings in what SageMaker would refuse: a number where a text is wanted, in a step that short keys cannot say', () => {
  const parameters = [{Name: 'p', Type: 'Integer', DefaultValue: 1}]
  const step = {Name: 'm', Type: 'Model', Arguments: {ExecutionRoleArn: {Get: 'Parameters.p'}}}
  expect(imported(definition({Parameters: parameters, Steps: [step]})).text).toContain('{Get: Parameters.p}')
})

describe('parameters', () => {
  it.each([
    ['a type that the default shows', {Type: 'Integer', DefaultValue: 200}, 'p: 200'],
    ['a text that looks like a number', {Type: 'String', DefaultValue: '200'}, 'p: "200"'],
    ['a Float that is whole', {Type: 'Float', DefaultValue: 6}, 'p: {type: Float, default: 6}'],
    ['no default', {Type: 'Boolean'}, 'p: {type: Boolean}'],
    ['an enum', {Type: 'String', DefaultValue: 'a', EnumValues: ['a', 'b']}, 'p:\n  default: a\n  enum: [a, b]'],
  ])('with %s', (_, parameter, expected) => {
    expect(section(imported(definition({Parameters: [{Name: 'p', ...parameter}]})).text, 'p')).toBe(expected)
  })

  it('that a spec cannot declare stand whole under definition:, and are referred to all the same', () => {
    const parameters = [{Name: 'p', Type: 'String', DefaultValue: null}, {Name: 'odd name'}]
    const step = {...fail, Arguments: {ErrorMessage: {Get: 'Parameters.p'}}}
    const {text} = imported(definition({Parameters: parameters, Steps: [step]}))
    expect(section(text, 'parameters')).toBe('parameters:\n  p: {type: String}')
    expect(section(text, 'message')).toBe('message: ${parameters.p}')
    expect(text).toContain('DefaultValue: ${null}')
  })
})

describe('the envelope of a step', () => {
  const lambda = {Name: 'a', Type: 'BedrockModelImport', Arguments: {}}

  it.each([
    ['a cache', {CacheConfig: {Enabled: true, ExpireAfter: 'P30D'}}, 'cache', 'cache: 30d'],
    [
      'a cache in odd letters',
      {CacheConfig: {Enabled: true, ExpireAfter: 'p30d'}},
      'definition',
      'definition:\n  CacheConfig: {Enabled: true, ExpireAfter: p30d}',
    ],
    [
      'a retry policy',
      {RetryPolicies: [{ExceptionType: ['Step.THROTTLING'], IntervalSeconds: 60, BackoffRate: 2.5}]},
      'retry',
      'retry: {on: Step.THROTTLING, interval: 60s, backoff: 2.5}',
    ],
    ['a member of its own', {Extra: null}, 'definition', 'definition:\n  Extra: ${null}'],
    ['a step before it', {DependsOn: ['b']}, 'dependsOn', 'dependsOn: b'],
    ['a step before it that is none', {DependsOn: ['x']}, 'definition', 'definition:\n  DependsOn: [x]'],
  ])('has %s', (_, members, key, expected) => {
    const steps = [
      {...lambda, ...members},
      {...lambda, Name: 'b'},
    ]
    expect(section(imported(definition({Steps: steps})).text, key)).toBe(expected)
  })
})

describe('names that a spec cannot have', () => {
  it('are given by definition:, also to conditions with branches', () => {
    const condition = {
      Name: 'odd name',
      Type: 'Condition',
      Arguments: {Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}], IfSteps: [fail], ElseSteps: []},
    }
    const {text} = imported(definition({Steps: [condition]}))
    expect(text).toContain('  odd-name:\n    type: condition\n')
    expect(text).toContain('Name: odd name')
  })
})

it('takes a step type that no kind knows as raw', () => {
  const step = {Name: 'a', Type: 'Quantum', Arguments: {Qubits: 3}, DependsOn: ['b']}
  const {text} = imported(definition({Steps: [step, {...fail, Name: 'b', Type: 'Other'}]}))
  expect(section(text, 'a')).toBe(
    [
      'a:',
      '  type: raw',
      '  dependsOn: b',
      '  definition:',
      '    Type: Quantum',
      '    Arguments:',
      '      Qubits: 3',
    ].join('\n'),
  )
})

it('takes a circle over that runs through a branch, as it came', () => {
  const train = {Name: 'a', Type: 'Training', Arguments: {}}
  const inner = {Name: 'c', Type: 'Condition', Arguments: {Conditions: [], IfSteps: [train], ElseSteps: []}}
  const branches = {Conditions: [], IfSteps: [], ElseSteps: [inner]}
  const read = readDefinition(
    definition({Steps: [{Name: 'b', Type: 'Condition', DependsOn: ['a'], Arguments: branches}]}),
  )
  if (!read.ok) throw new Error(read.problem)
  const result = importDefinition(read.definition, {pipelineName: 'imported', compile: compileForImport('imported')})
  expect(result).toMatchObject({ok: true})
})
