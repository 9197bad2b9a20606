// The filter patterns of CloudWatch Logs that are made of terms ("Filter pattern syntax", matching terms in unstructured
// log events): every term has to be there, `-term` must not, and of `?term`s one is enough. Terms tell upper from lower case.

export type LogPattern = (message: string) => boolean

/** Undefined for a pattern that looks into JSON, columns or regular expressions. */
export function parseLogPattern(text: string): LogPattern | undefined {
  const pattern = text.trim()
  if (/^[{[]/.test(pattern) || /%/.test(pattern)) return undefined
  const terms = pattern.match(/[?-]?(?:"[^"]*"|[^\s"]+)/g) ?? []
  const beginningWith = (sign: string) =>
    terms.filter((term) => term.startsWith(sign)).map((term) => bare(term.slice(1)))
  const [optional, excluded] = [beginningWith('?'), beginningWith('-')]
  const required = terms.filter((term) => !/^[?-]/.test(term)).map(bare)
  // "?" has no effect beside terms without it.
  const isOneEnough = required.length === 0 && optional.length > 0

  return (message) => {
    if (excluded.some((term) => message.includes(term))) return false
    if (isOneEnough) return optional.some((term) => message.includes(term))
    return required.every((term) => message.includes(term))
  }
}

function bare(term: string): string {
  return term.replace(/^"|"$/g, '')
}
