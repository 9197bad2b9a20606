// What a `gate:` requires of a metric: one text, or a mapping that says the same.
//
//   requirement := metric ('>=' | '>' | '<=' | '<') threshold
//   metric      := a path in the report, such as accuracy or classes[0].recall | steps.S.reports.R.path
//   threshold   := number | parameters.NAME | 'champion' (('-' | '+' | '*') number)?

import type {DiagnosticCollector, Range} from '../../diagnostics/diagnostic.ts'
import {type JsonSchema, oneOf, type Reader, reader, readFields, recordSchema, required} from '../fields.ts'
import {describeNode, type Node, type ScalarNode} from '../node.ts'
import {parseReference, scanPath} from '../parse-reference.ts'
import {type PathPart, type Reference, referenceRoots} from '../value.ts'
import {ExpressionFault, type Token, tokenize} from './expression-tokens.ts'
import {amountHelp, gateHelp, thresholdHelp} from './gate-help.ts'

export const gateComparisons = ['>=', '>', '<=', '<'] as const
export type GateComparison = (typeof gateComparisons)[number]

export type GateMetric =
  /** In the report of the gate. */
  | {readonly kind: 'path'; readonly parts: readonly PathPart[]; readonly text: string; readonly range: Range}
  | {readonly kind: 'reference'; readonly reference: Reference; readonly range: Range}

export type GateThreshold =
  | {readonly kind: 'number'; readonly value: number; readonly text: string; readonly range: Range}
  | {readonly kind: 'reference'; readonly reference: Reference; readonly range: Range}
  /** What the latest approved model came to, with a little room. */
  | {
      readonly kind: 'champion'
      readonly operation?: {readonly sign: '-' | '+' | '*'; readonly amount: number}
      readonly range: Range
    }

export type GateRequirement = {
  readonly metric: GateMetric
  readonly comparison: GateComparison
  readonly threshold: GateThreshold
  readonly range: Range
}

const example = 'for example accuracy >= 0.93, or accuracy >= champion - 0.01'

/** Words for those who would rather not quote a sign in a mapping. */
const comparisonWords: Readonly<Record<string, GateComparison>> = {
  'at-least': '>=',
  above: '>',
  'at-most': '<=',
  below: '<',
}

const comparisonReader = oneOf([...gateComparisons, ...Object.keys(comparisonWords)])

const metricReader: Reader<GateMetric> = reader({type: 'string'}, (node, findings) =>
  whole(node, findings, 'a metric', (cursor) => cursor.metric()),
)

const thresholdReader: Reader<GateThreshold> = reader({anyOf: [{type: 'number'}, {type: 'string'}]}, (node, findings) =>
  whole(node, findings, 'a threshold', (cursor) => cursor.threshold(), true),
)

const requirementFields = {
  metric: required(metricReader, 'a value in the report, such as accuracy'),
  comparison: required(comparisonReader, '>=, >, <= or <; or at-least, above, at-most, below'),
  threshold: required(thresholdReader, 'a number, parameters.NAME, or champion, such as champion - 0.01'),
}

const requirementSchema: JsonSchema = {anyOf: [{type: 'string'}, recordSchema(requirementFields)]}

/** One requirement, or a list of which all must hold. */
export const gateReader: Reader<readonly GateRequirement[]> = reader(
  {anyOf: [...(requirementSchema.anyOf as readonly JsonSchema[]), {type: 'array', items: requirementSchema}]},
  (node, findings) => {
    const items = node.kind === 'list' ? node.items : [node]
    if (items.length === 0) findings.error('invalid-gate', node.range, 'a gate requires something', {help: example})
    const read = items.map((item) => readRequirement(item, findings))
    // What could be read is looked at further: each requirement may have its own mistake.
    const known = read.filter((requirement) => requirement !== undefined)
    return known.length > 0 ? known : undefined
  },
)

function readRequirement(node: Node, findings: DiagnosticCollector): GateRequirement | undefined {
  if (node.kind === 'map') {
    const {metric, comparison, threshold} = readFields(node, requirementFields, findings, 'a gate')
    if (!metric || !comparison || !threshold) return undefined
    const sign = gateComparisons.find((known) => known === comparison.value) ?? comparisonWords[comparison.value]
    return sign && {metric, comparison: sign, threshold, range: node.range}
  }
  return whole(node, findings, 'a requirement', (cursor) => {
    const metric = cursor.metric()
    const comparison = cursor.comparison()
    const threshold = cursor.threshold()
    return metric && threshold && {metric, comparison, threshold, range: node.range}
  })
}

/** Reads a text to its end; undefined with the reason among the findings. */
function whole<T>(
  node: Node,
  findings: DiagnosticCollector,
  what: string,
  read: (cursor: GateCursor) => T | undefined,
  takesNumber = false,
): T | undefined {
  const isText = node.kind === 'scalar' && typeof node.value === 'string'
  const isNumber = takesNumber && node.kind === 'scalar' && typeof node.value === 'number'
  if (!isText && !isNumber) {
    findings.error('wrong-type', node.range, `expected ${what}, found ${describeNode(node)}`, {help: example})
    return undefined
  }
  try {
    const cursor = new GateCursor(node, findings)
    const result = read(cursor)
    cursor.end()
    return result
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    const start = node.locate(error.start)
    const range = {start, end: start + Math.max(1, error.end - error.start)}
    const help = error.help ?? gateHelp(node.text, error.start)
    findings.error('invalid-gate', range, error.message, {help})
    return undefined
  }
}

class GateCursor {
  private readonly node: ScalarNode
  private readonly findings: DiagnosticCollector
  private readonly tokens: readonly Token[]
  private at = 0

  constructor(node: ScalarNode, findings: DiagnosticCollector) {
    this.node = node
    this.findings = findings
    this.tokens = tokenize(node.text, {arithmetic: true})
  }

  metric(): GateMetric | undefined {
    const token = this.take('a metric')
    const {text} = token
    const range = this.rangeOf(token)
    if (token.kind === 'number') {
      throw fault(`"${text}" is no metric`, token, 'the metric comes first: accuracy >= 0.93, not 0.93 <= accuracy')
    }
    if (token.kind !== 'word') {
      throw fault(`"${text}" is no metric`, token, 'a metric is written without quotes, such as accuracy')
    }
    if (isChampion(text)) {
      throw fault('the champion is what a metric is compared with', token, 'write accuracy >= champion')
    }
    const root = referenceRoots.find((known) => text === known || text.startsWith(`${known}.`))
    if (root !== undefined && root !== 'steps') throw fault(`"${text}" is no metric`, token, example)
    if (root === 'steps') {
      const reference = this.reference(token)
      return reference && {kind: 'reference', reference, range}
    }
    const parts = scanPath(text, (index) => this.node.locate(token.locate(index)))
    if (!parts) throw fault(`"${text}" is no path in a report`, token, 'such as accuracy or classes[0].recall')
    return {kind: 'path', parts, text, range}
  }

  comparison(): GateComparison {
    const token = this.peek()
    const sign = gateComparisons.find((known) => token?.kind === 'symbol' && token.text === known)
    if (sign) {
      this.at += 1
      return sign
    }
    const place = token ?? this.textEnd()
    if (token?.text === '==' || token?.text === '!=') {
      throw fault('a gate compares by size', place, `one of ${gateComparisons.join(' ')}; equality is for if:`)
    }
    const isSwapped = token?.text === '=' && ['>', '<'].includes(this.peek(1)?.text ?? '')
    const help = isSwapped ? undefined : `one of ${gateComparisons.join(' ')}, ${example}`
    throw fault('a comparison is missing here', place, help)
  }

  threshold(): GateThreshold | undefined {
    this.refuseSplitSign()
    const token = this.take('a threshold')
    const {text} = token
    const range = this.rangeOf(token)
    if (token.kind === 'number') return this.number(token)
    if (token.kind !== 'word') throw fault(`"${text}" is no threshold`, token, 'a threshold is written without quotes')
    if (text === 'champion') return this.champion(token)
    if (isChampion(text)) {
      const help = text.startsWith('champion-')
        ? 'with spaces: champion - 0.01'
        : 'champion alone stands for its metric'
      throw fault(`"${text}" is no threshold`, token, help)
    }
    if (!text.startsWith('parameters.')) throw fault(`"${text}" is no threshold`, token, thresholdHelp(text))
    const reference = this.reference(token)
    return reference && {kind: 'reference', reference, range}
  }

  end(): void {
    const extra = this.peek()
    if (!extra) return
    const message = `"${extra.text}" is not expected here`
    if (extra.text === 'and') throw fault(message, extra, 'write a list, of which all must hold: [auc > 0.9, loss < 1]')
    if (extra.text === 'or') throw fault(message, extra, 'a gate requires all that it says; either of two is for if:')
    if (['+', '-', '*', '/'].includes(extra.text)) {
      throw fault(
        message,
        extra,
        'only the champion is calculated with: champion - 0.01, champion + 2, champion * 0.98',
      )
    }
    throw fault(message, extra)
  }

  /** `> =`, where `>=` is meant. */
  private refuseSplitSign(): void {
    const before = this.peek(-1)?.text ?? ''
    const token = this.peek()
    if (token?.text !== '=' || !['>', '<'].includes(before)) return
    throw fault(`"${before} =" is no comparison`, token, `write ${before}= without a space`)
  }

  private number(token: Token): GateThreshold {
    const next = this.peek(1)
    if (this.peek()?.kind === 'symbol' && next?.text === 'champion') {
      const sign = this.peek()?.text
      const help = sign === '*' || sign === '+' ? `the champion comes first: champion ${sign} ${token.text}` : undefined
      throw fault(`"${sign}" is not expected here`, this.peek() ?? token, help)
    }
    const value = Number(token.text)
    if (!Number.isFinite(value)) throw fault(`${token.text} is too large for a number`, token)
    return {kind: 'number', value, text: token.text, range: this.rangeOf(token)}
  }

  /** `champion -0.01` means what it looks like. */
  private champion(name: Token): GateThreshold {
    const from = this.rangeOf(name)
    const next = this.peek()
    if (!next) return {kind: 'champion', range: from}
    const isNegative = next.kind === 'number' && next.text.startsWith('-')
    const sign = isNegative ? '-' : (['-', '+', '*'] as const).find((known) => known === next.text)
    if (!sign) {
      const help = next.text === '/' ? 'multiply: champion * 0.98' : undefined
      throw fault(`"${next.text}" is not expected here`, next, help)
    }
    if (!isNegative) this.at += 1
    const token = this.take('a number')
    const amount = Number(isNegative ? token.text.slice(1) : token.text)
    if (token.kind !== 'number') {
      const help = "the champion's threshold is worked out before a run: write the number itself"
      throw fault(`"${token.text}" is no number`, token, token.text.startsWith('parameters.') ? help : undefined)
    }
    if (!(amount > 0)) throw fault(`${token.text} is not above 0`, token, amountHelp(sign, token.text))
    // Both are part of the path that the condition reads.
    if (amount >= 1e15 || amount < 1e-15) {
      throw fault(`${token.text} is out of reach`, token, 'an amount lies between 1e-15 and 1e15')
    }
    return {
      kind: 'champion',
      operation: {sign, amount},
      range: {start: from.start, end: this.rangeOf(token).end},
    }
  }

  private reference(token: Token): Reference | undefined {
    return parseReference(token.text, (index) => this.node.locate(token.locate(index)), this.findings)
  }

  private take(what: string): Token {
    const token = this.peek()
    if (!token || token.kind === 'symbol') {
      const found = token ? `found "${token.text}"` : 'the text ends'
      throw fault(`${what} is expected, ${found}`, token ?? this.textEnd(), token ? undefined : example)
    }
    this.at += 1
    return token
  }

  private peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  private textEnd(): Pick<Token, 'start' | 'end'> {
    const {length} = this.node.text
    return {start: length, end: length + 1}
  }

  private rangeOf({start, end}: Token): Range {
    const from = this.node.locate(start)
    return {start: from, end: from + (end - start)}
  }
}

/** Also `champion-0.01`, which is one word. */
function isChampion(text: string): boolean {
  return /^champion(?![\w])/.test(text)
}

function fault(message: string, {start, end}: Pick<Token, 'start' | 'end'>, help?: string): ExpressionFault {
  return new ExpressionFault(message, start, end, help)
}
