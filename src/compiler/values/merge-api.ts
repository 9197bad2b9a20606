// `api:` and `definition:` laid over what was compiled: objects are merged, everything else is replaced, null takes a
// member away, and `${null}` is a JSON null.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {Shape} from '../../definition/request-shapes/shape.ts'
import {functionNames, isFunctionMap, type MapValue} from '../../spec/value.ts'
import type {StepScope} from '../context.ts'
import {compileShaped, memberShape} from './compile-shaped.ts'

/** `shape` is that of what is merged into, where it is known. */
export function mergeApi(target: JsonObject, over: MapValue, scope: StepScope, shape?: Shape): JsonObject {
  const merged = new Map(Object.entries(target))
  for (const {key, value} of over.entries) {
    const below = merged.get(key)
    const inner = memberShape(shape, key)
    if (value.kind === 'literal' && value.value === null) merged.delete(key)
    else if (value.kind === 'map' && !isFunctionMap(value) && isMergeable(below))
      merged.set(key, mergeApi(below, value, scope, inner))
    else merged.set(key, compileShaped(value, inner, scope))
  }
  return Object.fromEntries(merged)
}

/** A reference is one value: `{Get: …}` replaces and is replaced as a whole. */
function isMergeable(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && !functionNames.some((name) => Object.hasOwn(value, name))
}
