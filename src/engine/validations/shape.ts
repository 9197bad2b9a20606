// What a request must look like: one table per operation, a walker that checks a request against it, and the
// request's static type derived from the same table.
//
// Order as AWS does it: JSON types first (SerializationException, as in Smithy's published malformed-request
// protocol tests), then constraints, all of them in one ValidationException in the wording of the Java services.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {type Fault, serializationFault, validationFault} from '../operations/reply.ts'

export type StringRule = {
  readonly kind: 'string'
  readonly required?: true
  readonly min?: number
  readonly max?: number
  /** As AWS prints it; must match as a whole. */
  readonly pattern?: string
  readonly values?: readonly string[]
  /** What it must not begin with, in large or small letters. */
  readonly reserved?: string
}
export type NumberRule = {
  readonly kind: 'integer' | 'double' | 'timestamp'
  readonly required?: true
  readonly min?: number
  readonly max?: number
}
export type BooleanRule = {readonly kind: 'boolean'; readonly required?: true}
/** Any object, taken as it is. */
export type DocumentRule = {readonly kind: 'document'; readonly required?: true}
export type ListRule = {
  readonly kind: 'list'
  readonly of: Rule
  readonly required?: true
  readonly min?: number
  readonly max?: number
  /** The member that no two items may have alike. */
  readonly uniqueBy?: string
}
/** Text by names of the caller's own. */
export type MapRule = {
  readonly kind: 'map'
  readonly of: StringRule
  readonly required?: true
  readonly min?: number
  readonly max?: number
  readonly key?: StringRule
}
export type StructureRule = {readonly kind: 'structure'; readonly members: Shape; readonly required?: true}
export type Rule = StringRule | NumberRule | BooleanRule | DocumentRule | ListRule | MapRule | StructureRule
export type Shape = {readonly [member: string]: Rule}

type ValueOf<R> = R extends {readonly kind: 'string'; readonly values: readonly (infer V)[]}
  ? V
  : R extends {readonly kind: 'string'}
    ? string
    : R extends {readonly kind: 'integer' | 'double' | 'timestamp'}
      ? number
      : R extends {readonly kind: 'boolean'}
        ? boolean
        : R extends {readonly kind: 'document'}
          ? JsonObject
          : R extends {readonly kind: 'map'}
            ? Readonly<Record<string, string>>
            : R extends {readonly kind: 'list'; readonly of: infer Item}
              ? readonly ValueOf<Item>[]
              : R extends {readonly kind: 'structure'; readonly members: infer Members}
                ? InputOf<Members>
                : never

/** The type of a request that passed the table. */
export type InputOf<S> = {
  readonly [M in keyof S as S[M] extends {readonly required: true} ? M : never]: ValueOf<S[M]>
} & {
  readonly [M in keyof S as S[M] extends {readonly required: true} ? never : M]?: ValueOf<S[M]>
}

export type Checked =
  | {readonly kind: 'fits'; readonly input: JsonObject}
  | {readonly kind: 'fault'; readonly fault: Fault}

/** Checks a request. Members that are null count as absent, unknown members are dropped, as AWS does. */
export function checkRequest(request: JsonObject, shape: Shape): Checked {
  const mismatch = firstMismatch(request, {kind: 'structure', members: shape})
  if (mismatch) return {kind: 'fault', fault: serializationFault(mismatch)}

  const broken: string[] = []
  const input = checkMembers(request, shape, '', broken)
  if (broken.length === 0) return {kind: 'fits', input}
  const noun = broken.length === 1 ? 'error' : 'errors'
  return {
    kind: 'fault',
    fault: validationFault(`${broken.length} validation ${noun} detected: ${broken.join('; ')}`),
  }
}

const expectedTypes = {
  string: 'String',
  integer: 'Integer',
  double: 'Double',
  timestamp: 'Timestamp',
  boolean: 'Boolean',
  document: 'Structure',
  list: 'List',
  map: 'Map',
  structure: 'Structure',
} as const

/** The sentence for the first value whose JSON type is not the rule's. */
function firstMismatch(value: Json, rule: Rule): string | undefined {
  if (value === null) return undefined
  if (!hasType(value, rule)) return `${jsonTypeName(value)} can not be converted to ${expectedTypes[rule.kind]}`
  if (rule.kind === 'list' && Array.isArray(value))
    return firstOf(value.map((item) => () => firstMismatch(item, rule.of)))
  if (!isJsonObject(value)) return undefined
  if (rule.kind === 'map') return firstOf(Object.values(value).map((item) => () => firstMismatch(item, rule.of)))
  if (rule.kind !== 'structure') return undefined
  return firstOf(
    Object.entries(rule.members).map(
      ([name, member]) =>
        () =>
          firstMismatch(value[name] ?? null, member),
    ),
  )
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check()
    if (found !== undefined) return found
  }
  return undefined
}

function hasType(value: Json, rule: Rule): boolean {
  switch (rule.kind) {
    case 'string':
      return typeof value === 'string'
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'double':
    case 'timestamp':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'document':
    case 'map':
    case 'structure':
      return isJsonObject(value)
  }
}

function jsonTypeName(value: Json): string {
  if (typeof value === 'string') return 'STRING_VALUE'
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT'
}

function checkMembers(object: JsonObject, shape: Shape, path: string, broken: string[]): JsonObject {
  const kept: Record<string, Json> = {}
  for (const [name, rule] of Object.entries(shape)) {
    const value = object[name] ?? null
    const memberPath = path + name.charAt(0).toLowerCase() + name.slice(1)
    if (value !== null) kept[name] = checkValue(value, rule, memberPath, broken)
    else if (rule.required) broken.push(sentence(null, memberPath, 'Member must not be null'))
  }
  return kept
}

function checkValue(value: Json, rule: Rule, path: string, broken: string[]): Json {
  if (rule.kind === 'structure' && isJsonObject(value)) return checkMembers(value, rule.members, `${path}.`, broken)
  if (rule.kind === 'list' && Array.isArray(value)) {
    checkSize(value, value.length, rule, path, broken)
    if (rule.uniqueBy !== undefined) checkUnique(value, rule.uniqueBy, path, broken)
    return value.map((item, index) => checkValue(item, rule.of, `${path}.${index + 1}.member`, broken))
  }
  if (rule.kind === 'map' && isJsonObject(value)) {
    checkMap(value, rule, path, broken)
    return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null))
  }
  if (rule.kind === 'string' && typeof value === 'string') checkText(value, rule, path, broken)
  if ((rule.kind === 'integer' || rule.kind === 'double') && typeof value === 'number')
    checkRange(value, rule, path, broken)
  return value
}

function checkUnique(list: readonly Json[], member: string, path: string, broken: string[]): void {
  const found = list.flatMap((item) => (isJsonObject(item) ? [item[member]] : []))
  const twice = found.find((value, index) => found.indexOf(value) !== index)
  if (twice === undefined) return
  broken.push(sentence(list, path, `Members must have different values of ${member}; '${twice}' is there twice`))
}

function checkText(value: string, rule: StringRule, path: string, broken: string[]): void {
  for (const {words, isMet} of constraintsOf(rule)) if (!isMet(value)) broken.push(sentence(value, path, words))
}

type Constraint = {readonly words: string; readonly isMet: (text: string) => boolean}

function constraintsOf({min, max, pattern, values, reserved}: StringRule): Constraint[] {
  return [
    max === undefined ? [] : {words: atMost(max), isMet: (text: string) => text.length <= max},
    min === undefined ? [] : {words: atLeast(min), isMet: (text: string) => text.length >= min},
    pattern === undefined ? [] : matching(pattern),
    values === undefined ? [] : oneOf(values),
    reserved === undefined ? [] : notBeginningWith(reserved),
  ].flat()
}

function matching(pattern: string): Constraint {
  // Only the patterns that name kinds of letters are written for Unicode.
  const whole = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'su' : 's')
  const words = `Member must satisfy regular expression pattern: ${pattern}`
  return {words, isMet: (text) => whole.test(text)}
}

function oneOf(values: readonly string[]): Constraint {
  const words = `Member must satisfy enum value set: [${values.join(', ')}]`
  return {words, isMet: (text) => values.includes(text)}
}

function notBeginningWith(reserved: string): Constraint {
  const words = `Member must not begin with ${reserved}, which is reserved`
  return {words, isMet: (text) => !text.toLowerCase().startsWith(reserved)}
}

/** The Java services do not say which key or value it is; they name all that is asked of it. */
function checkMap(map: JsonObject, {of, key = {kind: 'string'}, ...bounds}: MapRule, path: string, broken: string[]) {
  checkSize(map, Object.keys(map).length, bounds, path, broken)
  const values = Object.values(map).filter((value) => typeof value === 'string')
  for (const [noun, texts, rule] of [
    ['keys', Object.keys(map), key],
    ['value', values, of],
  ] as const) {
    const constraints = constraintsOf(rule)
    if (texts.every((text) => constraints.every(({isMet}) => isMet(text)))) continue
    const all = constraints.map(({words}) => words).join(', ')
    broken.push(sentence(map, path, `Map ${noun} must satisfy constraint: [${all}]`))
  }
}

type Bounds = {readonly min?: number; readonly max?: number}

function checkSize(value: Json, size: number, {min, max}: Bounds, path: string, broken: string[]): void {
  if (max !== undefined && size > max) broken.push(sentence(value, path, atMost(max)))
  if (min !== undefined && size < min) broken.push(sentence(value, path, atLeast(min)))
}

function atMost(length: number): string {
  return `Member must have length less than or equal to ${length}`
}

function atLeast(length: number): string {
  return `Member must have length greater than or equal to ${length}`
}

function checkRange(value: number, {min, max}: Bounds, path: string, broken: string[]): void {
  if (max !== undefined && value > max) {
    broken.push(sentence(value, path, `Member must have value less than or equal to ${max}`))
  }
  if (min !== undefined && value < min) {
    broken.push(sentence(value, path, `Member must have value greater than or equal to ${min}`))
  }
}

// A definition of a megabyte is not repeated in the answer.
const longestEcho = 1024

function sentence(value: Json, path: string, constraint: string): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const shown = text.length > longestEcho ? `${text.slice(0, longestEcho)}...` : text
  const quoted = value === null ? 'null' : `'${shown}'`
  return `Value ${quoted} at '${path}' failed to satisfy constraint: ${constraint}`
}
