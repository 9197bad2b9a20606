// A spec as YAML that reads well: quoted only where it must be, short lists on one line, numbers with their own text.

import {Document, Pair, Scalar, YAMLMap, YAMLSeq} from 'yaml'
import {ExactNumber} from '../definition/json.ts'
import {functionNames} from '../spec/value.ts'
import type {SpecMap, SpecValue} from './lift.ts'

/** Columns that a line may have. A join is one thing, and stays on a line for longer. */
const lineWidth = 100
const joinWidth = 150

const exactNumber = {
  tag: 'tag:yaml.org,2002:float',
  default: true as const,
  identify: (value: unknown) => value instanceof ExactNumber,
  resolve: (text: string) => text,
  stringify: ({value}: {value?: unknown}) => (value instanceof ExactNumber ? value.text : String(value)),
}

/** A text of words that takes several lines; YAML puts a blank where a line ends. */
class FoldedText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const foldedText = {
  tag: 'tag:yaml.org,2002:str',
  default: true as const,
  identify: (value: unknown) => value instanceof FoldedText,
  resolve: (text: string) => text,
  stringify: ({value}: {value?: unknown}, {indent}: {indent: string}) => {
    const lines = value instanceof FoldedText ? wrapped(value.text, lineWidth - indent.length) : [String(value)]
    return ['>-', ...lines.map((line) => indent + line)].join('\n')
  },
}

/** Lines of whole words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** The top of a spec. Steps and parameters come in maps: an object would put names like `1` first. */
export type SpecDocument = {readonly [key: string]: SpecValue | ReadonlyMap<string, SpecValue>}

/** `header` goes above as a comment. */
export function writeYaml(spec: SpecDocument, header?: string): string {
  const document = new Document(undefined, {customTags: (tags) => [...tags, exactNumber, foldedText], version: '1.2'})
  const root = new YAMLMap<Scalar, unknown>()
  for (const [key, value] of Object.entries(spec)) {
    const section = value instanceof Map ? mapNode([...value], 2) : node(value as SpecValue, 2, key)
    const name = keyNode(key)
    name.spaceBefore = root.items.length > 0 && isSection(section)
    root.items.push(new Pair(name, section))
  }
  document.contents = root as unknown as typeof document.contents
  if (header) document.commentBefore = ` ${header}`
  return document.toString({lineWidth: 0, flowCollectionPadding: false, minContentWidth: 0})
}

function isSection(value: unknown): boolean {
  return value instanceof YAMLMap && value.flow !== true
}

function mapNode(entries: readonly (readonly [string, SpecValue])[], column: number): YAMLMap<Scalar, unknown> {
  const map = new YAMLMap<Scalar, unknown>()
  for (const [key, value] of entries) map.items.push(new Pair(keyNode(key), node(value, column + 2, key)))
  return map
}

function keyNode(key: string): Scalar {
  const scalar = new Scalar(key)
  if (key === '<<' || !isPrintable(key) || key.includes('\n')) scalar.type = Scalar.QUOTE_DOUBLE
  return scalar
}

/** `column` is where the value would begin on a line of its own, `key` what it stands behind. */
function node(value: SpecValue, column: number, key: string): unknown {
  if (Array.isArray(value)) return listNode(value as readonly SpecValue[], column, key)
  if (isMap(value)) {
    const map = mapNode(Object.entries(value), column)
    map.flow = Object.keys(value).length === 0 || (isCompact(value, key) && fits(value, column, key))
    return map
  }
  return isFoldable(value, column + key.length) ? new Scalar(new FoldedText(value as string)) : scalarNode(value)
}

function listNode(items: readonly SpecValue[], column: number, key: string): YAMLSeq {
  const list = new YAMLSeq()
  list.flow = items.length === 0 || (items.every((item) => isShort(item)) && fits(items, column, key))
  // An item stands behind its dash.
  list.items = items.map((item) => node(item, column + 2, ''))
  return list
}

function scalarNode(value: SpecValue): Scalar {
  const scalar = new Scalar(value)
  if (typeof value !== 'string') return scalar
  if (!isPrintable(value)) scalar.type = Scalar.QUOTE_DOUBLE
  else if (value.includes('\n')) scalar.type = isBlock(value) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE
  return scalar
}

/** Whether a text is too long for its line, and made of words that a line can end between. */
function isFoldable(value: SpecValue, column: number): boolean {
  if (typeof value !== 'string' || column + value.length <= lineWidth) return false
  return isPrintable(value) && /^[^\s#]\S*(?: \S+)+$/.test(value)
}

/** Small maps that are one thing. */
const compactKeys: ReadonlySet<string> = new Set(['instance', 'retry', 'Std:JsonGet', 'CacheConfig'])

function isCompact(map: SpecMap, key: string): boolean {
  const entries = Object.entries(map)
  if (entries.length === 1 && functionNames.some((name) => Object.hasOwn(map, name))) return true
  if (key === 'Std:Join') return true
  const isKnown = compactKeys.has(key) || isParameter(map)
  return isKnown && entries.every(([, value]) => (isShort(value) && !isReference(value)) || isShortList(value))
}

/** In a line with others, it would have to be quoted. */
function isReference(value: SpecValue): boolean {
  return typeof value === 'string' && value.includes('${')
}

/** A parameter in its full form. */
function isParameter(map: SpecMap): boolean {
  return Object.entries(map).every(([key, value]) => (key === 'type' || key === 'default') && isShort(value))
}

function isShortList(value: SpecValue): boolean {
  return Array.isArray(value) && value.every((item) => isShort(item as SpecValue))
}

/** A single value that can stand in a line with others. */
function isShort(value: SpecValue): boolean {
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber) {
    return typeof value !== 'string' || (value.length <= 60 && !value.includes('\n') && isPrintable(value))
  }
  return false
}

/** Whether a value fits on the line that its key begins. */
function fits(value: SpecValue, column: number, key: string): boolean {
  const isJoin = key === 'Values' || (isMap(value) && (Object.hasOwn(value, 'Std:Join') || key === 'Std:Join'))
  return column + key.length + flowLength(value) <= (isJoin ? joinWidth : lineWidth)
}

/** About as long as it will be in a line. */
function flowLength(value: SpecValue): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + flowLength(item as SpecValue) + 2, 2)
  if (isMap(value))
    return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + flowLength(item) + 4, 2)
  if (value instanceof ExactNumber) return value.text.length
  return typeof value === 'string' ? value.length + (/[,[\]{}]/.test(value) ? 2 : 0) : String(value).length
}

function isMap(value: SpecValue): value is SpecMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}

/** No character that only an escape can say, or that looks like another. */
function isPrintable(text: string): boolean {
  return /^[\n\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufdff\ufe30-\ufefe\uff01-\uffef]*$/u.test(
    text,
  )
}

/** A text of lines that a block gives back as it is. */
function isBlock(text: string): boolean {
  return (
    /^\S/.test(text) &&
    /\S\n?$/.test(text) &&
    !/[ \t]\n/.test(text) &&
    !/\n[ \t]*\n[ \t]/.test(text) &&
    !text.startsWith('#')
  )
}
