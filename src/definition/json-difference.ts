// What differs between two JSON values, down to the smallest part. Elements of a list that carry a name are compared by name,
// so that their order does not count; references are single values.

import {canonicalJson, isJsonObject, type Json, type JsonObject} from './json.ts'
import {elementName, formatPropertyPath, type PathSegment, type PropertyPath} from './property-path.ts'

/** Absent `before`: added; absent `after`: removed. `path` is empty where the values as a whole differ. */
export type Difference = {readonly path: string; readonly before?: Json; readonly after?: Json}

/** In the order of `before`, then what is new in `after`. Empty for equal values. */
export function jsonDifferences(before: Json | undefined, after: Json | undefined): Difference[] {
  const found: Difference[] = []
  compare(before, after, [], found)
  return found
}

function compare(before: Json | undefined, after: Json | undefined, path: PropertyPath, found: Difference[]): void {
  if (before === after) return
  const left = partsOf(before)
  const right = partsOf(after)
  if (!left || !right || left.kind !== right.kind) {
    if (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after)) return
    const sides = {...(before === undefined ? {} : {before}), ...(after === undefined ? {} : {after})}
    found.push({path: formatPropertyPath(path), ...sides})
    return
  }
  for (const [key, part] of left.parts) compare(part.value, right.parts.get(key)?.value, [...path, part.segment], found)
  for (const [key, part] of right.parts) {
    if (!left.parts.has(key)) compare(undefined, part.value, [...path, part.segment], found)
  }
}

/** Every single value in a value, with its path below `path`; a reference is one, an empty list or object too. */
export function jsonLeaves(value: Json, path: PropertyPath = []): {readonly path: string; readonly value: Json}[] {
  const parts = partsOf(value)?.parts
  if (!parts || parts.size === 0) return [{path: formatPropertyPath(path), value}]
  return [...parts.values()].flatMap((part) => jsonLeaves(part.value, [...path, part.segment]))
}

type Part = {readonly segment: PathSegment; readonly value: Json}
type Parts = {readonly kind: 'members' | 'named' | 'indexed'; readonly parts: ReadonlyMap<string, Part>}

/** The parts of an object or a list; undefined for a single value, and a reference is one. */
function partsOf(value: Json | undefined): Parts | undefined {
  if (Array.isArray(value)) return listParts(value)
  if (!isJsonObject(value) || isReference(value)) return undefined
  const parts = Object.entries(value).map(
    ([name, member]) => [name, {segment: memberSegment(name), value: member}] as const,
  )
  return {kind: 'members', parts: new Map(parts)}
}

function listParts(list: readonly Json[]): Parts {
  const names = list.map(elementName)
  const areNamed = list.length > 0 && names.every((name) => name !== undefined) && new Set(names).size === names.length
  if (areNamed) {
    const parts = list.map(
      (value, at) => [names[at] ?? '', {segment: {kind: 'key', key: names[at] ?? ''}, value}] as const,
    )
    return {kind: 'named', parts: new Map<string, Part>(parts)}
  }
  const parts = list.map((value, index) => [String(index), {segment: {kind: 'index', index}, value}] as const)
  return {kind: list.length === 0 ? 'named' : 'indexed', parts: new Map<string, Part>(parts)}
}

/** Names that are none for a dotted path stand in brackets. */
export function memberSegment(name: string): PathSegment {
  return /^[^.[\]'"]+$/.test(name) ? {kind: 'member', name} : {kind: 'key', key: name}
}

function isReference(value: JsonObject): boolean {
  const [key, extra] = Object.keys(value)
  return extra === undefined && (key === 'Get' || key === 'Std:Join' || key === 'Std:JsonGet')
}
