// JSON whose numbers can be compared. JSON.parse makes infinity of 1e400, above any threshold, and writes it back as null.

import {isJsonObject, type Json} from './json.ts'

/** Throws a SyntaxError when the text is no JSON, a RangeError when a number in it is too large for a double. */
export function parseFiniteJson(text: string): Json {
  const document = JSON.parse(text) as Json
  // Reports may be long, and almost none has such a number.
  const path = /[eE]\+?\d{3}|\d{300}/.test(text) ? infinitePath(document, '') : undefined
  if (path === undefined) return document
  throw new RangeError(`the number at ${path === '' ? 'its top' : path} is too large for a double (1.8e308)`)
}

function infinitePath(value: Json, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path
  for (const [at, item] of membersOf(value, path)) {
    const found = infinitePath(item, at)
    if (found !== undefined) return found
  }
  return undefined
}

function membersOf(value: Json, path: string): (readonly [string, Json])[] {
  if (Array.isArray(value)) return value.map((item, index) => [`${path}[${index}]`, item] as const)
  if (!isJsonObject(value)) return []
  return Object.entries(value).map(([key, item]) => [path === '' ? key : `${path}.${key}`, item] as const)
}
