// A picture on a terminal: a line for each node beside the rails of its edges. What does not fit beside goes below, and the rails go on.

import type {NodeKind, Picture, PictureEdge, PictureNode, Tone} from '../picture/picture.ts'
import {marks, type RailRow, railRows} from '../picture/rails/rails.ts'
import {cutMiddle, flow, wrap} from './flow.ts'
import {oneLine} from './printable.ts'
import {displayWidth, type Paint, padEnd, painter, truncate} from './style.ts'
import type {Screen} from './view.ts'

const symbols: Readonly<Record<Tone, string>> = {
  plain: ' ',
  good: '✓',
  reused: '=',
  work: '~',
  open: '?',
  bad: '✗',
  idle: '.',
}

const kindWords: Readonly<Record<NodeKind, string>> = {
  step: 'step',
  condition: 'condition',
  fail: 'fail',
  trigger: 'trigger',
  execution: 'pipeline',
  data: 'data',
  code: 'code',
  image: 'image',
  model: 'model',
  endpoint: 'endpoint',
}

const gap = '  '
/** Where the terminal is narrow, rails, types and names give way, in this order. */
const widestRails = 24
const widestCaption = 20
const widestName = 34
const widestStatus = 24
const narrowestName = 14
const widest = 140
/** Lines of notes below a node. */
const noteLines = 4

type Columns = {readonly rails: number; readonly name: number; readonly caption: number; readonly status: number}

/** Title, rows, and what the marks mean. */
export function pictureLines(picture: Picture, {width, colour}: Screen): string[] {
  const paint = painter(colour)
  const screen = Math.min(width, widest)
  const rows = railRows(picture)
  const columns = chooseColumns(picture.nodes, rows, screen)
  const arriving = new Map<string, PictureEdge[]>()
  for (const edge of picture.edges) arriving.set(edge.to, [...(arriving.get(edge.to) ?? []), edge])
  return [
    truncate(paint.bold(oneLine(picture.title)), screen),
    ...wrap(oneLine(picture.description), screen).map(paint.dim),
    '',
    ...rows.flatMap((row) => rowLines(row, row.node ? (arriving.get(row.node.id) ?? []) : [], columns, screen, paint)),
    ...(rows.length === 0 ? [] : ['', ...legend(picture, screen, paint)]),
  ]
}

function chooseColumns(nodes: readonly PictureNode[], rows: readonly RailRow[], width: number): Columns {
  const longest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0)
  const rails = Math.min(longest(rows.map((row) => row.rails)), widestRails, Math.floor(width / 3))
  const name = Math.min(longest(nodes.map(({label}) => oneLine(label))), widestName)
  const caption = Math.min(longest(nodes.map(captionOf)), widestCaption)
  const status = Math.min(longest(nodes.map(statusOf)), widestStatus)
  const used = (columns: Columns) =>
    [columns.rails, columns.name, columns.caption, columns.status].reduce(
      (sum, column) => (column === 0 ? sum : sum + column + gap.length),
      -gap.length,
    )
  const whole = {rails, name, caption, status}
  if (used(whole) <= width) return whole
  const untyped = {...whole, caption: 0}
  return {...untyped, name: Math.max(narrowestName, name - Math.max(0, used(untyped) - width))}
}

function rowLines(
  {rails, node, at, below}: RailRow,
  arriving: readonly PictureEdge[],
  columns: Columns,
  width: number,
  paint: Paint,
): string[] {
  if (!node || at === undefined) return [truncate(paint.dim(rails), width)]
  const colour = colourOf(node, paint)
  const mark = rails.slice(at, at + 1)
  const drawn = paint.dim(rails.slice(0, at)) + colour(mark) + paint.dim(rails.slice(at + 1))
  const cells = [
    padEnd(drawn, columns.rails),
    padEnd(paint.bold(cutMiddle(oneLine(node.label), columns.name)), columns.name),
    ...(columns.caption === 0 ? [] : [paint.dim(padEnd(truncate(captionOf(node), columns.caption), columns.caption))]),
    ...(columns.status === 0 ? [] : [colour(padEnd(truncate(statusOf(node), columns.status), columns.status))]),
  ]
  const line = cells.join(gap)
  const short = trimEnd(line)
  const notes = [...new Set([...arrivalNotes(arriving), ...node.notes.map(oneLine)])].join('; ')
  if (notes === '') return [truncate(short, width)]
  // Out of line with the others, if need be, before they get a line of their own.
  const narrow = node.status ? line : cells.slice(0, columns.status === 0 ? undefined : -1).join(gap)
  const beside = [line, narrow, short].find((head) => displayWidth(head) + gap.length + displayWidth(notes) <= width)
  if (beside !== undefined) return [`${beside}${gap}${paint.dim(notes)}`]
  const lead = `${padEnd(below, columns.rails)}${gap}  `
  const wrapped = wrap(notes, Math.max(narrowestName, width - displayWidth(lead)))
  const cut = wrapped.slice(0, noteLines)
  if (wrapped.length > noteLines) cut[noteLines - 1] += '…'
  return [short, ...cut.map((text) => paint.dim(`${lead}${text}`))].map((text) => truncate(text, width))
}

/** Without blanks at its end, whatever their colour. */
function trimEnd(line: string): string {
  const end = /(?: |\u001B\[\d+m)*$/.exec(line)?.[0] ?? ''
  return line.slice(0, line.length - end.length) + end.replaceAll(' ', '')
}

/** What rails do not tell: which branch it is, and where nothing is read. */
function arrivalNotes(edges: readonly PictureEdge[]): string[] {
  return edges.flatMap(({kind, from, label}) => {
    if (kind === 'branch') return [`if ${oneLine(from)} is ${label !== 'else'}`]
    return kind === 'order' ? [`after ${oneLine(from)}`] : []
  })
}

function captionOf({caption = ''}: PictureNode): string {
  return oneLine(caption)
}

function statusOf({status}: PictureNode): string {
  return status ? `${status.mark ?? symbols[status.tone]} ${oneLine(status.word)}` : ''
}

function colourOf({status}: PictureNode, paint: Paint): (text: string) => string {
  switch (status?.tone) {
    case 'good':
      return paint.green
    case 'reused':
      return paint.cyan
    case 'work':
      return paint.yellow
    case 'bad':
      return paint.red
    case 'open':
      return paint.bold
    case 'idle':
      return paint.dim
    default:
      return (text) => text
  }
}

/** The marks that are used, and how many nodes stand how. */
function legend({nodes}: Picture, width: number, paint: Paint): string[] {
  const kinds = new Map(nodes.map(({kind}) => [marks[kind], [] as NodeKind[]]))
  for (const {kind} of nodes) {
    const own = kinds.get(marks[kind]) ?? []
    if (!own.includes(kind)) own.push(kind)
  }
  const pieces = [...kinds].map(([mark, own]) => ({
    text: `${mark} ${own.map((kind) => kindWords[kind]).join(' or ')}`,
    paint: paint.dim,
  }))
  const counts = new Map<string, number>()
  // A trigger that is switched off says nothing of the steps.
  const standing = nodes.filter(({kind}) => kind !== 'trigger')
  for (const {status} of standing) if (status) counts.set(status.word, (counts.get(status.word) ?? 0) + 1)
  const summary = [...counts].map(([word, amount]) => `${amount} ${oneLine(word)}`).join(', ')
  return [...(summary === '' ? [] : flow([{text: summary}], width, 0)), ...flow(pieces, width, 0)]
}
