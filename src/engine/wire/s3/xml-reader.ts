// Reads the XML that S3's clients send: elements and text, no more. What a document could do harm with (a document type, entities
// of its own, depth) is refused.

export type XmlElement = {
  /** Without a namespace's prefix. */
  readonly name: string
  readonly children: readonly XmlElement[]
  /** Of a leaf; empty for an element with children. */
  readonly text: string
}

type OpenElement = {readonly tag: string; readonly children: XmlElement[]; text: string}

const deepest = 16
const token =
  /<\?xml\s[^<>?]*\?>|<!--(?:(?!--)[\s\S])*-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>/]+)\s*>|<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const entities: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', apos: "'"}

class XmlError extends Error {}

/** The root element; undefined when the text is not such a document. */
export function parseXml(text: string): XmlElement | undefined {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}

export function childrenNamed({children}: XmlElement, name: string): XmlElement[] {
  return children.filter((child) => child.name === name)
}

export function childText(element: XmlElement, name: string): string | undefined {
  return childrenNamed(element, name)[0]?.text
}

function parse(text: string): XmlElement {
  const document: OpenElement = {tag: '', children: [], text: ''}
  const open = [document]
  token.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (!match) throw new XmlError()
    take(match, open)
  }
  const [root] = document.children
  if (open.length !== 1 || document.children.length !== 1 || !root || document.text.trim() !== '') throw new XmlError()
  return root
}

function take(match: RegExpExecArray, open: OpenElement[]): void {
  const [, literal, closed, opened, , isEmpty, text] = match
  const current = open.at(-1)
  if (!current) throw new XmlError()
  if (literal !== undefined) current.text += literal
  if (text !== undefined) current.text += decode(text)
  if (opened !== undefined) open.push({tag: opened, children: [], text: ''})
  if (open.length > deepest) throw new XmlError()
  if (closed !== undefined || isEmpty === '/') close(closed ?? opened, open)
}

function close(tag: string | undefined, open: OpenElement[]): void {
  const done = open.pop()
  const parent = open.at(-1)
  if (!done || !parent || done.tag !== tag) throw new XmlError()
  const isLeaf = done.children.length === 0
  if (!isLeaf && done.text.trim() !== '') throw new XmlError()
  parent.children.push({
    name: done.tag.slice(done.tag.indexOf(':') + 1),
    children: done.children,
    text: isLeaf ? done.text : '',
  })
}

function decode(text: string): string {
  return text.replaceAll(/&([^;]*);?/g, (whole, name: string) => {
    const isClosed = whole.endsWith(';')
    const code = /^#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}))$/.exec(name)
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 16 : 10) : undefined
    const character = point === undefined ? entities[name] : toCharacter(point)
    if (!isClosed || character === undefined) throw new XmlError()
    return character
  })
}

function toCharacter(point: number): string | undefined {
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined
}
