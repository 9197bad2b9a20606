// The records of a text that comes in pieces: a line each, or, in a list or an indented document, an object each. No more than
// one record is held.

export type TextRecord = {/** Where it begins, from 1. */ readonly line: number; readonly text: string}

/** No event comes near; a record that is longer is given up. */
const longest = 16_000_000

export async function* readRecords(chunks: AsyncIterable<string>): AsyncGenerator<TextRecord> {
  let head = ''
  let reader: Reader | undefined
  for await (const chunk of chunks) {
    if (reader) {
      yield* reader.take(chunk)
      continue
    }
    head += chunk
    reader = readerFor(head)
    if (reader) yield* reader.take(head.replace(/^\uFEFF/, ''))
  }
  const last = reader ?? lineReader()
  if (!reader) yield* last.take(head.replace(/^\uFEFF/, ''))
  yield* last.end()
}

type Reader = {
  take(chunk: string): Iterable<TextRecord>
  end(): Iterable<TextRecord>
}

/** Undefined until the first line that is not blank is there. A brace that stands alone begins a document of several lines. */
function readerFor(head: string): Reader | undefined {
  const [, first, end] = /^\uFEFF?\s*(\S[^\n]*)(\n?)/.exec(head) ?? []
  if (first === undefined) return undefined
  if (first.startsWith('[')) return objectReader()
  if (end === '') return undefined
  return first.trim() === '{' ? objectReader() : lineReader()
}

function lineReader(): Reader {
  let rest = ''
  let line = 1

  function* record(text: string): Iterable<TextRecord> {
    const trimmed = text.trim()
    if (trimmed !== '') yield {line, text: trimmed}
  }

  return {
    *take(chunk) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = (lines.pop() ?? '').slice(0, longest)
      for (const text of lines) {
        yield* record(text)
        line += 1
      }
    },
    end: () => record(rest),
  }
}

/** Objects by their braces; what stands between them (brackets, commas) is passed over, and other text is a record of its own. */
function objectReader(): Reader {
  const scan = {line: 1, depth: 0, isInString: false, isEscaped: false}
  let parts: string[] = []
  let length = 0
  let start = 1

  function keep(text: string): void {
    length += text.length
    if (text !== '' && length <= longest) parts.push(text)
  }

  function* close(text: string): Iterable<TextRecord> {
    keep(text)
    const whole = parts.join('')
    parts = []
    length = 0
    if (whole !== '') yield {line: start, text: whole}
  }

  return {
    *take(chunk) {
      let from = 0
      for (let at = 0; at < chunk.length; at += 1) {
        const character = chunk[at] ?? ''
        const isBetween = scan.depth === 0 && !scan.isInString
        if (isBetween && ' \t\r\n,[]'.includes(character)) {
          yield* close(chunk.slice(from, at))
          from = at + 1
        } else if (isBetween && length === 0 && at === from) start = scan.line
        const isEnd = character === '}' && scan.depth === 1 && !scan.isInString
        step(scan, character)
        if (!isEnd) continue
        yield* close(chunk.slice(from, at + 1))
        from = at + 1
      }
      keep(chunk.slice(from))
    },
    end: () => close(''),
  }
}

type Scan = {line: number; depth: number; isInString: boolean; isEscaped: boolean}

function step(scan: Scan, character: string): void {
  if (character === '\n') scan.line += 1
  if (scan.isInString) {
    if (scan.isEscaped) scan.isEscaped = false
    else if (character === '\\') scan.isEscaped = true
    else if (character === '"') scan.isInString = false
    return
  }
  if (character === '"') scan.isInString = true
  else if (character === '{') scan.depth += 1
  else if (character === '}' && scan.depth > 0) scan.depth -= 1
}
