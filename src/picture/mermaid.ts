// A picture as a Mermaid flowchart, which GitHub draws in Markdown. Source: Mermaid's documentation, "Flowcharts - Basic Syntax".

import {writeGroups} from './group-tree.ts'
import {nodeLines, toneOf} from './lines.ts'
import type {Direction, EdgeKind, NodeKind, Picture, PictureNode} from './picture.ts'
import {plainText} from './plain-text.ts'
import {lightTheme, tones} from './tones.ts'
import {uniqueNames} from './unique-names.ts'

/** Mermaid's own limits, which a page may not raise from within a diagram. */
const maximumEdges = 500
const maximumLength = 50_000

const shapes: Readonly<Record<NodeKind, readonly [string, string]>> = {
  step: ['[', ']'],
  condition: ['{{', '}}'],
  fail: ['[[', ']]'],
  trigger: ['([', '])'],
  execution: ['[', ']'],
  data: ['[(', ')]'],
  code: ['>', ']'],
  image: ['[/', '/]'],
  model: ['(', ')'],
  endpoint: ['([', '])'],
}

const arrows: Readonly<Record<EdgeKind, string>> = {data: '-->', order: '-.->', branch: '==>', trigger: '-.->'}

export function renderMermaid(picture: Picture, {direction = 'down'}: {readonly direction?: Direction} = {}): string {
  // With a letter before it, no id can be a keyword such as `end`, nor make an arrow of what stands before it (`---o`).
  const ids = uniqueNames(
    picture.nodes.map(({id}) => id),
    'n_',
  )
  const idOf = (id: string) => ids.get(id) ?? 'n_'
  const body = [
    `flowchart ${direction === 'down' ? 'TD' : 'LR'}`,
    `  accTitle: ${accessibleText(picture.title)}`,
    `  accDescr: ${accessibleText(picture.description)}`,
    ...writeGroups(picture, {
      node: (node) => nodeText(node, idOf),
      open: ({label}, id) => [`subgraph g_${id}[${quoted(plainText(label))}]`],
      close: 'end',
    }),
    ...picture.edges.map(({from, to, kind, label}) => {
      const text = plainText(label ?? '')
      return `  ${idOf(from)} ${arrows[kind]}${text === '' ? '' : `|${quoted(text)}|`} ${idOf(to)}`
    }),
    ...toneClasses(picture, idOf),
  ]
  const text = `${body.join('\n')}\n`
  return [...tooLarge(picture, text), text].join('\n')
}

function tooLarge({edges}: Picture, text: string): string[] {
  if (edges.length <= maximumEdges && text.length <= maximumLength) return []
  return [`%% Mermaid draws ${maximumEdges} edges and ${maximumLength} characters unless its configuration allows more`]
}

function nodeText(node: PictureNode, idOf: (id: string) => string): string {
  const [open, close] = shapes[node.kind]
  const [first = '', ...rest] = nodeLines(node)
  const label = [`<b>${escapeLabel(first)}</b>`, ...rest.map(escapeLabel)].join('<br>')
  return `${idOf(node.id)}${open}"${label}"${close}`
}

function toneClasses({nodes}: Picture, idOf: (id: string) => string): string[] {
  return tones.flatMap((tone) => {
    const members = nodes.filter((node) => toneOf(node) === tone).map(({id}) => idOf(id))
    if (members.length === 0) return []
    const {fill, stroke, text} = lightTheme.tones[tone]
    const dashes = tone === 'idle' ? ',stroke-dasharray:4 3' : ''
    return [
      `  classDef ${tone} fill:${fill},stroke:${stroke},color:${text}${dashes}`,
      `  class ${members.join(',')} ${tone}`,
    ]
  })
}

function quoted(text: string): string {
  return `"${escapeLabel(text)}"`
}

/** Entity codes for what would end the quotes or be read as HTML; what looks like a `style` or `classDef` statement gets no colon. */
function escapeLabel(text: string): string {
  const marked = withoutMarkdown(text).replace(/[#"<>&*`\\]/g, entity)
  return /style|classDef/.test(marked) ? marked.replaceAll(':', '#58;') : marked
}

/**
 * From version 11 on Mermaid reads every text as Markdown, after its entity codes. So a word joiner, which nobody sees, stands where a list,
 * heading, link or definition of one would begin, a hair space behind each mark that would begin an emphasis, and for each backtick a letter that looks like it. Source: CommonMark,
 * "Emphasis and strong emphasis"; GitHub Flavored Markdown, "Autolinks".
 */
function withoutMarkdown(text: string): string {
  return text
    .replaceAll('`', '\u02CB')
    .replace(/(?:[*~]|(?<![\p{L}\p{N}_])_+)(?!\s)/gu, '$&\u200A')
    .replace(/^(?=[-+*#>=]|\d+[.)])|(?<=\\)(?!\s)|(?<=\])(?=[([:])|(?<=:)(?=\/\/)|(?<=www)(?=\.)|(?=@)/gi, '\u2060')
}

function entity(character: string): string {
  return `#${character.charCodeAt(0)};`
}

/** A line without quotes: it ends at the line's end, and nothing in it means anything but `#` and `;`. */
function accessibleText(text: string): string {
  return plainText(text).replace(/[#;{}]/g, ' ')
}
