// A strict reader of XML, as far as SVG needs it: it throws where a document is not well-formed (XML 1.0), and keeps all else.

export type XmlElement = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"}
/** XML 1.0, production 2. */
const notAllowed = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const openTag = /<([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_:][\w:.-]*="[^"<]*")*)\s*(\/?)>/y
const closeTag = /<\/([A-Za-z_][\w.-]*)\s*>/y

type OpenElement = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (XmlElement | string)[]
}

export function parseXml(text: string): XmlElement {
  const wrong = notAllowed.exec(text)
  if (wrong) throw new Error(`U+${wrong[0].codePointAt(0)?.toString(16)} is no character of XML`)
  const top: OpenElement = {name: '', attributes: {}, children: []}
  const open = [top]
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('<', at)
    const words = text.slice(at, next === -1 ? text.length : next)
    if (words !== '') open.at(-1)?.children.push(unescaped(words))
    at = next === -1 ? text.length : readTag(text, next, open)
  }
  const [root, ...rest] = top.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed`)
  if (typeof root !== 'object' || rest.length > 0) throw new Error('a document has one element')
  return root
}

/** Opens or closes an element, and tells where the tag ends. */
function readTag(text: string, at: number, open: OpenElement[]): number {
  closeTag.lastIndex = at
  openTag.lastIndex = at
  const closing = closeTag.exec(text)
  if (closing) {
    const closed = open.length > 1 ? open.pop() : undefined
    if (closing[1] !== closed?.name) throw new Error(`</${closing[1]}> closes <${closed?.name}>`)
    return closeTag.lastIndex
  }
  const opening = openTag.exec(text)
  if (!opening) throw new Error(`no tag: ${text.slice(at, at + 60)}`)
  const element: OpenElement = {name: opening[1] ?? '', attributes: readAttributes(opening[2] ?? ''), children: []}
  open.at(-1)?.children.push(element)
  if (opening[3] === '') open.push(element)
  return openTag.lastIndex
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', value = ''] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`${name} is given twice`)
    attributes[name] = unescaped(value)
  }
  return attributes
}

function unescaped(text: string): string {
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const known = entities[name.slice(0, -1)]
    if (known === undefined || !name.endsWith(';')) throw new Error(`${whole} is no entity`)
    return known
  })
}

/** All elements below, itself first, in the order of the document. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child)))]
}

export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}
