// The `if:` expression: comparisons of bare paths and literals, `in`, `and`, `or`, `not`, parentheses.
//
//   expression := or ;  or := and ('or' and)* ;  and := not ('and' not)* ;  not := 'not' not | comparison
//   comparison := operand (('==' | '!=' | '<' | '<=' | '>' | '>=') operand | ['not'] 'in' '[' operand, ... ']')? | '(' or ')'
//   operand := path | number | text | true | false | null | 'json' '(' uri, path ')' | 'join' '(' separator, operand, ... ')'

import type {DiagnosticCollector, Range} from '../../diagnostics/diagnostic.ts'
import type {ScalarNode} from '../node.ts'
import {parseReference, parseValue} from '../parse-reference.ts'
import type {LiteralValue, Reference, Value} from '../value.ts'
import {expressionHelp} from './expression-help.ts'
import {ExpressionFault, type Token, tokenize} from './expression-tokens.ts'

export const comparisonOperators = ['==', '!=', '<=', '>=', '<', '>'] as const
export type ComparisonOperator = (typeof comparisonOperators)[number]

export type Operand =
  | LiteralValue
  | {readonly kind: 'reference'; readonly reference: Reference; readonly range: Range}
  /** A quoted text with `${...}` in it. */
  | {readonly kind: 'text'; readonly value: Value; readonly range: Range}
  /** A value in a JSON file in S3. */
  | {readonly kind: 'json'; readonly uri: Operand; readonly path: string; readonly range: Range}
  /** Values as one text, with a separator between them. */
  | {readonly kind: 'join'; readonly separator: string; readonly items: readonly Operand[]; readonly range: Range}

export type Expression =
  | {readonly kind: 'or' | 'and'; readonly items: readonly Expression[]; readonly range: Range}
  | {readonly kind: 'not'; readonly item: Expression; readonly range: Range}
  | {
      readonly kind: 'compare'
      readonly operator: ComparisonOperator
      readonly left: Operand
      readonly right: Operand
      readonly range: Range
    }
  | {readonly kind: 'in'; readonly item: Operand; readonly choices: readonly Operand[]; readonly range: Range}

/** Parentheses may nest this deep. */
const maximumDepth = 50

const jsonExample = "for example json('s3://bucket/metrics.json', 'accuracy')"

/** The expression of a text node, or undefined with the reason among the findings. */
export function parseExpression(node: ScalarNode, findings: DiagnosticCollector): Expression | undefined {
  try {
    return new ExpressionParser(node, findings).parse()
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    const start = node.locate(error.start)
    const range = {start, end: start + Math.max(1, error.end - error.start)}
    const help = expressionHelp(node.text, error.start) ?? error.help
    findings.error('invalid-expression', range, error.message, {help})
    return undefined
  }
}

class ExpressionParser {
  private readonly node: ScalarNode
  private readonly findings: DiagnosticCollector
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0
  private hasWrongReference = false

  constructor(node: ScalarNode, findings: DiagnosticCollector) {
    this.node = node
    this.findings = findings
    this.tokens = tokenize(node.text)
  }

  parse(): Expression | undefined {
    const expression = this.or()
    const extra = this.peek()
    if (extra) {
      const help = extra.text === '=' ? 'compare with ==' : undefined
      throw new ExpressionFault(`"${extra.text}" is not expected here`, extra.start, extra.end, help)
    }
    return this.hasWrongReference ? undefined : expression
  }

  private or(): Expression {
    return this.chain('or', () => this.and())
  }

  private and(): Expression {
    return this.chain('and', () => this.not())
  }

  private chain(word: 'or' | 'and', next: () => Expression): Expression {
    const items = [next()]
    while (this.takeWord(word)) items.push(next())
    const [only] = items
    if (items.length === 1 && only) return only
    return {kind: word, items, range: this.rangeFrom(items[0]?.range.start ?? 0)}
  }

  private not(): Expression {
    const token = this.takeWord('not')
    if (!token) return this.comparison()
    const item = this.nested(token, () => this.not())
    return {kind: 'not', item, range: this.rangeFrom(this.node.locate(token.start))}
  }

  private comparison(): Expression {
    const open = this.takeSymbol('(')
    if (open) {
      const inner = this.nested(open, () => this.or())
      this.expectSymbol(')')
      return inner
    }
    const left = this.operand()
    const start = left.range.start
    const operator = comparisonOperators.find((symbol) => this.takeSymbol(symbol))
    if (operator) return {kind: 'compare', operator, left, right: this.operand(), range: this.rangeFrom(start)}

    const negation = this.peekWord('not') && this.peekWord('in', 1) ? this.takeWord('not') : undefined
    if (this.takeWord('in')) {
      const choices = this.choices()
      const membership: Expression = {kind: 'in', item: left, choices, range: this.rangeFrom(start)}
      return negation ? {kind: 'not', item: membership, range: membership.range} : membership
    }
    const next = this.peek()
    const place = next ?? this.textEnd()
    const help =
      next?.text === '=' ? 'compare with ==' : `a comparison is one of ${comparisonOperators.join(' ')} or in [..]`
    throw new ExpressionFault('a comparison is missing here', place.start, place.end, help)
  }

  private choices(): Operand[] {
    this.expectSymbol('[')
    const choices: Operand[] = [this.operand()]
    while (this.takeSymbol(',')) choices.push(this.operand())
    this.expectSymbol(']')
    return choices
  }

  private operand(): Operand {
    const token = this.peek()
    if (!token || token.kind === 'symbol') {
      const place = token ?? this.textEnd()
      const found = token ? `found "${token.text}"` : 'the text ends'
      throw new ExpressionFault(`a path or a value is expected, ${found}`, place.start, place.end)
    }
    this.at += 1
    const range = this.rangeOf(token)
    if (token.kind === 'number') return {kind: 'literal', value: Number(token.text), text: token.text, range}
    if (token.kind === 'string') return this.quoted(token)
    if (token.text === 'true' || token.text === 'false') {
      return {kind: 'literal', value: token.text === 'true', text: token.text, range}
    }
    if (token.text === 'null') return {kind: 'literal', value: null, text: token.text, range}
    if (token.text === 'json' && this.takeSymbol('(')) return this.nested(token, () => this.json(token))
    if (token.text === 'join' && this.takeSymbol('(')) return this.nested(token, () => this.join(token))
    return this.path(token)
  }

  private path(token: Token): Operand {
    const range = this.rangeOf(token)
    if (!/[.[]/.test(token.text)) {
      const help = `quote a text: '${token.text}'`
      throw new ExpressionFault(`"${token.text}" is neither a path nor a value`, token.start, token.end, help)
    }
    const reference = parseReference(token.text, (index) => this.node.locate(token.locate(index)), this.findings)
    return reference ? {kind: 'reference', reference, range} : this.wrong(token)
  }

  /** A text; `${...}` may stand in it. */
  private quoted(token: Token): Operand {
    const {text} = token
    const range = this.rangeOf(token)
    const locate = (index: number) => this.node.locate(token.locate(index))
    const value = parseValue({kind: 'scalar', value: text, text, range, locate}, this.findings)
    if (!value) return this.wrong(token)
    return value.kind === 'literal' ? value : {kind: 'text', value, range}
  }

  private json(name: Token): Operand {
    const place = this.peek() ?? this.textEnd()
    const uri = this.operand()
    if (uri.kind === 'json' || (uri.kind === 'literal' && typeof uri.value !== 'string')) {
      throw new ExpressionFault('json reads a file: its first value is an S3 URI', place.start, place.end, jsonExample)
    }
    this.expectSymbol(',')
    const path = this.plainText('the path of a value in the file', jsonExample)
    this.expectSymbol(')')
    return {kind: 'json', uri, path, range: this.rangeFrom(this.node.locate(name.start))}
  }

  private join(name: Token): Operand {
    const separator = this.plainText('the separator', "for example join('-', parameters.stage, 'v2')")
    const items: Operand[] = []
    while (this.takeSymbol(',')) items.push(this.operand())
    this.expectSymbol(')')
    return {kind: 'join', separator, items, range: this.rangeFrom(this.node.locate(name.start))}
  }

  /** A quoted text that nothing is put into. */
  private plainText(what: string, help: string): string {
    const place = this.peek() ?? this.textEnd()
    const operand = this.operand()
    if (operand.kind === 'literal' && typeof operand.value === 'string') return operand.value
    throw new ExpressionFault(`${what} must be a quoted text`, place.start, place.end, help)
  }

  /** Stands for a reference that has been reported. */
  private wrong(token: Token): Operand {
    this.hasWrongReference = true
    return {kind: 'literal', value: '', text: token.text, range: this.rangeOf(token)}
  }

  private nested<T>(token: Token, read: () => T): T {
    this.depth += 1
    if (this.depth > maximumDepth) throw new ExpressionFault('the expression nests too deeply', token.start, token.end)
    const result = read()
    this.depth -= 1
    return result
  }

  private peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  private peekWord(word: string, ahead = 0): Token | undefined {
    const token = this.peek(ahead)
    return token?.kind === 'word' && token.text === word ? token : undefined
  }

  private takeWord(word: string): Token | undefined {
    const token = this.peekWord(word)
    if (token) this.at += 1
    return token
  }

  private takeSymbol(symbol: string): Token | undefined {
    const token = this.peek()
    if (token?.kind !== 'symbol' || token.text !== symbol) return undefined
    this.at += 1
    return token
  }

  private expectSymbol(symbol: string): void {
    if (this.takeSymbol(symbol)) return
    const token = this.peek() ?? this.textEnd()
    throw new ExpressionFault(`"${symbol}" is missing here`, token.start, token.end)
  }

  private textEnd(): {readonly start: number; readonly end: number} {
    const {length} = this.node.text
    return {start: length, end: length + 1}
  }

  private rangeOf({start, end}: Token): Range {
    const from = this.node.locate(start)
    return {start: from, end: from + (end - start)}
  }

  private rangeFrom(start: number): Range {
    const last = this.tokens[this.at - 1]
    return {start, end: last ? this.node.locate(last.start) + (last.end - last.start) : start}
  }
}
