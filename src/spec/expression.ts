// The `if:` expression: comparisons of bare paths and literals, `in`, `and`, `or`, `not`, parentheses.
//
//   expression := or ;  or := and ('or' and)* ;  and := not ('and' not)* ;  not := 'not' not | comparison
//   comparison := operand (('==' | '!=' | '<' | '<=' | '>' | '>=') operand | ['not'] 'in' '[' operand, ... ']')? | '(' or ')'

import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import type {ScalarNode} from './node.ts'
import {parseReference} from './parse-reference.ts'
import type {LiteralValue, Reference} from './value.ts'

export const comparisonOperators = ['==', '!=', '<=', '>=', '<', '>'] as const
export type ComparisonOperator = (typeof comparisonOperators)[number]

export type Operand = LiteralValue | {readonly kind: 'reference'; readonly reference: Reference; readonly range: Range}

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

/** Every operand, in the order of the text. */
export function operandsIn(expression: Expression): Operand[] {
  switch (expression.kind) {
    case 'or':
    case 'and':
      return expression.items.flatMap(operandsIn)
    case 'not':
      return operandsIn(expression.item)
    case 'compare':
      return [expression.left, expression.right]
    case 'in':
      return [expression.item, ...expression.choices]
  }
}

type Token = {
  readonly kind: 'word' | 'number' | 'string' | 'symbol'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Thrown inside this file only, to leave the descent at the first mistake. */
class ExpressionFault extends Error {
  readonly start: number
  readonly end: number
  readonly help: string | undefined

  constructor(message: string, start: number, end: number, help?: string) {
    super(message)
    this.start = start
    this.end = end
    this.help = help
  }
}

/** Parentheses may nest this deep. */
const maximumDepth = 50

/** The expression of a text node, or undefined with the reason among the findings. */
export function parseExpression(node: ScalarNode, findings: DiagnosticCollector): Expression | undefined {
  try {
    return new ExpressionParser(node, findings).parse()
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    const start = node.locate(error.start)
    const range = {start, end: start + Math.max(1, error.end - error.start)}
    findings.error('invalid-expression', range, error.message, error.help === undefined ? {} : {help: error.help})
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
    const place = next ?? {start: this.node.text.length, end: this.node.text.length + 1}
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
      const place = token ?? {start: this.node.text.length, end: this.node.text.length + 1}
      const found = token ? `found "${token.text}"` : 'the text ends'
      throw new ExpressionFault(`a path or a value is expected, ${found}`, place.start, place.end)
    }
    this.at += 1
    const range = {start: this.node.locate(token.start), end: this.node.locate(token.start) + (token.end - token.start)}
    if (token.kind === 'number') return {kind: 'literal', value: Number(token.text), text: token.text, range}
    if (token.kind === 'string') return {kind: 'literal', value: token.text, text: token.text, range}
    if (token.text === 'true' || token.text === 'false') {
      return {kind: 'literal', value: token.text === 'true', text: token.text, range}
    }
    if (token.text === 'null') return {kind: 'literal', value: null, text: token.text, range}
    if (!/[.[]/.test(token.text)) {
      throw new ExpressionFault(
        `"${token.text}" is neither a path nor a value`,
        token.start,
        token.end,
        `quote a text: '${token.text}'`,
      )
    }
    const reference = parseReference(token.text, (index) => this.node.locate(token.start + index), this.findings)
    if (reference) return {kind: 'reference', reference, range}
    this.hasWrongReference = true
    return {kind: 'literal', value: null, text: token.text, range}
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
    const token = this.peek() ?? {start: this.node.text.length, end: this.node.text.length + 1}
    throw new ExpressionFault(`"${symbol}" is missing here`, token.start, token.end)
  }

  private rangeFrom(start: number): Range {
    const last = this.tokens[this.at - 1]
    return {start, end: last ? this.node.locate(last.start) + (last.end - last.start) : start}
  }
}

function tokenize(text: string): Token[] {
  const pattern =
    /\s*(?:(\$\{[^}]*\})|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]))|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_](?:[\w-]|\.[\w]|\[[^\]]*\])*)|(==|!=|<=|>=|&&|\|\||[<>()[\],=!])|(\S))/gy
  const tokens: Token[] = []
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, braced, number, single, double, word, symbol, stray] = match
    const end = pattern.lastIndex
    const start = end - whole.trimStart().length
    const quoted = single ?? double
    if (braced !== undefined)
      tokens.push({kind: 'word', text: braced.slice(2, -1).trim(), start: start + 2, end: end - 1})
    else if (number !== undefined) tokens.push({kind: 'number', text: number, start, end})
    else if (quoted !== undefined) tokens.push({kind: 'string', text: quoted.replace(/\\(.)/g, '$1'), start, end})
    else if (word !== undefined) tokens.push({kind: 'word', text: word, start, end})
    else if (symbol === '&&' || symbol === '||') {
      throw new ExpressionFault(
        `"${symbol}" is not an operator here`,
        start,
        end,
        symbol === '&&' ? 'write and' : 'write or',
      )
    } else if (symbol !== undefined) tokens.push({kind: 'symbol', text: symbol, start, end})
    else throw new ExpressionFault(`"${stray}" is not expected here`, start, end)
  }
  return tokens
}
