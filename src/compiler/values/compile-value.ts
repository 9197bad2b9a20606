// Values of the spec to values of the definition: texts with references become joins, numbers in text places are cast.

import {type Json, type JsonObject, numberJson} from '../../definition/json.ts'
import type {Entry} from '../../spec/fields.ts'
import {isFunctionMap, type Reference, type Value} from '../../spec/value.ts'
import type {Resolved, Scope, StepScope} from '../context.ts'
import {resolveReference, resolveStatic} from '../resolve-reference.ts'

/** Stands where something was wrong; a compilation with errors gives no definition. */
const wrong = ''

/** A value as it is: numbers stay numbers. */
export function compileValue(value: Value, scope: StepScope): Json {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'number' ? numberJson(value.value, value.text) : value.value
    case 'null':
      return null
    case 'reference':
      return resolveReference(value.reference, scope)?.json ?? wrong
    case 'text':
      return compileText(value, scope)
    case 'list':
      return value.items.map((item) => compileValue(item, scope))
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, compileValue(entry.value, scope)]))
  }
}

/**
 * A value in a place where SageMaker takes a string only. A number is written as it stands in the spec; a reference that
 * is not a String is cast by a join of one, because the service refuses it otherwise.
 */
export function compileText(value: Value, scope: StepScope): Json {
  switch (value.kind) {
    case 'literal':
      return value.text
    case 'reference': {
      const resolved = resolveReference(value.reference, scope)
      return resolved ? asText(resolved) : wrong
    }
    case 'text':
      return join(value.parts.map((part) => (typeof part === 'string' ? part : joinPart(part, scope))))
    case 'map':
      if (isFunctionMap(value)) return compileValue(value, scope)
      return notSingle(value, scope)
    case 'null':
    case 'list':
      return notSingle(value, scope)
  }
}

function notSingle(value: Value, scope: StepScope): Json {
  scope.findings.error('wrong-type', value.range, 'expected a single value')
  return wrong
}

/** A list of them. */
export function compileTexts(values: readonly Value[] | undefined, scope: StepScope): Json[] {
  return (values ?? []).map((value) => compileText(value, scope))
}

/** Pairs whose values are strings on the wire, in the file's order. */
export function compileTextMap(entries: readonly Entry<Value>[] | undefined, scope: StepScope): JsonObject {
  return Object.fromEntries((entries ?? []).map(({name, value}) => [name, compileText(value, scope)]))
}

/** A text that is known when compiling, or undefined when it refers to something else than target and environment. */
export function staticText(value: Value | undefined, scope: Scope): string | undefined {
  if (!value) return undefined
  if (value.kind === 'literal') return value.text
  if (value.kind !== 'reference' && value.kind !== 'text') return undefined
  const parts = value.kind === 'reference' ? [value.reference] : value.parts
  if (parts.some((part) => typeof part !== 'string' && part.root !== 'target' && part.root !== 'env')) return undefined
  const texts = parts.map((part) => (typeof part === 'string' ? part : resolveStatic(part, scope)))
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined
}

/** Joins without a separator, neighbouring texts put together, a single text left as it is. */
export function join(parts: readonly Json[]): Json {
  const values: Json[] = []
  for (const part of parts.flatMap(joinedValues)) {
    const last = values.at(-1)
    if (typeof part === 'string' && typeof last === 'string') values[values.length - 1] = last + part
    else if (part !== '') values.push(part)
  }
  const [first] = values
  if (values.length === 0) return ''
  return values.length === 1 && typeof first === 'string' ? first : {'Std:Join': {On: '', Values: values}}
}

function joinPart(reference: Reference, scope: StepScope): Json {
  return resolveReference(reference, scope)?.json ?? wrong
}

function asText({json, type}: Resolved): Json {
  if (typeof json === 'string' || type === 'String') return json
  const isProperty = type === 'Unknown' && typeof json === 'object' && json !== null && 'Get' in json
  return isProperty ? json : join([json])
}

/** The parts of a join without separator, so that a join in a join becomes one. */
function joinedValues(part: Json): readonly Json[] {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return [part]
  const inner = (part as JsonObject)['Std:Join'] as JsonObject | undefined
  return inner?.On === '' && Array.isArray(inner.Values) ? inner.Values : [part]
}
