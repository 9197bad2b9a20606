// Texts with `*` for any run of characters; `\*` and `\\` are the characters themselves.

/** The literal texts between the wildcards: `a*b` is ['a', 'b']. */
export type Wildcard = readonly string[]

export type ParsedWildcard =
  | {readonly kind: 'wildcard'; readonly parts: Wildcard}
  | {readonly kind: 'invalid'; readonly reason: string}

export function parseWildcard(text: string): ParsedWildcard {
  const parts = ['']
  const add = (character: string) => parts.push(`${parts.pop() ?? ''}${character}`)
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    const next = text[at + 1]
    if (character === '*') {
      // Positions count the opening quote, and count bytes, as event-ruler tells them.
      if (next === '*') return {kind: 'invalid', reason: `Consecutive wildcard characters at pos ${place(text, at)}`}
      parts.push('')
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') {
        return {kind: 'invalid', reason: `Invalid escape character at pos ${place(text, at)}`}
      }
      add(next)
      at += 1
    } else {
      add(character)
    }
  }
  return {kind: 'wildcard', parts}
}

/** Each part is taken where it comes first, which leaves the most for the parts behind it. */
export function fitsWildcard(text: string, parts: Wildcard): boolean {
  const [first = '', ...others] = parts
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

function place(text: string, at: number): number {
  return new TextEncoder().encode(text.slice(0, at)).length + 1
}
