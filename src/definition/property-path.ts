// Paths into what a step's Describe call returns: `ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri`.
// Source: SageMaker Python SDK, workflow/properties.py; Developer Guide, "Pipeline step properties".

import type {Json} from './json.ts'
import {isJsonObject} from './json.ts'

export type PathSegment =
  | {readonly kind: 'member'; readonly name: string}
  | {readonly kind: 'key'; readonly key: string}
  | {readonly kind: 'index'; readonly index: number}

export type PropertyPath = readonly PathSegment[]

/** The members by which `['k']` finds an element of a list. */
const nameMembers = ['OutputName', 'InputName', 'ChannelName', 'MetricName', 'Name'] as const

/** Undefined when the text is not a path. */
export function parsePropertyPath(text: string): PropertyPath | undefined {
  return parseSegments(text)
}

/** The path as SageMaker writes it. */
export function formatPropertyPath(path: PropertyPath): string {
  return path
    .map((segment, at) => (at === 0 ? formatSegment(segment).replace(/^\./, '') : formatSegment(segment)))
    .join('')
}

/** What stands at the path, or undefined. `['k']` on a list finds the element that carries the name k. */
export function readPath(value: Json, path: PropertyPath): Json | undefined {
  let at: Json | undefined = value
  for (const segment of path) {
    if (at === undefined) return undefined
    at = Array.isArray(at) && segment.kind === 'key' ? findNamed(at, segment.key) : readSegment(at, segment)
  }
  return at
}

/** One step into a document: members of maps, elements of lists. */
export function readSegment(value: Json, segment: PathSegment): Json | undefined {
  if (segment.kind === 'index') return Array.isArray(value) ? value[segment.index] : undefined
  const name = segment.kind === 'member' ? segment.name : segment.key
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** Dotted members, `['key']` or `["key"]`, `[0]`; undefined when the text is anything else, or empty. */
export function parseSegments(text: string): PathSegment[] | undefined {
  const segments: PathSegment[] = []
  const token = /\.?([^.[\]'"]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d{1,9})\]/y
  while (token.lastIndex < text.length) {
    const start = token.lastIndex
    const match = token.exec(text)
    if (!match) return undefined
    const [whole, member, single, double, index] = match
    const segment = toSegment(member, single ?? double, index)
    // The first member has no dot before it; every later one has.
    if (segment.kind === 'member' && whole.startsWith('.') !== start > 0) return undefined
    segments.push(segment)
  }
  return segments.length > 0 ? segments : undefined
}

function toSegment(member: string | undefined, key: string | undefined, index: string | undefined): PathSegment {
  if (member !== undefined) return {kind: 'member', name: member}
  if (key !== undefined) return {kind: 'key', key}
  return {kind: 'index', index: Number(index)}
}

function formatSegment(segment: PathSegment): string {
  switch (segment.kind) {
    case 'member':
      return `.${segment.name}`
    case 'key':
      return `['${segment.key}']`
    case 'index':
      return `[${segment.index}]`
  }
}

function findNamed(list: readonly Json[], name: string): Json | undefined {
  return list.find(
    (element) =>
      isJsonObject(element) && nameMembers.some((member) => Object.hasOwn(element, member) && element[member] === name),
  )
}

/** The name by which `['k']` finds an element of a list, if it carries one. */
export function elementName(element: Json): string | undefined {
  if (!isJsonObject(element)) return undefined
  const name = nameMembers.map((member) => element[member]).find((value) => typeof value === 'string')
  return typeof name === 'string' ? name : undefined
}
