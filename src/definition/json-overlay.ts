// One JSON value laid over another.

import {isJsonObject, type Json, type JsonObject} from './json.ts'

/** The second laid over the first, member by member; a list of the second takes the place of the first's. */
export function overlay(under: JsonObject, over: JsonObject): JsonObject {
  const laid = Object.entries(over).map(([name, value]): [string, Json] => {
    const below = Object.hasOwn(under, name) ? under[name] : undefined
    return [name, isJsonObject(below) && isJsonObject(value) ? overlay(below, value) : value]
  })
  return {...under, ...Object.fromEntries(laid)}
}
