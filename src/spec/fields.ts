// The shapes a spec is made of: a table of fields reads a mapping, reports every wrong key and value, and types the result.

import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import {parseDuration, type SpecDuration} from '../text/duration.ts'
import {suggestName} from '../text/nearest-name.ts'
import {describeNode, type MapNode, type Node} from './node.ts'
import {parseValue, plainText} from './parse-reference.ts'
import type {Located, MapValue, Value} from './value.ts'

/** A JSON Schema (draft-07) of what a reader takes, for editors. */
export type JsonSchema = {readonly [keyword: string]: unknown}

/** Gives undefined when the node is wrong, after saying why. `schema` describes the same shape to editors. */
export type Reader<T> = {
  (node: Node, findings: DiagnosticCollector): T | undefined
  readonly schema: JsonSchema
}

export function reader<T>(
  schema: JsonSchema,
  read: (node: Node, findings: DiagnosticCollector) => T | undefined,
): Reader<T> {
  return Object.assign(read, {schema})
}

export type Field<T> = {readonly description: string; readonly isRequired: boolean; readonly read: Reader<T>}

export type Fields = Readonly<Record<string, Field<unknown>>>

/** What a table of fields reads. Required members too are undefined when they were wrong; the findings then say so. */
export type Read<F extends Fields> = {
  readonly [K in keyof F]: (F[K] extends Field<infer T> ? T : never) | undefined
}

export function optional<T>(read: Reader<T>, description: string): Field<T> {
  return {description, isRequired: false, read}
}

export function required<T>(read: Reader<T>, description: string): Field<T> {
  return {description, isRequired: true, read}
}

/** Reads a mapping by its table. `owner` names it in messages (`step "train"`); `besides` lists keys read elsewhere. */
export function readFields<F extends Fields>(
  node: MapNode,
  fields: F,
  findings: DiagnosticCollector,
  owner: string,
  besides: readonly string[] = [],
): Read<F> {
  const known = [...Object.keys(fields), ...besides]
  const result: Record<string, unknown> = Object.fromEntries(Object.keys(fields).map((key) => [key, undefined]))
  for (const {key, keyRange, value} of node.entries) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field) result[key] = field.read(value, findings)
    else if (!besides.includes(key)) reportUnknownKey(key, keyRange, known, owner, findings)
  }
  for (const [key, field] of Object.entries(fields)) {
    if (field.isRequired && !node.entries.some((entry) => entry.key === key)) {
      findings.error('missing-key', firstKey(node), `${owner} has no "${key}"`, {help: `${key}: ${field.description}`})
    }
  }
  return result as Read<F>
}

export function reportUnknownKey(
  key: string,
  range: Range,
  known: readonly string[],
  owner: string,
  findings: DiagnosticCollector,
): void {
  const help = suggestName(key, known)
  findings.error('unknown-key', range, `${owner} has no key "${key}"`, help ? {help} : {})
}

function firstKey(node: MapNode): Range {
  return node.entries[0]?.keyRange ?? node.range
}

const single: JsonSchema = {type: ['string', 'number', 'boolean']}

/** A text without references. */
export const text: Reader<Located<string>> = reader(single, (node, findings) => {
  const value = plainText(node, findings)
  return value === undefined ? undefined : {value, range: node.range}
})

/** Anything; references may stand in it. */
export const value: Reader<Value> = reader({not: {type: 'null'}}, (node, findings) => {
  if (node.kind === 'scalar' && node.value === null) {
    findings.error('wrong-type', node.range, 'expected a value, found nothing')
    return undefined
  }
  return parseValue(node, findings)
})

/** A text, number, boolean or reference, but no list or mapping. */
export const scalar: Reader<Value> = reader(single, (node, findings) => {
  if (node.kind === 'scalar') return value(node, findings)
  findings.error('wrong-type', node.range, `expected a single value, found ${describeNode(node)}`)
  return undefined
})

/** A mapping with free keys, for `api`. */
export const anyMap: Reader<MapValue> = reader({type: 'object'}, (node, findings) => {
  if (node.kind !== 'map') {
    findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`)
    return undefined
  }
  const read = parseValue(node, findings)
  return read?.kind === 'map' ? read : undefined
})

export const flag: Reader<Located<boolean>> = reader({type: 'boolean'}, (node, findings) => {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return {value: node.value, range: node.range}
  findings.error('wrong-type', node.range, `expected true or false, found ${describeNode(node)}`)
  return undefined
})

/** A number, and how it was written: `2.0` keeps its zero. */
export type LocatedNumber = Located<number> & {readonly text: string}

/** A whole number from `least` to `most`. */
export function integer(least: number, most: number): Reader<LocatedNumber> {
  return reader({type: 'integer', minimum: least, maximum: most}, (node, findings) => {
    if (node.kind !== 'scalar' || typeof node.value !== 'number') {
      findings.error('wrong-type', node.range, `expected a whole number, found ${describeNode(node)}`)
      return undefined
    }
    if (!Number.isInteger(node.value) || node.value < least || node.value > most) {
      findings.error('out-of-range', node.range, `${node.text} is not a whole number from ${least} to ${most}`)
      return undefined
    }
    return {value: node.value, text: node.text, range: node.range}
  })
}

/** A number from `least` to `most`. */
export function number(least: number, most: number): Reader<LocatedNumber> {
  return reader({type: 'number', minimum: least, maximum: most}, (node, findings) => {
    if (node.kind !== 'scalar' || typeof node.value !== 'number') {
      findings.error('wrong-type', node.range, `expected a number, found ${describeNode(node)}`)
      return undefined
    }
    if (!(node.value >= least && node.value <= most)) {
      findings.error('out-of-range', node.range, `${node.text} is not between ${least} and ${most}`)
      return undefined
    }
    return {value: node.value, text: node.text, range: node.range}
  })
}

export function oneOf<T extends string>(choices: readonly T[]): Reader<Located<T>> {
  return reader({enum: choices}, (node, findings) => {
    const written = plainText(node, findings)
    if (written === undefined) return undefined
    const choice = choices.find((known) => known === written)
    if (choice !== undefined) return {value: choice, range: node.range}
    findings.error('not-in-enum', node.range, `"${written}" is not one of ${choices.join(', ')}`)
    return undefined
  })
}

export const duration: Reader<Located<SpecDuration>> = reader(single, (node, findings) => {
  const written = plainText(node, findings)
  if (written === undefined) return undefined
  const read = parseDuration(written)
  if (read) return {value: read, range: node.range}
  findings.error('invalid-duration', node.range, `"${written}" is not a duration`, {
    help: 'write 30d, 12h, 90m (minutes), 45s, or ISO 8601 such as P30D',
  })
  return undefined
})

/** A list; wrong items are left out after being reported. A single value counts as a list of one when `allowOne`. */
export function listOf<T>(item: Reader<T>, options: {readonly allowOne?: boolean} = {}): Reader<T[]> {
  const list = {type: 'array', items: item.schema}
  return reader(options.allowOne ? {anyOf: [list, item.schema]} : list, (node, findings) => {
    if (node.kind === 'list') return node.items.flatMap((each) => item(each, findings) ?? [])
    if (options.allowOne && node.kind === 'scalar' && node.value !== null) {
      const only = item(node, findings)
      return only === undefined ? [] : [only]
    }
    findings.error('wrong-type', node.range, `expected a list, found ${describeNode(node)}`)
    return undefined
  })
}

export type Entry<T> = {readonly name: string; readonly nameRange: Range; readonly value: T}

/** A mapping from free names to one kind of value, in the file's order. */
export function entriesOf<T>(item: Reader<T>): Reader<Entry<T>[]> {
  return reader({type: 'object', additionalProperties: item.schema}, (node, findings) => {
    if (node.kind !== 'map') {
      findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`)
      return undefined
    }
    return node.entries.flatMap(({key, keyRange, value: each}) => {
      const read = item(each, findings)
      return read === undefined ? [] : [{name: key, nameRange: keyRange, value: read}]
    })
  })
}

/** A mapping read by a table of fields. */
export function record<F extends Fields>(fields: F, owner: string): Reader<Read<F> & {readonly range: Range}> {
  return reader(recordSchema(fields), (node, findings) => {
    if (node.kind !== 'map') {
      findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`)
      return undefined
    }
    return {...readFields(node, fields, findings, owner), range: node.range}
  })
}

/** The schema of a mapping read by a table of fields; `besides` are keys that are read elsewhere. */
export function recordSchema(fields: Fields, besides: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const properties = Object.entries(fields).map(([key, {description, read}]) => [key, {...read.schema, description}])
  const names = Object.entries(fields).flatMap(([key, {isRequired}]) => (isRequired ? [key] : []))
  return {
    type: 'object',
    properties: {...besides, ...Object.fromEntries(properties)},
    ...(names.length > 0 ? {required: names} : {}),
    additionalProperties: false,
  }
}
