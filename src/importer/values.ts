// JSON values as values of the spec: the inverse of compiling them. References and joins become `${...}` where that comes
// out the same; everything else stays in SageMaker's own form.

import {ExactNumber, isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {isJsonNumber} from '../text/json-number.ts'
import type {SpecMap, SpecValue} from './lift.ts'
import {type NamedReference, type References, soleMember} from './references.ts'

/** For a place that takes anything: `compileValue`. */
export function writeValue(json: Json, references: References): SpecValue {
  if (json === null) return '${null}'
  if (typeof json === 'string') return escaped(json)
  if (Array.isArray(json)) return json.map((item) => writeValue(item, references))
  if (!isJsonObject(json)) return json as boolean | number | ExactNumber
  const reference = references.of(json)
  if (reference) return braced(reference)
  return joined(json, references) ?? writeMap(json, references)
}

/**
 * For a place that takes a text: `compileText`. It casts what is no text, so that a cast in the definition is left out, and
 * a reference that it would cast keeps SageMaker's own form.
 */
export function writeText(json: Json, references: References): SpecValue {
  if (typeof json === 'string') return bare(json)
  if (!isJsonObject(json)) return writeValue(json, references)
  const reference = references.of(json, 'text')
  if (reference) return reference.isCast ? writeMap(json, references) : braced(reference)
  const cast = castReference(json)
  const inner = cast === undefined ? undefined : references.of(cast)
  return inner?.isCast ? braced(inner) : writeValue(json, references)
}

/** A text that can stand in the spec without quotes: what a number or a flag is written as, it is passed on as. */
function bare(text: string): SpecValue {
  if (text === 'true' || text === 'false') return text === 'true'
  return isJsonNumber(text) ? new ExactNumber(text) : escaped(text)
}

function writeMap(map: JsonObject, references: References): SpecMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, writeValue(value, references)]))
}

function escaped(text: string): string {
  return text.replaceAll('${', () => '$${')
}

function braced({path}: NamedReference): string {
  return `\${${path}}`
}

/** A join without separator as a text; undefined where the text would be compiled to something else. */
function joined(json: JsonObject, references: References): string | undefined {
  const values = joinedValues(json)
  if (!values || values.length < 2) return undefined
  let text = ''
  let last: 'text' | 'reference' | undefined
  for (const value of values) {
    if (typeof value === 'string') {
      if (value === '' || last === 'text') return undefined
      text += escaped(value)
      last = 'text'
    } else {
      const reference = references.of(value)
      // `$` before `${` would be read as the escape.
      if (!reference || text.endsWith('$')) return undefined
      text += braced(reference)
      last = 'reference'
    }
  }
  return text
}

/** Values of a join without separator. */
function joinedValues(json: JsonObject): readonly Json[] | undefined {
  const join = soleMember(json, 'Std:Join')
  if (!isJsonObject(join) || Object.keys(join).length !== 2) return undefined
  return join.On === '' && Array.isArray(join.Values) ? join.Values : undefined
}

/** What a join of one value casts to a text. */
function castReference(json: JsonObject): Json | undefined {
  const values = joinedValues(json)
  return values?.length === 1 ? values[0] : undefined
}
