// The JSON Schema of the spec, as an editor applies it, says what the reader says: every spec that is right in shape is valid,
// every mistake of shape is refused.

import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Ajv} from 'ajv'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {schema} from '../../src/actions/schema.ts'
import {type DiagnosticCode, DiagnosticCollector} from '../../src/diagnostics/diagnostic.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'
import {readYaml} from '../../src/spec/read-yaml.ts'
import {stepKindDescriptions, stepKindNames} from '../../src/spec/step-kinds.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const document = schema().schema

// A text may be written as a number, true or false, so that types are lists: draft-07 has them, ajv wants to be told.
const ajv = new Ajv({strict: true, allowUnionTypes: true, allErrors: true})
const validate = ajv.compile(document)

/** What a schema can see; the others are about names, files and values. */
const mistakesOfShape: readonly DiagnosticCode[] = [
  'unknown-key',
  'missing-key',
  'wrong-type',
  'not-in-enum',
  'unknown-step-type',
  'no-steps',
  'not-a-mapping',
]

/** A default that is not among the choices beside it: draft-07 cannot compare two values. */
const notForSchemas = /\/parameter-default-not-in-enum\//

/** A schema may see these, where they are about a number or about nothing at all. */
const seenInPart: readonly DiagnosticCode[] = ['out-of-range']

type Case = {readonly name: string; readonly text: string}

const right = [
  ...specsBelow('test/fixtures/specs/ok'),
  ...specsBelow('test/fixtures/specs/warn'),
  ...specsBelow('templates'),
]
const imported = specsBelow('test/fixtures/imports')
const wrong = specsBelow('test/fixtures/specs/err')

it('is a JSON Schema of draft-07', () => {
  expect(document['$schema']).toBe('http://json-schema.org/draft-07/schema#')
  expect(ajv.validateSchema(document), JSON.stringify(ajv.errors)).toBe(true)
})

it.each([...right, ...imported])('takes $name', ({text}) => {
  expect(problems(text)).toEqual([])
})

describe('says of a wrong spec what the reader says', () => {
  it.each(wrong.filter(({name}) => !notForSchemas.test(name)))('$name', ({text}) => {
    const yaml = new DiagnosticCollector()
    if (!readYaml(text, yaml)) return
    const findings = new DiagnosticCollector()
    parseSpec(text, findings)
    const codes = findings.sorted().flatMap(({code, severity}) => (severity === 'error' ? [code] : []))
    if (codes.some((code) => mistakesOfShape.includes(code))) expect(problems(text)).not.toEqual([])
    else if (!codes.some((code) => seenInPart.includes(code))) expect(problems(text)).toEqual([])
  })
})

const spec = (step: string, top = '') => `name: demo\n${top}\nsteps:\n  a: ${step}\n`

it.each([
  ['a number where text is read', spec('{type: processing, args: [1, 2.5, true], env: {A: 1}, description: 2024}')],
  ['a name that YAML reads as a number', spec('{type: fail, message: x}', 'description: 1.0')],
  ['an image that is no alias', spec('{type: processing, image: 1.dkr.ecr.us-east-1.amazonaws.com/own:latest}')],
  ['an image alias', spec('{type: processing, image: "sklearn:1.2-1"}')],
  ['a reference for an image', spec('{type: processing, image: "${parameters.image}"}')],
  ['one step where a list of steps is read', spec('{type: condition, if: parameters.a == 1, then: b}')],
])('takes %s', (_name, text) => {
  expect(problems(text)).toEqual([])
})

it.each([
  ['a key of another kind', spec('{type: fail, message: x, code: a.py}'), '/steps/a'],
  ['a misspelt key', spec('{type: fail, mesage: x}'), '/steps/a'],
  ['a kind that there is not', spec('{type: procesing}'), '/steps/a/type'],
  ['a step without a type', spec('{command: [x]}'), '/steps/a'],
  ['a list where a mapping is read', spec('{type: processing, inputs: [a]}'), '/steps/a/inputs'],
  ['true as a duration of the cache', spec('{type: processing, cache: true}'), '/steps/a/cache'],
  ['no steps', 'name: demo\nsteps: {}\n', '/steps'],
])('refuses %s, where it stands', (_name, text, path) => {
  expect(problems(text).map(({instancePath}) => instancePath)).toContain(path)
})

it('says once what stands in many step types, so that the file stays small beside a spec', () => {
  expect(schema().text.length).toBeLessThan(400_000)
  expect(JSON.stringify(document['definitions']).match(/"Std:JsonGet"/g)).toHaveLength(1)
})

it('describes every kind and every key, for hover text', () => {
  expect(stepKindNames.filter((kind) => !stepKindDescriptions[kind])).toEqual([])
  expect(keysWithoutDescription(document, '')).toEqual([])
})

function problems(text: string) {
  return validate(parse(text, {merge: true})) ? [] : (validate.errors ?? [])
}

function keysWithoutDescription(schemaPart: unknown, path: string): string[] {
  if (typeof schemaPart !== 'object' || schemaPart === null) return []
  return Object.entries(schemaPart).flatMap(([key, member]) => {
    // Neither what only chooses a kind, nor the functions that any value can be.
    if (key === 'if' || (key === 'properties' && 'Std:Join' in member)) return []
    if (key !== 'properties') return keysWithoutDescription(member, `${path}/${key}`)
    return Object.entries(member as Record<string, Property>).flatMap(([name, property]) => [
      ...(descriptionOf(property) ? [] : [`${path}/${name}`]),
      ...keysWithoutDescription(property, `${path}/${name}`),
    ])
  })
}

type Property = {readonly description?: string; readonly $ref?: string}

function descriptionOf({description, $ref}: Property): string | undefined {
  const definitions = document['definitions'] as Readonly<Record<string, Property>>
  return $ref === undefined ? description : definitions[$ref.replace('#/definitions/', '')]?.description
}

function specsBelow(folder: string): Case[] {
  const parent = join(root, folder)
  if (!existsSync(parent)) return []
  return readdirSync(parent, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /^(?:pipeline|mlpipe|spec)\.yaml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({name: path.slice(root.length), text: readFileSync(path, 'utf8')}))
}
