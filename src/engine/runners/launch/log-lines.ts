// Bytes of a job's output → lines.

import {StringDecoder} from 'node:string_decoder'

/** CloudWatch Logs takes events of at most 256 KiB; a longer line is cut into several. Measured in UTF-16 units, four bytes at most. */
export const lineLimit = 64 * 1024

export type LineSplitter = {push(chunk: Buffer): void; end(): void}

/** Calls `onLine` for every line, without its line end. What is not UTF-8 becomes U+FFFD; `end` gives the unfinished last line. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''

  const take = (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) emit(line.endsWith('\r') ? line.slice(0, -1) : line)
    while (rest.length > lineLimit) {
      const cut = cutAt(rest)
      onLine(rest.slice(0, cut))
      rest = rest.slice(cut)
    }
  }
  const emit = (line: string) => {
    let left = line
    while (left.length > lineLimit) {
      const cut = cutAt(left)
      onLine(left.slice(0, cut))
      left = left.slice(cut)
    }
    onLine(left)
  }
  return {
    push: (chunk) => take(decoder.write(chunk)),
    end() {
      take(decoder.end())
      if (rest !== '') emit(rest)
      rest = ''
    },
  }
}

/** Not between the two halves of a character. */
function cutAt(text: string): number {
  const last = text.charCodeAt(lineLimit - 1)
  return last >= 0xd800 && last <= 0xdbff ? lineLimit - 1 : lineLimit
}
