// The words, numbers, texts and symbols of an `if:` expression or a `gate:`, each with its place.

export type Token = {
  readonly kind: 'word' | 'number' | 'string' | 'symbol'
  /** Of a string, what stands between the quotes, without its backslashes. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Where the character `index` of the text stands. */
  readonly locate: (index: number) => number
}

/** Leaves the descent at the first mistake; caught where the expression is parsed. */
export class ExpressionFault extends Error {
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

const tokenPattern =
  /\s*(?:(\$\{[^}]*\})|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]))|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_](?:[\w-]|\.[\w]|\[[^\]]*\])*)|(==|!=|<=|>=|&&|\|\||[<>()[\],=!])|(\S))/gy

/** A gate calculates a little; an `if:` cannot, and says so at the first such sign. */
const arithmeticSigns = ['+', '-', '*', '/']

export function tokenize(text: string, {arithmetic = false}: {readonly arithmetic?: boolean} = {}): Token[] {
  const pattern = new RegExp(tokenPattern)
  const tokens: Token[] = []
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, braced, number, single, double, word, symbol, stray] = match
    const end = pattern.lastIndex
    const start = end - whole.trimStart().length
    const quoted = single ?? double
    if (braced !== undefined) tokens.push(plain('word', braced.slice(2, -1).trim(), start + 2, end - 1))
    else if (number !== undefined) tokens.push(plain('number', number, start, end))
    else if (quoted !== undefined) tokens.push(unquote(quoted, start, end))
    else if (word !== undefined) tokens.push(plain('word', word, start, end))
    else if (symbol === '&&' || symbol === '||') {
      const help = symbol === '&&' ? 'write and' : 'write or'
      throw new ExpressionFault(`"${symbol}" is not an operator here`, start, end, help)
    } else if (symbol !== undefined) tokens.push(plain('symbol', symbol, start, end))
    else if (arithmetic && arithmeticSigns.includes(stray ?? '')) tokens.push(plain('symbol', stray ?? '', start, end))
    else throw new ExpressionFault(`"${stray}" is not expected here`, start, end)
  }
  return tokens
}

function plain(kind: Token['kind'], text: string, start: number, end: number): Token {
  return {kind, text, start, end, locate: (index) => start + index}
}

/** A backslash lets the next character stand for itself. */
function unquote(quoted: string, start: number, end: number): Token {
  const places: number[] = []
  let text = ''
  for (let at = 0; at < quoted.length; at += 1) {
    if (quoted[at] === '\\') at += 1
    places.push(start + 1 + at)
    text += quoted[at] ?? ''
  }
  return {kind: 'string', text, start, end, locate: (index) => places[index] ?? end - 1}
}
