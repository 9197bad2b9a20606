// Evaluates a value of the definition language: Get, Std:Join and Std:JsonGet become what a resolver knows.
// The engine's resolver knows everything that has run; a predictor's may answer "unknown".

import type {Json, JsonObject} from './json.ts'
import {isJsonObject} from './json.ts'
import {readJsonPath} from './json-path.ts'
import type {Reference} from './references.ts'
import {formatReference, getText, parseGet} from './references.ts'

export type Resolution =
  | {readonly kind: 'known'; readonly value: Json}
  | {readonly kind: 'unknown'; readonly reason: string}

/** For a property file or an s3Json the value is the whole document; evaluation reads the path in it. */
export type Resolver = (reference: Reference) => Resolution

export type Evaluated =
  | {readonly kind: 'known'; readonly value: Json}
  | {readonly kind: 'unknown'; readonly reasons: readonly string[]}

/** The value with every function replaced by its result, or all the reasons why that cannot be known. */
export function evaluate(value: Json, resolver: Resolver): Evaluated {
  if (Array.isArray(value)) return evaluateList(value, resolver)
  if (!isJsonObject(value)) return known(value)

  const get = getText(value)
  if (get !== undefined) return evaluateGet(get, resolver)
  const join = soleObject(value, 'Std:Join')
  if (join) return evaluateJoin(join, resolver)
  const jsonGet = soleObject(value, 'Std:JsonGet')
  if (jsonGet) return evaluateJsonGet(jsonGet, resolver)
  return evaluateMembers(value, resolver)
}

/** A value as Std:Join writes it: booleans in lower case (as the service does), numbers as JSON. */
export function joinText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function evaluateGet(text: string, resolver: Resolver): Evaluated {
  const reference = parseGet(text)
  if (!reference) return unknown(`"${text}" is not a reference`)
  return toEvaluated(resolver(reference))
}

function evaluateJoin(join: JsonObject, resolver: Resolver): Evaluated {
  const on = evaluate(join.On ?? '', resolver)
  const values = evaluate(join.Values ?? [], resolver)
  if (on.kind === 'unknown' || values.kind === 'unknown') return unknown(...reasonsOf(on), ...reasonsOf(values))
  if (!Array.isArray(values.value)) return unknown('the Values of a Std:Join must be a list')
  return known(values.value.map(joinText).join(joinText(on.value)))
}

function evaluateJsonGet(jsonGet: JsonObject, resolver: Resolver): Evaluated {
  const path = evaluate(jsonGet.Path ?? null, resolver)
  if (path.kind === 'unknown') return path
  if (typeof path.value !== 'string') return unknown('the Path of a Std:JsonGet must be a text')

  const source = jsonSource(jsonGet, resolver)
  if ('reasons' in source) return unknown(...source.reasons)
  const document = resolver(source)
  if (document.kind === 'unknown') return unknown(document.reason)

  const found = readJsonPath(document.value, path.value)
  return found === undefined ? unknown(`"${path.value}" is not in ${formatReference(source)}`) : known(found)
}

function jsonSource(jsonGet: JsonObject, resolver: Resolver): Reference | {readonly reasons: readonly string[]} {
  if (jsonGet.S3Uri !== undefined) {
    const uri = evaluate(jsonGet.S3Uri, resolver)
    if (uri.kind === 'unknown') return uri
    return typeof uri.value === 'string'
      ? {kind: 's3Json', uri: uri.value}
      : {reasons: ['the S3Uri of a Std:JsonGet must be a text']}
  }
  const reference = parseGet(getText(jsonGet.PropertyFile ?? null) ?? '')
  if (reference?.kind === 'propertyFile') return reference
  return {reasons: ['a Std:JsonGet needs a PropertyFile {"Get": "Steps.<step>.PropertyFiles.<name>"} or an S3Uri']}
}

function evaluateList(list: readonly Json[], resolver: Resolver): Evaluated {
  const elements = list.map((element) => evaluate(element, resolver))
  const reasons = elements.flatMap(reasonsOf)
  if (reasons.length > 0) return unknown(...reasons)
  return known(elements.flatMap((element) => (element.kind === 'known' ? [element.value] : [])))
}

function evaluateMembers(object: JsonObject, resolver: Resolver): Evaluated {
  const entries = Object.entries(object).map(([key, member]) => [key, evaluate(member, resolver)] as const)
  const reasons = entries.flatMap(([, member]) => reasonsOf(member))
  if (reasons.length > 0) return unknown(...reasons)
  return known(Object.fromEntries(entries.map(([key, member]) => [key, member.kind === 'known' ? member.value : null])))
}

function soleObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key]
  return isJsonObject(value) && Object.keys(object).length === 1 ? value : undefined
}

function toEvaluated(resolution: Resolution): Evaluated {
  return resolution.kind === 'known' ? resolution : unknown(resolution.reason)
}

function reasonsOf(evaluated: Evaluated): readonly string[] {
  return evaluated.kind === 'unknown' ? evaluated.reasons : []
}

function known(value: Json): Evaluated {
  return {kind: 'known', value}
}

function unknown(...reasons: string[]): Evaluated {
  return {kind: 'unknown', reasons: [...new Set(reasons)]}
}
