// What to do about a mistake of YAML's syntax: the parser says which rule was broken, not what was probably meant.

import type {YAMLError} from 'yaml'
import type {Range} from '../diagnostics/diagnostic.ts'

export type YamlProblem = {readonly message: string; readonly range: Range; readonly help: string | undefined}

export function yamlProblem({code, message}: YAMLError, range: Range, text: string): YamlProblem {
  const quote = code === 'MISSING_CHAR' ? /closing (["'])/.exec(message)?.[1] : undefined
  if (quote !== undefined) {
    const opening = openingQuote(text, quote)
    return {message: `the quote ${quote} is never closed`, range: opening ?? range, help: undefined}
  }
  return {message: sentence(message), range, help: helpFor(code, lineAt(text, range.start))}
}

function helpFor(code: YAMLError['code'], line: string): string | undefined {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return /: .*: /.test(line)
        ? 'quote a text that has ": " in it'
        : 'is the line below indented too far? quote a text that has ": " in it'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a space belongs behind the colon of a key, as in type: fail'
    case 'BAD_SCALAR_START':
      return 'quote the text'
    case 'BAD_DQ_ESCAPE':
      return 'in "double" quotes a backslash is written \\\\, in \'single\' quotes it stands for itself'
    case 'TAB_AS_INDENT':
      return 'indent with spaces'
    default:
      return undefined
  }
}

/** The first of an odd number of quotes in a line: the parser only notices at the end of the file. */
function openingQuote(text: string, quote: string): Range | undefined {
  let start = 0
  for (const line of text.split('\n')) {
    const places = [...line.matchAll(quote === '"' ? /(?<!\\)"/g : /(?<!\w)'|'(?!\w)/g)]
    const last = places.at(-1)
    if (places.length % 2 === 1 && last) return {start: start + last.index, end: start + last.index + 1}
    start += line.length + 1
  }
  return undefined
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end)
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message
  return line.charAt(0).toLowerCase() + line.slice(1)
}
