// JSON as EventBridge reads it: by its text. A number keeps the text it was written with (300 and 300.0 are told apart),
// a name that stands twice is kept twice, and what follows the closing brace is not looked at.

export type JsonNode = ObjectNode | ArrayNode | ScalarNode
export type ObjectNode = {readonly kind: 'object'; readonly members: readonly (readonly [string, JsonNode])[]}
export type ArrayNode = {readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly written: string}
/** The text of a string without its quotes and escapes; of anything else, as it was written. */
export type ScalarNode = {readonly kind: 'string' | 'number' | 'word'; readonly text: string}

export type ReadObject =
  | {readonly kind: 'object'; readonly node: ObjectNode; readonly rest: string}
  | {readonly kind: 'broken'; readonly reason: string}

/** Nesting that no event has, and no pattern needs. */
const deepest = 1000

class BrokenJson extends Error {}

/** The object that the text begins with; `rest` is what stands behind it. */
export function readObject(text: string): ReadObject {
  const cursor = {text, at: 0}
  try {
    skipSpace(cursor)
    if (cursor.text[cursor.at] !== '{') return {kind: 'broken', reason: 'it is not a JSON object'}
    const node = readMembers(cursor, 1)
    return {kind: 'object', node, rest: text.slice(cursor.at)}
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error
    return {kind: 'broken', reason: error.message}
  }
}

type Cursor = {readonly text: string; at: number}

function readValue(cursor: Cursor, depth: number): JsonNode {
  if (depth > deepest) throw new BrokenJson(`it is nested deeper than ${deepest} levels`)
  const first = cursor.text[cursor.at]
  if (first === '{') return readMembers(cursor, depth)
  if (first === '[') return readItems(cursor, depth)
  if (first === '"') return {kind: 'string', text: readString(cursor)}
  return readBare(cursor)
}

function readMembers(cursor: Cursor, depth: number): ObjectNode {
  const members: (readonly [string, JsonNode])[] = []
  cursor.at += 1
  skipSpace(cursor)
  if (takes(cursor, '}')) return {kind: 'object', members}
  do {
    skipSpace(cursor)
    const name = readString(cursor)
    skipSpace(cursor)
    if (!takes(cursor, ':')) throw unexpected(cursor, 'a colon')
    skipSpace(cursor)
    members.push([name, readValue(cursor, depth + 1)])
    skipSpace(cursor)
  } while (takes(cursor, ','))
  if (!takes(cursor, '}')) throw unexpected(cursor, 'a comma or a closing brace')
  return {kind: 'object', members}
}

function readItems(cursor: Cursor, depth: number): ArrayNode {
  const items: JsonNode[] = []
  const start = cursor.at
  cursor.at += 1
  skipSpace(cursor)
  if (!takes(cursor, ']')) {
    do {
      skipSpace(cursor)
      items.push(readValue(cursor, depth + 1))
      skipSpace(cursor)
    } while (takes(cursor, ','))
    if (!takes(cursor, ']')) throw unexpected(cursor, 'a comma or a closing bracket')
  }
  return {kind: 'array', items, written: cursor.text.slice(start, cursor.at)}
}

const stringToken = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y
const wordToken = /(?:true|false|null)(?!\w)/y

function readString(cursor: Cursor): string {
  const token = readToken(cursor, stringToken)
  if (token === undefined) throw unexpected(cursor, 'a string in double quotes')
  return JSON.parse(token) as string
}

function readBare(cursor: Cursor): ScalarNode {
  const number = readToken(cursor, numberToken)
  if (number !== undefined) return {kind: 'number', text: number}
  const word = readToken(cursor, wordToken)
  if (word !== undefined) return {kind: 'word', text: word}
  throw unexpected(cursor, 'a JSON value')
}

function readToken(cursor: Cursor, token: RegExp): string | undefined {
  token.lastIndex = cursor.at
  const found = token.exec(cursor.text)?.[0]
  if (found !== undefined) cursor.at += found.length
  return found
}

function takes(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at += 1
  return true
}

function skipSpace(cursor: Cursor): void {
  while (' \t\r\n'.includes(cursor.text[cursor.at] ?? 'end')) cursor.at += 1
}

function unexpected({text, at}: Cursor, wanted: string): BrokenJson {
  const before = text.slice(0, at).split('\n')
  const found = at < text.length ? `'${text.slice(at, at + 1)}'` : 'the end'
  return new BrokenJson(
    `expected ${wanted} and found ${found} in line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`,
  )
}
