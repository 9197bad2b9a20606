// What has to be laid over a compiled value to make it the original one: the inverse of merging `api:` and `definition:`.

import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {functionNames} from '../spec/value.ts'
import type {SpecMap, SpecValue} from './lift.ts'

/** A JSON value as it is written in the spec. */
type Write = (json: Json) => SpecValue

/** A member of an overlay that takes the member below it away. */
const takenAway = null

/** Empty when the two are equal. Members keep the order of `wanted`; what is taken away comes last. */
export function residue(compiled: JsonObject, wanted: JsonObject, write: Write): SpecMap {
  const laid = Object.entries(wanted).flatMap(([key, value]): [string, SpecValue][] => {
    const below = Object.hasOwn(compiled, key) ? compiled[key] : undefined
    if (below === undefined) return [[key, write(value)]]
    if (canonicalJson(below) === canonicalJson(value)) return []
    return [[key, isMergeable(below) && isMergeable(value) ? residue(below, value, write) : write(value)]]
  })
  const gone = Object.keys(compiled).filter((key) => !Object.hasOwn(wanted, key))
  return Object.fromEntries([...laid, ...gone.map((key): [string, SpecValue] => [key, takenAway])])
}

/** Objects are merged member by member, but a reference is one value. */
function isMergeable(value: Json): value is JsonObject {
  return isJsonObject(value) && !functionNames.some((name) => Object.hasOwn(value, name))
}
