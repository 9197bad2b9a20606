// `${...}` in texts, and the paths inside: `steps.train.outputs['x'].y[0]`.

import type {DiagnosticCollector} from '../diagnostics/diagnostic.ts'
import {isJsonNumber} from '../text/json-number.ts'
import {suggestName} from '../text/nearest-name.ts'
import {describeNode, type Node, type ScalarNode} from './node.ts'
import {type PathPart, type Reference, type ReferenceRoot, referenceRoots, type Value} from './value.ts'

/** A node as a value; wrong references are reported, and the value is then undefined. */
export function parseValue(node: Node, findings: DiagnosticCollector): Value | undefined {
  if (node.kind === 'list') {
    const items = node.items.map((item) => parseValue(item, findings))
    return items.every((item) => item !== undefined) ? {kind: 'list', items, range: node.range} : undefined
  }
  if (node.kind === 'map') {
    const entries = node.entries.map(({key, keyRange, value}) => ({key, keyRange, value: parseValue(value, findings)}))
    const whole = entries.flatMap(({value, ...entry}) => (value ? [{...entry, value}] : []))
    return whole.length === entries.length ? {kind: 'map', entries: whole, range: node.range} : undefined
  }
  return typeof node.value === 'string' ? parseText(node, findings) : parseLiteral(node, findings)
}

function parseLiteral(node: ScalarNode, findings: DiagnosticCollector): Value | undefined {
  const {value, text, range} = node
  if (typeof value === 'number' && !isExact(node)) {
    findings.error('out-of-range', range, `${text} cannot be kept exactly as a number`, {
      help: 'quote it to pass it as text',
    })
    return undefined
  }
  return {kind: 'literal', value, text, range}
}

/** Whether a number passes on as it was written: decimal digits always do, `.inf` and a hexadecimal beyond 2^53 do not. */
export function isExact({value, text}: ScalarNode): boolean {
  if (typeof value !== 'number' || isJsonNumber(text)) return true
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

/** A text with `${...}` in it; `$${` stands for a literal `${`. */
function parseText(node: ScalarNode, findings: DiagnosticCollector): Value | undefined {
  const {text, range} = node
  if (!text.includes('${')) return {kind: 'literal', value: text, text, range}
  if (text === '${null}') return {kind: 'null', range}

  const parts: (string | Reference)[] = []
  let literal = ''
  let at = 0
  while (at < text.length) {
    if (text.startsWith('$${', at)) {
      literal += '${'
      at += 3
    } else if (text.startsWith('${', at)) {
      const end = text.indexOf('}', at)
      if (end === -1) {
        const start = node.locate(at)
        findings.error('invalid-reference', {start, end: Math.max(start + 2, range.end)}, '"${" is never closed', {
          help: 'close it with }, or write $${ for a literal ${',
        })
        return undefined
      }
      const reference = parseReference(text.slice(at + 2, end), (index) => node.locate(at + 2 + index), findings)
      if (!reference) return undefined
      if (literal !== '') parts.push(literal)
      literal = ''
      const start = node.locate(at)
      parts.push({...reference, range: {start, end: start + (end + 1 - at)}})
      at = end + 1
    } else {
      literal += text.charAt(at)
      at += 1
    }
  }
  if (literal !== '') parts.push(literal)

  const [first] = parts
  if (parts.length === 1 && first !== undefined) {
    return typeof first === 'string'
      ? {kind: 'literal', value: first, text: first, range}
      : {kind: 'reference', reference: first, range: first.range}
  }
  return {kind: 'text', parts, range}
}

/** The path between the braces; `locate` gives the place of its characters. */
export function parseReference(
  inner: string,
  locate: (index: number) => number,
  findings: DiagnosticCollector,
): Reference | undefined {
  const lead = inner.length - inner.trimStart().length
  const fallbackAt = /^\s*env\.[A-Za-z_]\w*:-/.exec(inner)?.[0].length
  const path = (fallbackAt === undefined ? inner : inner.slice(0, fallbackAt - 2)).trim()
  const start = locate(lead)
  const range = {start, end: start + Math.max(1, path.length)}
  const scanned = scanPath(path, (index) => locate(lead + index))
  if (!scanned || scanned.length < 1) {
    const message = path === '' ? 'there is nothing between "${" and "}"' : `"${path}" is not a reference`
    findings.error('invalid-reference', range, message, {help: referenceHelp(path)})
    return undefined
  }

  const [head, ...parts] = scanned
  const rootName = head?.kind === 'name' ? head.name : ''
  const root = referenceRoots.find((known) => known === rootName)
  if (!root) {
    const isVariable = /^[A-Z][A-Z0-9_]*$/.test(rootName) && parts.length === 0
    const help = isVariable ? variableHelp(rootName) : suggestName(rootName, referenceRoots)
    findings.error('invalid-reference', range, `"${rootName}" is not something that can be referred to`, {help})
    return undefined
  }
  if (parts.length === 0) {
    findings.error('invalid-reference', range, `"${root}" needs a name behind it`, {help: exampleOf(root)})
    return undefined
  }
  const fallback = fallbackAt === undefined ? {} : {fallback: inner.slice(fallbackAt)}
  return {root, parts, text: path, range, ...fallback}
}

/** Why a path cannot be read, where it looks like what another language has. */
function referenceHelp(path: string): string {
  const [bare = ''] = /[A-Za-z_][\w.-]*/.exec(path) ?? []
  if (path.startsWith('{')) return `one pair of braces is enough: \${${bare}}`
  const key = /\[\s*([A-Za-z_][\w-]*)\s*\]/.exec(path)?.[1]
  if (key !== undefined) return `quote the key, ['${key}'], or write .${key}`
  if (path.includes(':-')) return 'only env.NAME can have a default here; that of a parameter stands under parameters:'
  if (/[-+*/<>=]\s/.test(path)) return 'a reference names one value; it calculates and compares nothing'
  return 'a reference is like parameters.epochs or steps.train.model'
}

function variableHelp(name: string): string {
  return `\${env.${name}} is the variable where mlpipe runs; $\${${name}} passes the text on as it is`
}

/** The parts of a dotted path with `[0]` and `['key']`, or undefined when it is not one. */
export function scanPath(path: string, locate: (index: number) => number): PathPart[] | undefined {
  const pattern = /\.?([A-Za-z0-9_][\w-]*)|\[(\d+)\]|\[\s*'([^']*)'\s*\]|\[\s*"([^"]*)"\s*\]/y
  const parts: PathPart[] = []
  while (pattern.lastIndex < path.length) {
    const from = pattern.lastIndex
    const match = pattern.exec(path)
    if (!match) return undefined
    const [whole, name, index, single, double] = match
    const isDotted = whole.startsWith('.')
    if (name !== undefined && isDotted === (parts.length === 0)) return undefined
    const start = locate(isDotted ? from + 1 : from)
    const range = {start, end: start + whole.length - (isDotted ? 1 : 0)}
    const key = single ?? double
    if (name !== undefined) parts.push({kind: 'name', name, range})
    else if (index !== undefined) parts.push({kind: 'index', index: Number(index), range})
    else if (key !== undefined) parts.push({kind: 'key', key, range})
  }
  return parts
}

function exampleOf(root: ReferenceRoot): string {
  const examples: Record<ReferenceRoot, string> = {
    parameters: 'for example parameters.epochs',
    steps: 'for example steps.train.model',
    execution: 'one of execution.id, execution.arn, execution.startTime, execution.currentTime',
    pipeline: 'one of pipeline.name, pipeline.arn',
    target: 'one of target.bucket, target.region, target.account, target.role',
    env: 'for example env.HOME or env.STAGE:-dev',
  }
  return examples[root]
}

/** A value that must be one text without references. */
export function plainText(node: Node, findings: DiagnosticCollector): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) {
    findings.error('wrong-type', node.range, `expected a text, found ${describeNode(node)}`)
    return undefined
  }
  if (typeof node.value === 'string' && node.text.includes('${')) {
    findings.error('reference-not-allowed', node.range, 'a reference cannot stand here', {
      help: 'this must be known before a run: write the value itself',
    })
    return undefined
  }
  return node.text
}
