// `api:` and `definition:` laid over what was compiled: objects are merged, everything else is replaced, null takes a
// member away, and `${null}` is a JSON null.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import type {MapValue} from '../spec/value.ts'
import {compileValue} from './compile-value.ts'
import type {StepScope} from './context.ts'

export function mergeApi(target: JsonObject, over: MapValue, scope: StepScope): JsonObject {
  const merged = new Map(Object.entries(target))
  for (const {key, value} of over.entries) {
    const below = merged.get(key)
    if (value.kind === 'literal' && value.value === null) merged.delete(key)
    else if (value.kind === 'map' && !isFunction(value) && isMergeable(below))
      merged.set(key, mergeApi(below, value, scope))
    else merged.set(key, compileValue(value, scope))
  }
  return Object.fromEntries(merged)
}

/** A reference is one value: `{Get: …}` replaces and is replaced as a whole. */
const functions: readonly string[] = ['Get', 'Std:Join', 'Std:JsonGet']

function isFunction({entries}: MapValue): boolean {
  return entries.some(({key}) => functions.includes(key))
}

function isMergeable(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && !functions.some((name) => Object.hasOwn(value, name))
}
