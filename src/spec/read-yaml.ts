// YAML 1.2 text to a tree with places. All of YAML's own mistakes are found here: syntax, duplicate keys, alias bombs.

import {type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Node as YamlNode} from 'yaml'
import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import type {ListNode, MapEntry, MapNode, Node, ScalarNode} from './node.ts'
import {yamlProblem} from './yaml-help.ts'

/** How many nodes a document may have once its aliases are written out. A pipeline of 1,000 steps has about 50,000. */
const maximumNodes = 200_000

/** How deeply values may nest: an imported definition is read to 200 levels, and stands a few deeper in its spec. */
const maximumDepth = 250

type Reading = {
  readonly document: Document
  readonly text: string
  readonly findings: DiagnosticCollector
  nodes: number
  /** What aliases stand for, read once each; undefined while it is being read. */
  readonly anchored: Map<YamlNode, Anchored | undefined>
}

/** `size` counts every node in it, `height` its levels. */
type Anchored = {readonly node: Node; readonly size: number; readonly height: number}

/** The root mapping, or undefined with the reason among the findings. */
export function readYaml(text: string, findings: DiagnosticCollector): MapNode | undefined {
  const document = parse(text, findings)
  if (!document || findings.hasErrors) return undefined

  const root = document.contents
  if (!root) {
    findings.error('empty-spec', {start: 0, end: 0}, 'the file is empty', {
      help: 'a spec has at least `name:` and `steps:`; `mlpipe init` writes one that runs',
    })
    return undefined
  }

  const reading: Reading = {document, text, findings, nodes: 0, anchored: new Map()}
  const node = convert(root, reading, 0)
  if (!node || findings.hasErrors) return undefined
  if (node.kind === 'map') return node
  const what = node.kind === 'list' ? 'a list' : 'plain text'
  findings.error('not-a-mapping', clip(node.range, text), `the file holds ${what}, not a mapping`, {
    help: 'a spec starts with `name:`, `parameters:`, `steps:`',
  })
  return undefined
}

function parse(text: string, findings: DiagnosticCollector): Document | undefined {
  const nul = text.indexOf('\0')
  if (nul !== -1) {
    findings.error('yaml-syntax', {start: 0, end: 0}, 'the file is not text: it contains NUL bytes')
    return undefined
  }
  try {
    const document = parseDocument(text, {version: '1.2', uniqueKeys: false, prettyErrors: false, merge: true})
    reportSyntax(document, text, findings)
    return document
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    findings.error('yaml-syntax', {start: 0, end: 0}, `values nest deeper than ${maximumDepth} levels`)
    return undefined
  }
}

/** One finding a line, because a parser that has lost its way reports the same mistake many times. */
function reportSyntax(document: Document, text: string, findings: DiagnosticCollector): void {
  const lines = new Set<number>()
  for (const error of document.errors) {
    const range = clip({start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1)}, text)
    const lineStart = text.lastIndexOf('\n', range.start - 1) + 1
    if (lines.has(lineStart)) continue
    lines.add(lineStart)

    const reference = unquotedReference(text, lineStart)
    if (reference) {
      findings.error('unquoted-reference', reference, 'inside { } or [ ] a reference must be quoted', {
        help: `write "${text.slice(reference.start, reference.end)}"`,
      })
      return
    }
    if (error.code === 'MULTIPLE_DOCS') {
      findings.error('yaml-syntax', range, 'the file holds more than one YAML document', {
        help: 'keep one pipeline in a file; -f names another file',
      })
      return
    }
    const problem = yamlProblem(error, range, text)
    findings.error(
      'yaml-syntax',
      problem.range,
      problem.message,
      problem.help === undefined ? {} : {help: problem.help},
    )
  }
}

/** `{a: ${parameters.b}}`: YAML ends the plain text at the inner brace. */
function unquotedReference(text: string, lineStart: number): Range | undefined {
  const lineEnd = text.indexOf('\n', lineStart)
  const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd)
  const match = /[{[,:]\s*(\$\{[^}"']*\}?)/.exec(line)
  const opening = match ? line.slice(0, match.index + 1).search(/[{[]/) : -1
  if (!match?.[1] || opening === -1) return undefined
  const start = lineStart + match.index + match[0].indexOf('${')
  return {start, end: start + match[1].length}
}

function convert(node: YamlNode, reading: Reading, depth: number): Node | undefined {
  if (isTooMuch(node, 1, depth, reading)) return undefined
  if (isAlias(node)) return convertAlias(node, reading, depth)
  if (isMap(node)) return convertMap(node.items as Pair[], rangeOf(node, reading), reading, depth)
  if (isSeq(node)) {
    const items: Node[] = []
    for (const item of node.items) {
      const converted = convert(item as YamlNode, reading, depth + 1)
      if (!converted) return undefined
      items.push(converted)
    }
    return {kind: 'list', items, range: rangeOf(node, reading)} satisfies ListNode
  }
  return isScalar(node) ? convertScalar(node, reading) : undefined
}

/** Adds `size` nodes to those read so far; reports the one that is too many, or too deep. */
function isTooMuch(node: YamlNode, size: number, depth: number, reading: Reading): boolean {
  reading.nodes += size
  if (reading.nodes <= maximumNodes && depth <= maximumDepth) return false
  const what =
    depth > maximumDepth ? `values nest deeper than ${maximumDepth} levels` : 'aliases expand to too many values'
  reading.findings.error('yaml-syntax', rangeOf(node, reading), what)
  return true
}

function convertAlias(node: YamlNode & {source: string}, reading: Reading, depth: number): Node | undefined {
  const {anchored, findings} = reading
  const target = isAlias(node) ? node.resolve(reading.document) : undefined
  const known = target && anchored.get(target)
  if (known) return isTooMuch(node, known.size, depth + known.height, reading) ? undefined : known.node
  if (!target || anchored.has(target)) {
    const what = target ? 'stands inside of its own anchor' : `has no anchor &${node.source}`
    findings.error('yaml-syntax', rangeOf(node, reading), `the alias *${node.source} ${what}`)
    return undefined
  }
  anchored.set(target, undefined)
  const before = reading.nodes
  const converted = convert(target, reading, depth + 1)
  if (converted) anchored.set(target, {node: converted, size: reading.nodes - before, height: heightOf(converted)})
  return converted
}

function heightOf(node: Node): number {
  if (node.kind === 'scalar') return 1
  const inner = node.kind === 'list' ? node.items : node.entries.map(({value}) => value)
  return 1 + inner.reduce((height, each) => Math.max(height, heightOf(each)), 0)
}

function convertMap(pairs: readonly Pair[], range: Range, reading: Reading, depth: number): MapNode | undefined {
  const entries: MapEntry[] = []
  const merged: MapEntry[] = []
  const places = new Map<string, Range>()
  for (const pair of pairs) {
    const keyNode = pair.key as YamlNode
    const keyRange = rangeOf(keyNode, reading)
    const value = pair.value ? convert(pair.value as YamlNode, reading, depth + 1) : emptyScalar(keyRange.end)
    if (!value) return undefined
    const key = keyText(keyNode)
    if (key === undefined) {
      reading.findings.error('wrong-type', keyRange, 'a key must be plain text')
    } else if (key === '<<' && isPlain(keyNode)) {
      merged.push(...mergedEntries(value, keyRange, reading))
    } else if (places.has(key)) {
      const first = places.get(key) ?? keyRange
      reading.findings.error('duplicate-key', keyRange, `the key "${key}" stands twice in this mapping`, {
        related: [{range: first, message: 'the first one is here'}],
      })
    } else {
      places.set(key, keyRange)
      entries.push({key, keyRange, value})
    }
  }
  for (const entry of merged) if (!places.has(entry.key)) entries.push(entry)
  return {kind: 'map', entries, range}
}

function mergedEntries(value: Node, range: Range, reading: Reading): readonly MapEntry[] {
  if (value.kind === 'map') return value.entries
  if (value.kind === 'list') return value.items.flatMap((item) => mergedEntries(item, range, reading))
  reading.findings.error('wrong-type', range, '"<<" merges mappings only')
  return []
}

/** Quoted, `<<` is a key like any other. */
function isPlain(node: YamlNode): boolean {
  return isScalar(node) && node.type === 'PLAIN'
}

function keyText(node: YamlNode): string | undefined {
  if (!isScalar(node)) return undefined
  if (typeof node.value === 'string') return node.value
  return node.source ?? String(node.value)
}

function convertScalar(node: YamlNode & {value?: unknown; source?: string}, reading: Reading): ScalarNode {
  const range = rangeOf(node, reading)
  const value = scalarValue(node.value)
  const text = typeof value === 'string' ? value : (node.source ?? String(value))
  return {kind: 'scalar', value, text, range, locate: locator(reading.text, range, text)}
}

function scalarValue(value: unknown): ScalarNode['value'] {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  return String(value)
}

/** Exact in plain and simply quoted texts; in folded or escaped ones the nearest place that can be told. */
function locator(source: string, range: Range, text: string): (index: number) => number {
  for (const shift of [0, 1]) {
    if (source.startsWith(text, range.start + shift)) return (index) => range.start + shift + index
  }
  return (index) => {
    const word = /^[^\s]+/.exec(text.slice(index))?.[0] ?? ''
    const found = word === '' ? -1 : source.indexOf(word, range.start)
    return found === -1 || found >= range.end ? range.start : found
  }
}

function emptyScalar(at: number): ScalarNode {
  return {kind: 'scalar', value: null, text: '', range: {start: at, end: at}, locate: () => at}
}

function rangeOf(node: YamlNode, reading: Reading): Range {
  const range = node.range
  return range ? {start: range[0], end: Math.max(range[1], range[0])} : {start: 0, end: reading.text.length}
}

function clip(range: Range, text: string): Range {
  const start = Math.max(0, Math.min(range.start, text.length))
  return {start, end: Math.max(start, Math.min(range.end, text.length))}
}
