// Definitions at random, over the whole grammar and past it: every step type, steps of real definitions with parts taken
// away, replaced and added, and whatever YAML, JavaScript or the spec could take for something else.

import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseExactJson} from '../../src/definition/exact-json.ts'
import {ExactNumber, isJsonObject, type Json, type JsonObject} from '../../src/definition/json.ts'
import {fc} from '../support/properties.ts'

type Draw = fc.GeneratorValue

const fixtures = fileURLToPath(new URL('../fixtures/definitions', import.meta.url))

/** Every step of the definitions that the SDK made, conditions without their branches. */
const realSteps: readonly JsonObject[] = readdirSync(fixtures)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => flatten((parseExactJson(readFileSync(join(fixtures, file), 'utf8')) as JsonObject)['Steps']))

function flatten(steps: Json | undefined): JsonObject[] {
  return (Array.isArray(steps) ? steps : []).filter(isJsonObject).flatMap((step) => {
    const args = step['Arguments'] as JsonObject
    if (step['Type'] !== 'Condition') return [step]
    const {IfSteps, ElseSteps, ...rest} = args
    return [{...step, Arguments: rest}, ...flatten(IfSteps), ...flatten(ElseSteps)]
  })
}

const types = [
  'Processing',
  'Training',
  'Tuning',
  'AutoML',
  'Transform',
  'Model',
  'RegisterModel',
  'Condition',
  'Fail',
  'Lambda',
  'Callback',
  'QualityCheck',
  'ClarifyCheck',
  'EMR',
  'EMRServerless',
  'EndpointConfig',
  'Endpoint',
  'InferenceComponent',
  'Lineage',
  'Job',
  'BedrockCustomModel',
  'BedrockCustomModelDeployment',
  'BedrockModelImport',
  'BedrockProvisionedModelThroughput',
  'Quantum',
  'raw',
  'processing',
  '${type}',
  '~',
  'constructor',
  '__proto__',
]

const names = [
  'a',
  'b',
  'c',
  'd',
  'train',
  'evaluate',
  'A-1',
  'x_y',
  'null',
  'true',
  'yes',
  '1',
  '1e3',
  '0x10',
  '__proto__',
  'constructor',
  '-x',
  '_',
  'odd name',
  'é',
  '',
  '<<',
  'a.b',
  "it's",
  '${x}',
  'x'.repeat(70),
]

const texts = [
  '',
  ' ',
  '${',
  '$${',
  '$$${',
  '${null}',
  '$${null}',
  '${parameters.a}',
  '${steps.a.model}',
  '$',
  'costs $',
  'a}b',
  '${}',
  "it's",
  'say "hi"',
  '\n',
  'a\nb',
  'a\nb\n',
  'a\n\n',
  '\na',
  ' lead',
  'trail ',
  'a \nb',
  'a\n  b\n c',
  '\t',
  'a\tb',
  'yes',
  'no',
  'on',
  'null',
  'Null',
  '~',
  '0x10',
  '0o7',
  '1e3',
  '1_000',
  '=',
  '<<',
  '- a',
  '-',
  '# c',
  'a #c',
  'a: b',
  'a:',
  ': a',
  '!tag',
  '&a',
  '*a',
  '%d',
  '@x',
  '`',
  '6.0',
  '-0',
  '.5',
  '+1',
  '.inf',
  '.nan',
  'true',
  'True',
  '2020-01-01',
  '---',
  '...',
  '? x',
  '|',
  '>',
  '[a]',
  '{a}',
  ',',
  'é',
  '😀',
  '\u0000',
  '\u0007',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ud800',
  'a\udc00',
  '\r\n',
  'a\rb',
  '\u00a0',
  '\u200b',
  '\\',
  '\\n',
  'a\\',
  's3://bucket/a',
  's3://bucket/${x}/b',
  'src/a.py',
  'https://x/y',
  'sklearn:1.2-1',
  'ml.m5.large',
  'Approved',
  'P30D',
  '30d',
  '/opt/ml/processing/input',
  'arn:aws:iam::111122223333:role/r',
  'long '.repeat(40),
  'x'.repeat(300),
  'line one\nline two '.repeat(9),
]

const numbers = [
  '0',
  '1',
  '-7',
  '30',
  '6.0',
  '-0',
  '-0.0',
  '1E5',
  '1e5',
  '1e400',
  '-1e-400',
  '9007199254740993',
  '0.1',
  '1.50',
  '1e+21',
  '86400',
]

const keys = [
  'a',
  'b',
  'S3Uri',
  'Name',
  'Type',
  'Arguments',
  'Get',
  'Std:Join',
  'Std:JsonGet',
  'On',
  'Values',
  '__proto__',
  '<<',
  'constructor',
  'toString',
  'hasOwnProperty',
  '1',
  '0x1',
  '1e3',
  'null',
  '~',
  'true',
  '',
  ' ',
  'a b',
  'a: b',
  '# c',
  '${x}',
  '- a',
  '? a',
  'é',
  '\n',
  '*a',
  '&a',
  '!t',
  '[a]',
  '{',
  '"q"',
  "'q'",
  '\ud800',
  'x'.repeat(150),
]

/** A definition; steps keep names of their own, as SageMaker asks. */
export const randomDefinition: fc.Arbitrary<JsonObject> = fc.gen().map(definition)

function definition(draw: Draw): JsonObject {
  const free = [...names]
  const size = pick(draw, [1, 1, 2, 3, 5])
  const steps = Array.from({length: size}, () => step(draw, free, 0)).filter((each) => each !== undefined)
  const members: [string, Json][] = [
    ...some(draw, 9, 'Version', () => (chance(draw, 9) ? '2020-12-01' : value(draw))),
    ...some(draw, 9, 'Metadata', () => (chance(draw, 8) ? {} : value(draw))),
    ...some(draw, 9, 'Parameters', () => (chance(draw, 9) ? parameters(draw) : value(draw))),
    ...some(draw, 6, 'PipelineExperimentConfig', () => experiment(draw)),
    ...some(draw, 2, 'MlflowConfig', () => mlflow(draw)),
    ...some(draw, 1, key(draw), () => value(draw)),
    ['Steps', steps.length > 0 ? steps : [{Name: 'only', Type: 'Fail', Arguments: {}}]],
  ]
  return object(members)
}

function step(draw: Draw, free: string[], depth: number): JsonObject | undefined {
  if (free.length === 0) return undefined
  const [name = 'x'] = free.splice(draw(fc.nat, {max: free.length - 1}), 1)
  const isReal = chance(draw, 7)
  const real = isReal
    ? pick(draw, realSteps)
    : {Type: pick(draw, types), Arguments: chance(draw, 8) ? map(draw, 3) : value(draw)}
  const changed = isReal ? mutated(draw, real, pick(draw, [0, 0, 1, 2, 4])) : real
  const type = typeof changed['Type'] === 'string' && changed['Type'] !== '' ? changed['Type'] : pick(draw, types)
  const own = object([
    ...Object.entries(changed),
    ['Name', name],
    ['Type', type],
    ...some(draw, 2, 'DependsOn', () => dependsOn(draw)),
    ...some(draw, 2, 'CacheConfig', () => cache(draw)),
    ...some(draw, 2, 'RetryPolicies', () => retries(draw)),
    ...some(draw, 2, pick(draw, ['DisplayName', 'Description']), () => (chance(draw, 8) ? text(draw) : value(draw))),
    ...some(draw, 1, key(draw), () => value(draw)),
    ['Name', name],
    ['Type', type],
  ])
  return type === 'Condition' ? withBranches(draw, own, free, depth) : own
}

function withBranches(draw: Draw, condition: JsonObject, free: string[], depth: number): JsonObject {
  const args = condition['Arguments']
  if (!isJsonObject(args) || depth > 3) return condition
  const side = (): Json =>
    chance(draw, 1)
      ? value(draw)
      : Array.from({length: pick(draw, [0, 1, 1, 2])}, () => step(draw, free, depth + 1)).filter(
          (each) => each !== undefined,
        )
  const branches = [...some(draw, 9, 'IfSteps', side), ...some(draw, 8, 'ElseSteps', side)]
  const conditions = some(draw, 5, 'Conditions', () => list(draw, 3, () => conditionOf(draw, 3)))
  return object([
    ...Object.entries(condition),
    ['Arguments', object([...Object.entries(args), ...conditions, ...branches])],
  ])
}

function conditionOf(draw: Draw, depth: number): Json {
  const kind = pick(draw, ['Equals', 'LessThan', 'GreaterThanOrEqualTo', 'In', 'Not', 'Or', 'And', 'Odd'])
  if (kind === 'In') return {Type: 'In', QueryValue: operand(draw), Values: list(draw, 3, () => operand(draw))}
  if (kind === 'Not' && depth > 0) return {Type: 'Not', Condition: conditionOf(draw, depth - 1)}
  if (kind === 'Or' && depth > 0) return {Type: 'Or', Conditions: list(draw, 3, () => conditionOf(draw, depth - 1))}
  const sides = {Type: kind, LeftValue: operand(draw), RightValue: operand(draw)}
  return chance(draw, 9) ? sides : value(draw)
}

function operand(draw: Draw): Json {
  return chance(draw, 5) ? reference(draw) : scalar(draw)
}

/** Some parts replaced, some taken away, some added. */
function mutated(draw: Draw, value: JsonObject, times: number): JsonObject {
  let current = value
  for (let time = 0; time < times; time += 1) current = mutateIn(draw, current) as JsonObject
  return current
}

function mutateIn(draw: Draw, at: Json): Json {
  if (Array.isArray(at)) {
    if (at.length === 0 || chance(draw, 3)) return [...at, draw(fc.boolean) ? (at[0] ?? null) : value(draw)]
    const index = draw(fc.nat, {max: at.length - 1})
    if (chance(draw, 1)) return at.filter((_, other) => other !== index)
    return at.map((item, other) => (other === index ? mutateIn(draw, item as Json) : (item as Json)))
  }
  if (!isJsonObject(at)) return chance(draw, 5) ? scalar(draw) : value(draw)
  const entries = Object.entries(at)
  if (entries.length === 0 || chance(draw, 1)) return object([...entries, [key(draw), value(draw)]])
  const index = draw(fc.nat, {max: entries.length - 1})
  if (chance(draw, 1)) return object(entries.filter((_, other) => other !== index))
  return object(entries.map(([name, item], other) => [name, other === index ? mutateIn(draw, item) : item]))
}

function parameters(draw: Draw): Json {
  const used = new Set<string>()
  return list(draw, 5, () => {
    const name = pick(draw, [...names, 'p', 'q'])
    if (used.has(name) && !chance(draw, 1)) return {Name: `p${used.size}`, Type: 'String', DefaultValue: text(draw)}
    used.add(name)
    const type = pick(draw, ['String', 'Integer', 'Float', 'Boolean', 'Odd'])
    const fitting: Record<string, () => Json> = {
      String: () => text(draw),
      Integer: () => new ExactNumber(pick(draw, ['0', '200', '-3', '9007199254740993', '6.0', '1E5'])),
      Float: () => new ExactNumber(pick(draw, numbers)),
      Boolean: () => draw(fc.boolean),
    }
    const fallback = chance(draw, 9) ? (fitting[type] ?? (() => null)) : () => value(draw)
    return object([
      ['Name', name],
      ...some(draw, 9, 'Type', () => type),
      ...some(draw, 8, 'DefaultValue', fallback),
      ...some(draw, 1, 'EnumValues', () => (chance(draw, 7) ? list(draw, 3, () => text(draw)) : value(draw))),
      ...some(draw, 1, 'Description', () => text(draw)),
      ...some(draw, 1, key(draw), () => value(draw)),
    ])
  })
}

function experiment(draw: Draw): Json {
  if (chance(draw, 3)) return null
  if (chance(draw, 1)) return value(draw)
  return object([
    ['ExperimentName', reference(draw)],
    ['TrialName', draw(fc.boolean) ? text(draw) : reference(draw)],
    ...some(draw, 1, key(draw), () => value(draw)),
  ])
}

function mlflow(draw: Draw): Json {
  if (chance(draw, 2)) return value(draw)
  return object([['MlflowResourceArn', text(draw)], ...some(draw, 5, 'MlflowExperimentName', () => text(draw))])
}

function dependsOn(draw: Draw): Json {
  return chance(draw, 9) ? list(draw, 3, () => pick(draw, names)) : value(draw)
}

function cache(draw: Draw): Json {
  if (chance(draw, 1)) return value(draw)
  const expiry = pick(draw, [
    'P30D',
    'PT1H',
    'P1DT2H3M4S',
    'PT90M',
    'p30d',
    'T30m',
    'P1M',
    'P2Y',
    'P1W',
    'PT0S',
    '30d',
    '',
  ])
  return object([['Enabled', chance(draw, 8)], ...some(draw, 8, 'ExpireAfter', () => expiry)])
}

function retries(draw: Draw): Json {
  if (chance(draw, 1)) return value(draw)
  return list(draw, 3, () =>
    object([
      [
        'ExceptionType',
        list(draw, 2, () => pick(draw, ['Step.SERVICE_FAULT', 'Step.THROTTLING', 'SageMaker.CAPACITY_ERROR', 'Odd'])),
      ],
      ...some(draw, 5, 'IntervalSeconds', () => scalar(draw)),
      ...some(draw, 5, 'BackoffRate', () => new ExactNumber(pick(draw, ['2.0', '1.5', '0.1', '1e400']))),
      ...some(draw, 5, 'MaxAttempts', () => new ExactNumber(pick(draw, ['5', '5.0', '99']))),
      ...some(draw, 3, 'ExpireAfterMin', () => new ExactNumber(pick(draw, ['10', '99999']))),
    ]),
  )
}

function value(draw: Draw, depth = 3): Json {
  if (depth === 0 || chance(draw, 5)) return chance(draw, 3) ? reference(draw) : scalar(draw)
  if (chance(draw, 1)) return deep(draw)
  return draw(fc.boolean) ? list(draw, 3, () => value(draw, depth - 1)) : map(draw, depth)
}

function map(draw: Draw, depth: number): JsonObject {
  return object(Array.from({length: pick(draw, [0, 1, 2, 3])}, () => [key(draw), value(draw, depth - 1)]))
}

function deep(draw: Draw): Json {
  let at: Json = scalar(draw)
  for (let level = pick(draw, [10, 40, 120]); level > 0; level -= 1) at = level % 2 === 0 ? [at] : {a: at}
  return at
}

function reference(draw: Draw): Json {
  const kind = pick(draw, ['get', 'get', 'get', 'join', 'json', 'odd'])
  if (kind === 'get') return {Get: getText(draw)}
  if (kind === 'join') return join_(draw)
  if (kind === 'odd')
    return object([
      [pick(draw, ['Get', 'Std:Join', 'Std:JsonGet']), value(draw, 1)],
      ...some(draw, 5, key(draw), () => scalar(draw)),
    ])
  const file = chance(draw, 8)
    ? {PropertyFile: {Get: `Steps.${pick(draw, names)}.PropertyFiles.${pick(draw, ['Rep', 'EvaluationReport', 'x'])}`}}
    : {S3Uri: text(draw)}
  return {
    'Std:JsonGet': {
      ...file,
      Path: pick(draw, ['a.b', "['odd key'].x", 'metrics[0].value', 'path', '[1]', 'a..b', '', 'a}b']),
    },
  }
}

function getText(draw: Draw): string {
  const name = pick(draw, names)
  const path = pick(draw, [
    'ModelArtifacts.S3ModelArtifacts',
    "ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
    "OutputParameters['score']",
    'ModelName',
    "FinalMetricDataList['loss'].Value",
    'Outcome',
    'a',
    'A.B[0]',
    'A["b"]',
    "A['}']",
    'A.[0]',
    'PropertyFiles.Rep',
    'A..B',
    '',
  ])
  return pick(draw, [
    `Parameters.${name}`,
    'Parameters.p',
    `Steps.${name}.${path}`,
    `Steps.${name}.${path}`,
    'Execution.PipelineExecutionId',
    'Execution.PipelineName',
    'Execution.Odd',
    'PipelineExperimentConfig.TrialName',
    text(draw),
  ])
}

function join_(draw: Draw): Json {
  const values = list(draw, 4, () =>
    pick(draw, [() => text(draw), () => ({Get: getText(draw)}), () => scalar(draw), () => reference(draw)])(),
  )
  return {'Std:Join': {On: pick(draw, ['', '', '', '/', ' ', '-', '${']), Values: values}}
}

function scalar(draw: Draw): Json {
  return pick(draw, [
    () => text(draw),
    () => text(draw),
    () => new ExactNumber(pick(draw, numbers)),
    () => draw(fc.boolean),
    () => null,
  ])()
}

function text(draw: Draw): string {
  return chance(draw, 8) ? pick(draw, texts) : draw(fc.string, {unit: 'binary', maxLength: 12})
}

function key(draw: Draw): string {
  return chance(draw, 8) ? pick(draw, keys) : text(draw)
}

function list(draw: Draw, most: number, item: () => Json): Json[] {
  return Array.from({length: draw(fc.nat, {max: most})}, item)
}

/** Members named later go over those before; `__proto__` is a member like any other. */
function object(entries: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries(entries)
}

function some(draw: Draw, tenths: number, name: string, make: () => Json): [string, Json][] {
  return chance(draw, tenths) ? [[name, make()]] : []
}

function chance(draw: Draw, tenths: number): boolean {
  return draw(fc.nat, {max: 9}) < tenths
}

function pick<T>(draw: Draw, choices: readonly T[]): T {
  const choice = choices[draw(fc.nat, {max: choices.length - 1})]
  if (choice === undefined) throw new Error('nothing to choose from')
  return choice
}
