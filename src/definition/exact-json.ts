// JSON text read and written without touching its numbers: `6.0` stays `6.0`, 9007199254740993 keeps its digits.

import {parse, stringify} from 'lossless-json'
import {canonicalJson, ExactNumber, type Json, numberJson} from './json.ts'

/** Throws a SyntaxError when the text is no JSON. Of a key that stands twice the last counts, as in JSON.parse. */
export function parseExactJson(text: string): Json {
  const options = {
    parseNumber: (number: string) => numberJson(Number(number), number),
    onDuplicateKey: ({newValue}: {newValue: unknown}) => newValue,
  }
  // The reader makes nothing but JSON values and the numbers above.
  return parse(text, undefined, options) as Json
}

const exactNumbers = [
  {
    test: (value: unknown) => value instanceof ExactNumber,
    stringify: (value: unknown) => (value as ExactNumber).text,
  },
]

/** JSON text; `space` as in JSON.stringify. */
export function formatJson(value: Json, space?: number): string {
  return stringify(value, undefined, space, exactNumbers) ?? 'null'
}

/** Whether two texts hold equal JSON: white space and the order of keys do not count. Throws when one is no JSON. */
export function sameJson(a: string, b: string): boolean {
  return a === b || canonicalJson(parseExactJson(a)) === canonicalJson(parseExactJson(b))
}
