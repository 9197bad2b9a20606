// Two ways to write one join mean the same: with a separator, or with the separators among the values.

import {isJsonObject, type Json, type JsonObject} from '../../src/definition/json.ts'

/** A definition with every join written without a separator and neighbouring texts put together. */
export function withPlainJoins(value: Json): Json {
  if (Array.isArray(value)) return value.map(withPlainJoins)
  if (!isJsonObject(value)) return value
  const join = value['Std:Join']
  if (isJsonObject(join) && Array.isArray(join.Values)) return plainJoin(join)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPlainJoins(member)]))
}

function plainJoin(join: JsonObject): Json {
  const separator = typeof join.On === 'string' ? join.On : ''
  const values: Json[] = []
  const add = (part: Json) => {
    const last = values.at(-1)
    if (typeof part === 'string' && typeof last === 'string') values[values.length - 1] = last + part
    else if (part !== '') values.push(part)
  }
  ;(join.Values as readonly Json[]).forEach((part, index) => {
    if (index > 0) add(separator)
    add(withPlainJoins(part))
  })
  return {'Std:Join': {On: '', Values: values}}
}
