// The shapes of requests and of what Describe calls show, read out of their texts one structure at a time.
//
// A line of the texts is a structure: its name, then its members. Behind the name of a member stands `!` where it is
// required, then its type: nothing for a string, `=Enum` for a string out of a list, `#` number, `?` boolean, `@` time,
// `*` anything, `:Structure`; and behind that `[]` for a list and `{}` for a map to it.

import {enumsText} from './enums.ts'
import {serviceEnumsText, serviceStructuresText} from './service-structures.ts'
import {structuresText} from './structures.ts'

export type Shape =
  | {readonly kind: 'string'; readonly enumName?: string}
  | {readonly kind: 'number'}
  | {readonly kind: 'boolean'}
  | {readonly kind: 'time'}
  | {readonly kind: 'any'}
  | {readonly kind: 'list'; readonly item: Shape}
  | {readonly kind: 'map'; readonly value: Shape}
  | {readonly kind: 'structure'; readonly name: string}

export type Structure = {
  readonly name: string
  readonly members: ReadonlyMap<string, Shape>
  readonly required: readonly string[]
}

const structures = new Map<string, Structure>()
const enums = new Map<string, readonly string[]>()
let lines: ReadonlyMap<string, string> | undefined
let enumLines: ReadonlyMap<string, string> | undefined

/** The structure of that name; there is always one for a name that stands in a shape. */
export function structure(name: string): Structure {
  const known = structures.get(name)
  if (known) return known
  lines ??= new Map([...linesByName(structuresText), ...linesByName(serviceStructuresText)])
  const read = readStructure(name, lines.get(name) ?? '')
  structures.set(name, read)
  return read
}

/** The values of an enum. */
export function enumValues(name: string): readonly string[] {
  const known = enums.get(name)
  if (known) return known
  enumLines ??= new Map([...linesByName(enumsText), ...linesByName(serviceEnumsText)])
  const values = (enumLines.get(name) ?? '').split(' ').slice(1)
  enums.set(name, values)
  return values
}

function linesByName(text: string): Map<string, string> {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => [/^\w+/.exec(line)?.[0] ?? '', line]),
  )
}

function readStructure(name: string, line: string): Structure {
  const members = new Map<string, Shape>()
  const required: string[] = []
  for (const text of line.split(' ').slice(1)) {
    const [, member = '', mark, type = ''] = /^(\w+)(!?)(.*)$/.exec(text) ?? []
    members.set(member, readShape(type))
    if (mark) required.push(member)
  }
  return {name, members, required}
}

function readShape(type: string): Shape {
  if (type.endsWith('[]')) return {kind: 'list', item: readShape(type.slice(0, -2))}
  if (type.endsWith('{}')) return {kind: 'map', value: readShape(type.slice(0, -2))}
  const name = type.slice(1)
  switch (type.charAt(0)) {
    case '#':
      return {kind: 'number'}
    case '?':
      return {kind: 'boolean'}
    case '@':
      return {kind: 'time'}
    case '*':
      return {kind: 'any'}
    case '=':
      return {kind: 'string', enumName: name}
    case ':':
      return {kind: 'structure', name}
    default:
      return {kind: 'string'}
  }
}
