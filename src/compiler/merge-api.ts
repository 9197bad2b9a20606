// `api:` laid over a step's Arguments: objects are merged, everything else is replaced, null takes a member away.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'

export function mergeApi(target: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, Json> = {...target}
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key]
    if (value === null) delete merged[key]
    else if (isMergeable(value) && isMergeable(below)) merged[key] = mergeApi(below, value)
    else merged[key] = value
  }
  return merged
}

/** A reference is one value: `{Get: …}` replaces and is replaced as a whole. */
function isMergeable(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && !('Get' in value) && !('Std:Join' in value) && !('Std:JsonGet' in value)
}
