// The order in which the keys of a step stand changes nothing: not a byte of the definition, and no finding but its place.

import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {parseDocument, stringify, type YAMLMap} from 'yaml'
import type {JsonSchema} from '../../src/spec/fields.ts'
import {kindSchema, triggerKindSchema} from '../../src/spec/reference/schema.ts'
import {stepKindExamples} from '../../src/spec/reference/step-kind-examples.ts'
import {writtenKindNames} from '../../src/spec/step-kinds.ts'
import {triggerKindNames} from '../../src/spec/triggers/trigger-kinds.ts'
import {compileText} from '../support/compile-text.ts'
import {goldenCases} from '../support/golden.ts'
import {fc, runs} from '../support/properties.ts'

const written = [
  ...goldenCases('specs/ok').map(({name, directory}) => ({
    name,
    text: readFileSync(join(directory, 'pipeline.yaml'), 'utf8'),
  })),
  ...writtenKindNames.map((name) => ({
    name: `the example of ${name}`,
    text: pipeline(parsedSteps(stepKindExamples[name])),
  })),
]

const ranks = fc.infiniteStream(fc.nat(1_000_000))

describe('of specs that are there', () => {
  it.each(written)('$name', ({text}) => {
    // Written anew before as well: that rounds numbers which the spec keeps.
    const before = outcome(String(parseDocument(text)))
    fc.assert(
      fc.property(ranks, (numbers) => {
        const document = parseDocument(text)
        for (const pair of (document.get('steps') as YAMLMap).items) {
          const {items} = pair.value as YAMLMap
          const ranked = items.map((item) => ({item, rank: numbers.next().value ?? 0}))
          items.splice(0, items.length, ...ranked.sort((a, b) => a.rank - b.rank).map(({item}) => item))
        }
        expect(outcome(String(document))).toEqual(before)
      }),
      {numRuns: runs(5)},
    )
  })
})

describe('of random steps', () => {
  it.each(writtenKindNames)('%s', (kind) => {
    fc.assert(
      fc.property(anyValue(kindSchema(kind), 0), ranks, (step, numbers) => {
        const entries = Object.entries(step as object)
        const ranked = entries.map((entry) => ({entry, rank: numbers.next().value ?? 0}))
        const moved = Object.fromEntries(ranked.sort((a, b) => a.rank - b.rank).map(({entry}) => entry))
        const others = parsedSteps(stepKindExamples.processing)
        expect(outcome(pipeline({...others, step: moved}))).toEqual(outcome(pipeline({...others, step})))
      }),
      {numRuns: runs(25)},
    )
  })
})

describe('of random triggers', () => {
  it.each(triggerKindNames)('%s', (kind) => {
    fc.assert(
      fc.property(anyValue(triggerKindSchema(kind), 0), ranks, (trigger, numbers) => {
        const ranked = Object.entries(trigger as object).map((entry) => ({entry, rank: numbers.next().value ?? 0}))
        const moved = Object.fromEntries(ranked.sort((a, b) => a.rank - b.rank).map(({entry}) => entry))
        const steps = parsedSteps(stepKindExamples.fail)
        expect(outcome(pipeline(steps, {a: moved}))).toEqual(outcome(pipeline(steps, {a: trigger})))
      }),
      {numRuns: runs(50)},
    )
  })
})

function outcome(text: string) {
  const {diagnostics, definitionText, triggers} = compileText(text)
  return {
    definitionText,
    triggers,
    findings: diagnostics.map(({code, message, help}) => `${code} ${message} ${help}`).sort(),
  }
}

function parsedSteps(text: string): Record<string, unknown> {
  return parseDocument(text).toJS() as Record<string, unknown>
}

function pipeline(steps: Record<string, unknown>, triggers: Record<string, unknown> = {}): string {
  return stringify({
    name: 'demo',
    parameters: {size: 3},
    defaults: {image: 'sklearn:1.2-1', instance: 'ml.m5.large'},
    steps,
    triggers,
  })
}

const scalars = [
  'a',
  's3://lake/x',
  'src/a.py',
  3,
  0.5,
  true,
  '${parameters.size}',
  'x-${execution.id}',
  '${steps.prepare.outputs.train}',
  'rate(1 day)',
  '${pipeline.name}',
  '$.detail.object.key',
]

/** Anything that the schema lets stand, and no deeper than a person would write. */
function anyValue(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum'])
  if ('$comment' in schema) return fc.constantFrom(...scalars)
  if (Array.isArray(schema['examples'])) return fc.constantFrom(...schema['examples'])
  if (Array.isArray(schema['anyOf']))
    return fc.oneof(...schema['anyOf'].map((form: JsonSchema) => anyValue(form, depth)))
  switch (schema['type']) {
    case 'object':
      return mappingOf(schema, depth)
    case 'array':
      return fc.array(anyValue(schema['items'] as JsonSchema, depth + 1), {maxLength: 2})
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({min: Number(schema['minimum']), max: Number(schema['maximum'])})
    case 'number':
      return fc.constantFrom(1, 2)
    case 'null':
      return fc.constant(null)
    default:
      return fc.constantFrom('a', 'b', 'src/a.py', 3)
  }
}

function mappingOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const free = schema['additionalProperties']
  if (typeof free === 'object')
    return fc.dictionary(fc.constantFrom('a', 'b'), anyValue(free as JsonSchema, depth + 1), {maxKeys: 2})
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
  if (properties.length === 0 || depth > 4) return fc.constant({})
  const members = properties.map(([key, member]) => [key, anyValue(member, depth + 1)] as const)
  return fc.record(Object.fromEntries(members), {
    requiredKeys: (schema['required'] ?? []) as string[],
    noNullPrototype: true,
  })
}
