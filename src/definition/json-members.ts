// Members of JSON that nothing is known of: what is not of the kind asked for counts as not there.

import {isJsonObject, type Json, type JsonObject} from './json.ts'

export function objectAt(parent: Json | undefined, name: string): JsonObject {
  const value = memberOf(parent, name)
  return isJsonObject(value) ? value : {}
}

/** The objects in a list. */
export function objectsAt(parent: Json | undefined, name: string): JsonObject[] {
  const value = memberOf(parent, name)
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

export function textAt(parent: Json | undefined, name: string): string | undefined {
  const value = memberOf(parent, name)
  return typeof value === 'string' ? value : undefined
}

function memberOf(parent: Json | undefined, name: string): Json | undefined {
  return isJsonObject(parent) ? parent[name] : undefined
}
