// The cache key of a step: its key attributes with every reference resolved, and one hash over them.

import {createHash} from 'node:crypto'
import type {Json, JsonObject} from '../definition/json.ts'
import {canonicalJson, isJsonObject} from '../definition/json.ts'
import {keyAttributes} from './key-attributes.ts'

/** SHA-256, in hex, over the step's type and key. Equal for equal keys, whatever the order of members. */
export function stepSignature(type: string, resolvedArguments: JsonObject): string {
  return createHash('sha256')
    .update(canonicalJson({type, key: keyOf(type, resolvedArguments)}))
    .digest('hex')
}

/** The key attributes alone, in the shape they have in the Arguments. What is absent there is absent here. */
export function keyOf(type: string, resolvedArguments: JsonObject): JsonObject {
  const key: Record<string, Json> = {}
  for (const attribute of keyAttributes(type)) {
    const [outer = '', inner] = attribute.split('.')
    const value = resolvedArguments[outer]
    if (value === undefined) continue
    if (inner === undefined) key[outer] = value
    else if (isJsonObject(value) && value[inner] !== undefined) key[outer] = withMember(key[outer], inner, value[inner])
  }
  return key
}

function withMember(object: Json | undefined, name: string, value: Json): JsonObject {
  return {...(isJsonObject(object) ? object : {}), [name]: value}
}
