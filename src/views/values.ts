// Values of a definition as people read them: references as what they stand for, long ones short, and where two differ, so
// that the difference is seen.

import type {Json, JsonObject} from '../definition/json.ts'
import {cutMiddle} from './flow.ts'
import {printable} from './printable.ts'

/** Longer URIs lose what they share with the other side. */
const longUri = 40

/** `old -> new`, `added: new` or `removed, was old`; two values that differ never read the same. */
export function changeText(before: Json | undefined, after: Json | undefined, room: number): string {
  if (before === undefined) return after === undefined ? '' : `added: ${shortValue(after, room - 7)}`
  if (after === undefined) return `removed, was ${shortValue(before, room - 13)}`
  const [left, right] = shortPair(before, after, room)
  return `${left} -> ${right}`
}

/** Both sides in `room` columns together, as far as that can be. */
export function shortPair(before: Json, after: Json, room: number): readonly [string, string] {
  const [left, right] = distinct(before, after)
  const side = Math.max(12, Math.floor((room - 4) / 2))
  const hashed = [shortHashes(left), shortHashes(right)] as const
  const [a, b] = hashed[0] === hashed[1] ? [left, right] : hashed
  const [c, d] = Math.max(a.length, b.length) > Math.min(side, longUri) ? withoutSharedFolders(a, b) : [a, b]
  // What one side leaves over is the other's.
  const leftRoom = Math.max(side, room - 4 - d.length)
  const rightRoom = Math.max(side, room - 4 - c.length)
  const at = firstDifference(c, d)
  return [around(c, at, leftRoom), around(d, at, rightRoom)]
}

/** One value in `room` columns. */
export function shortValue(value: Json, room: number): string {
  return cutMiddle(shortHashes(valueText(value)), Math.max(12, room))
}

/** Strings bare, where nothing is lost; references as `${Parameters.epochs}`; everything else as JSON. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return stringText(value)
  return (isObject(value) ? referenceText(value) : undefined) ?? visibleJson(value)
}

function stringText(value: string): string {
  // How the predictor writes what was new in its execution: no later value equals it.
  if (value.startsWith('\0')) return `\${Execution.${value.slice(1)}}`
  return printable(value) === value && /^\S(?:[^\n\t]*\S)?$/.test(value) ? value : visibleJson(value)
}

/** What a terminal would obey is written as its number. */
function visibleJson(value: Json): string {
  return JSON.stringify(value).replace(
    /[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function distinct(before: Json, after: Json): readonly [string, string] {
  const left = valueText(before)
  const right = valueText(after)
  return left === right ? [visibleJson(before), visibleJson(after)] : [left, right]
}

function referenceText(value: JsonObject): string | undefined {
  if (Object.keys(value).length !== 1) return undefined
  const {Get: get, 'Std:Join': join, 'Std:JsonGet': jsonGet} = value
  if (typeof get === 'string') return `\${${get}}`
  if (isObject(join)) return joinText(join)
  return isObject(jsonGet) ? jsonGetText(jsonGet) : undefined
}

function joinText({On: separator, Values: values}: JsonObject): string | undefined {
  if (!Array.isArray(values)) return undefined
  return values.map(valueText).join(typeof separator === 'string' ? separator : '')
}

function jsonGetText({PropertyFile: file, S3Uri: uri, Path: path}: JsonObject): string | undefined {
  const source = file ?? uri
  if (source === undefined || typeof path !== 'string') return undefined
  return `\${${valueText(source).replace(/^\$\{(.*)\}$/, '$1')}: ${path}}`
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Content hashes by their first digits, as git does. */
export function shortHashes(text: string): string {
  return text.replace(/(?<![0-9a-f])([0-9a-f]{8})[0-9a-f]{24,}(?![0-9a-f])/gi, '$1…')
}

/** `s3://bucket/pipeline/code/aaa/x.py` and `…/bbb/x.py`: the folders that both begin with are left out. */
function withoutSharedFolders(left: string, right: string): readonly [string, string] {
  const a = left.split('/')
  const b = right.split('/')
  let shared = 0
  while (shared < Math.min(a.length, b.length) - 1 && a[shared] === b[shared]) shared += 1
  if (shared === 0) return [left, right]
  return [`…/${a.slice(shared).join('/')}`, `…/${b.slice(shared).join('/')}`]
}

function firstDifference(left: string, right: string): number {
  let at = 0
  while (at < Math.min(left.length, right.length) && left[at] === right[at]) at += 1
  return at
}

/** A window of the text that holds position `at`. */
function around(text: string, at: number, width: number): string {
  const characters = [...text]
  if (characters.length <= width) return text
  if (at < width - 2) return cutEnd(characters, width)
  const start = Math.min(at - Math.floor(width / 3), characters.length - width + 1)
  return `…${cutEnd(characters.slice(start), width - 1)}`
}

function cutEnd(characters: readonly string[], width: number): string {
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`
}
