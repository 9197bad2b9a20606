// JSON values and their one canonical text, so that equal values have equal bytes whatever the order of their keys.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = {readonly [key: string]: Json}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Compact JSON with the keys of every object sorted by code unit. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const object = value as JsonObject
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] ?? null)}`)
  return `{${members.join(',')}}`
}

/** Whether two texts hold equal JSON: white space and the order of keys do not count. Throws when one is no JSON. */
export function sameJson(a: string, b: string): boolean {
  return a === b || canonicalJson(JSON.parse(a) as Json) === canonicalJson(JSON.parse(b) as Json)
}
