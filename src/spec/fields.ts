// The shapes a spec is made of: a table of fields reads a mapping, reports every wrong key and value, and types the result.

import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import {durationHelp, parseDuration, type SpecDuration} from '../text/duration.ts'
import {knownNames, nearestName} from '../text/nearest-name.ts'
import {describeNode, type KeyRanges, keyRangesOf, type MapNode, type Node} from './node.ts'
import {suggestKey} from './other-words.ts'
import {parseValue, plainText} from './parse-reference.ts'
import {functionNames, type Located, type MapValue, type Value} from './value.ts'

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
  const meant = new Set<string | undefined>()
  for (const {key, keyRange, value} of node.entries) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field) result[key] = field.read(value, findings)
    else if (!besides.includes(key)) meant.add(reportUnknownKey(key, keyRange, known, owner, findings))
  }
  for (const [key, field] of Object.entries(fields)) {
    // A key that is there under another name is one mistake, not two.
    if (field.isRequired && !meant.has(key) && !node.entries.some((entry) => entry.key === key)) {
      findings.error('missing-key', firstKey(node), `${owner} has no "${key}"`, {help: `${key}: ${field.description}`})
    }
  }
  return result as Read<F>
}

/** Keys that nearly every step has: the last that help is wanted with. */
const commonKeys = ['displayName', 'description', 'dependsOn', 'definition', 'api', 'tags', 'local', 'type']

/** The key that was probably meant, if any. */
function reportUnknownKey(
  key: string,
  range: Range,
  known: readonly string[],
  owner: string,
  findings: DiagnosticCollector,
): string | undefined {
  const meant = suggestKey(key, known)
  const ownKeysFirst = [...known].sort((a, b) => Number(commonKeys.includes(a)) - Number(commonKeys.includes(b)))
  const help = meant === undefined ? knownNames(ownKeysFirst) : `did you mean "${meant}"?`
  findings.error('unknown-key', range, `${owner} has no key "${key}"`, {help})
  return meant
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
    findings.error('wrong-type', node.range, 'expected a value, found nothing', {help: "an empty text is written ''"})
    return undefined
  }
  return parseValue(node, findings)
})

const functionSchema: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(functionNames.map((name) => [name, {}])),
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
}

/** A text, number, boolean or reference, or a function in SageMaker's own form, but no list or other mapping. */
export const scalar: Reader<Value> = reader(
  {$comment: 'references may stand in it', anyOf: [single, functionSchema]},
  (node, findings) => {
    if (node.kind === 'scalar' || isFunctionNode(node)) return value(node, findings)
    findings.error('wrong-type', node.range, `expected a single value, found ${describeNode(node)}`)
    return undefined
  },
)

/** `{Std:Join: {On: /, Values: [..]}}` and the like. */
export function isFunctionNode(node: Node): boolean {
  return node.kind === 'map' && node.entries.length === 1 && functionNames.some((name) => name === node.entries[0]?.key)
}

/** A mapping with free keys, for `api`. */
export const anyMap: Reader<MapValue> = reader({type: 'object'}, (node, findings) => {
  if (node.kind !== 'map') {
    findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`)
    return undefined
  }
  const read = parseValue(node, findings)
  return read?.kind === 'map' ? read : undefined
})

/** What YAML 1.1 took for booleans. */
const booleanWords: Readonly<Record<string, boolean | undefined>> = {
  yes: true,
  on: true,
  true: true,
  no: false,
  off: false,
  false: false,
}

export const flag: Reader<Located<boolean>> = reader({type: 'boolean'}, (node, findings) => {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return {value: node.value, range: node.range}
  const word = node.kind === 'scalar' ? node.text.toLowerCase() : ''
  const meant = Object.hasOwn(booleanWords, word) ? booleanWords[word] : undefined
  const help = meant === undefined ? {} : {help: `write ${meant}; to YAML 1.2 "${word}" is a text`}
  findings.error('wrong-type', node.range, `expected true or false, found ${describeNode(node)}`, help)
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
    const meant = nearestName(written, choices)
    const help = meant === undefined ? {} : {help: `did you mean "${meant}"?`}
    findings.error('not-in-enum', node.range, `"${written}" is not one of ${choices.join(', ')}`, help)
    return undefined
  })
}

export const duration: Reader<Located<SpecDuration>> = reader(
  {...single, examples: ['30d', '12h', '90m']},
  (node, findings) => {
    const written = plainText(node, findings)
    if (written === undefined) return undefined
    const read = parseDuration(written)
    if (read) {
      warnOfMonths(written, read, node.range, findings)
      return {value: read, range: node.range}
    }
    findings.error('invalid-duration', node.range, `"${written}" is not a duration`, {help: durationHelp(written)})
    return undefined
  },
)

/** In ISO 8601 an M without a T before it is months, which a cache or a timeout hardly ever means. */
function warnOfMonths(
  written: string,
  {years, months, days, seconds}: SpecDuration,
  range: Range,
  findings: DiagnosticCollector,
): void {
  if (months === 0 || years + days + seconds > 0) return
  findings.warning('months-for-minutes', range, `"${written}" is ${months} ${months === 1 ? 'month' : 'months'}`, {
    help: `for minutes write ${months}m or PT${months}M; for months write days, ${months * 30}d`,
  })
}

/** A list; wrong items are left out after being reported. A single value counts as a list of one when `allowOne`. */
export function listOf<T>(item: Reader<T>, options: {readonly allowOne?: boolean} = {}): Reader<T[]> {
  const list = {type: 'array', items: item.schema}
  return reader(options.allowOne ? {anyOf: [list, item.schema]} : list, (node, findings) => {
    if (node.kind === 'list') return node.items.flatMap((each) => item(each, findings) ?? [])
    if (options.allowOne && node.kind === 'scalar' && node.value !== null) {
      const only = item(node, findings)
      return only === undefined ? [] : [only]
    }
    findings.error('wrong-type', node.range, `expected a list, found ${describeNode(node)}`, {
      help: 'a list is written [a, b], or each item on a line of its own behind "- "',
    })
    return undefined
  })
}

export type Entry<T> = {readonly name: string; readonly nameRange: Range; readonly value: T}

/** A mapping from free names to one kind of value, in the file's order. */
export function entriesOf<T>(item: Reader<T>): Reader<Entry<T>[]> {
  return reader({type: 'object', additionalProperties: item.schema}, (node, findings) => {
    if (node.kind !== 'map') {
      findings.error('wrong-type', node.range, `expected a mapping from names, found ${describeNode(node)}`, {
        help: 'give each a name of your own: {name: value}, or name: value on a line of its own',
      })
      return undefined
    }
    return node.entries.flatMap(({key, keyRange, value: each}) => {
      const read = item(each, findings)
      return read === undefined ? [] : [{name: key, nameRange: keyRange, value: read}]
    })
  })
}

export type Recorded<F extends Fields> = Read<F> & {readonly range: Range; readonly keyRanges: KeyRanges}

/** A mapping read by a table of fields. */
export function record<F extends Fields>(fields: F, owner: string): Reader<Recorded<F>> {
  return reader(recordSchema(fields), (node, findings) => {
    if (node.kind !== 'map') {
      const help = `${owner} has the keys ${Object.keys(fields).join(', ')}`
      findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`, {help})
      return undefined
    }
    return {...readFields(node, fields, findings, owner), range: node.range, keyRanges: keyRangesOf(node)}
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
