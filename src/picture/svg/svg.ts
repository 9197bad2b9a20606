// A picture as SVG: light and dark by itself, no font, script or file beside it. Every box is a group with the id of its node in `data-node`.

import {type BoxGraph, type Layout, layoutGraph, type Point} from '../layout/layout.ts'
import {nodeLines, toneOf} from '../lines.ts'
import type {Direction, Picture, PictureEdge, PictureNode} from '../picture.ts'
import {plainText} from '../plain-text.ts'
import {isMeasured, shortenMiddle, textWidth} from '../text-width.ts'
import {uniqueNames} from '../unique-names.ts'
import {drawLegend, legendWidth} from './legend.ts'
import {insetOf, outline, sideInset} from './shapes.ts'
import {type SvgTheme, styleSheet} from './style.ts'
import {fonts, padding, type TextBox, textBox} from './text-box.ts'
import {escapeXml} from './xml.ts'

export type SvgOptions = {
  /** `auto` follows the reader's setting. */
  readonly theme?: SvgTheme
  /** Begins every id, so that several pictures stand in one page. */
  readonly idPrefix?: string
  readonly direction?: Direction
  /** Whether the title is drawn above; it is always there for a screen reader. */
  readonly heading?: boolean
  /** Boxes can be reached by keyboard, each with its own name. */
  readonly interactive?: boolean
}

const margin = 20
const headingHeight = 34
const legendGap = 22
const narrowest = 240
const widestLabel = 150
const ownParts = ['title', 'desc', 'tip']

export type Drawing = {readonly svg: string; readonly width: number; readonly height: number}

export function renderSvg(picture: Picture, options: SvgOptions = {}): string {
  return drawSvg(picture, options).svg
}

/** With its size in pixels. */
export function drawSvg(picture: Picture, options: SvgOptions = {}): Drawing {
  const {theme = 'auto', idPrefix = 'picture', direction = 'down', heading = true, interactive = false} = options
  const boxes = picture.nodes.map(textBox)
  const indices = new Map(picture.nodes.map(({id}, index) => [id, index]))
  const layout = layoutGraph(graphOf(picture, indices, boxes), direction)
  const width = Math.ceil(Math.max(layout.width, legendWidth(picture), narrowest))
  const legend = drawLegend(picture, width)
  const top = margin + (heading ? headingHeight : 0)
  const left = margin + Math.round((width - layout.width) / 2)
  const foot = top + layout.height + (legend.height > 0 ? legendGap : 0)
  // A node may be called as one of the picture's own parts is.
  const ids = uniqueNames([...ownParts, ...picture.nodes.map(({id}) => id)], `${idPrefix}-`)
  const title = plainText(picture.title)
  const size = {width: width + 2 * margin, height: Math.ceil(foot + legend.height + margin)}
  const role = interactive ? 'group' : 'img'
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" id="${idPrefix}" width="${size.width}" height="${size.height}" ` +
      `viewBox="0 0 ${size.width} ${size.height}" role="${role}" aria-labelledby="${idPrefix}-title ${idPrefix}-desc">`,
    `<title id="${idPrefix}-title">${escapeXml(title)}</title>`,
    `<desc id="${idPrefix}-desc">${escapeXml(plainText(picture.description))}</desc>`,
    `<style>\n${styleSheet(idPrefix, theme)}\n</style>`,
    `<defs><marker id="${idPrefix}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" ` +
      `markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0L8 4L0 8Z"/></marker></defs>`,
    `<rect class="ground" width="100%" height="100%"/>`,
    ...(heading ? [drawHeading(title, width)] : []),
    `<g transform="translate(${left} ${top})">`,
    ...picture.edges.map((edge, index) => {
      const drawn = layout.edges[index]
      return drawn ? drawEdge(edge, drawn, {picture, indices, layout, boxes, direction, idPrefix}) : ''
    }),
    ...picture.nodes.map((node, index) => {
      const place = layout.nodes[index]
      const box = boxes[index]
      return place && box ? drawNode(node, box, place, {id: ids.get(node.id) ?? '', interactive}) : ''
    }),
    '</g>',
    ...(legend.height > 0 ? [`<g class="legend" transform="translate(${margin} ${foot})">`, legend.svg, '</g>'] : []),
    '</svg>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n')
  return {svg, ...size}
}

function graphOf({edges}: Picture, indices: ReadonlyMap<string, number>, boxes: readonly TextBox[]): BoxGraph {
  return {
    nodes: boxes,
    edges: edges.map(({from, to, label}) => {
      const ends = {from: indices.get(from) ?? 0, to: indices.get(to) ?? 0}
      const text = labelText(label)
      return text === '' ? ends : {...ends, label: labelSize(text)}
    }),
  }
}

function labelText(label: string | undefined): string {
  return shortenMiddle(plainText(label ?? ''), widestLabel, fonts.note.size)
}

function labelSize(text: string): {width: number; height: number} {
  return {width: Math.ceil(textWidth(text, fonts.note.size)) + 8, height: fonts.note.height + 2}
}

function drawHeading(title: string, width: number): string {
  const shown = shortenMiddle(title, width, 15, 'bold')
  return `<text class="heading" x="${margin}" y="${margin + 14}"${safeguard(shown, textWidth(shown, 15, 'bold'))}>${escapeXml(shown)}</text>`
}

type EdgeSetting = {
  readonly picture: Picture
  readonly indices: ReadonlyMap<string, number>
  readonly layout: Layout
  readonly boxes: readonly TextBox[]
  readonly direction: Direction
  readonly idPrefix: string
}
type DrawnEdge = {readonly points: readonly Point[]; readonly label?: Point}

function drawEdge(
  {from, to, kind, label}: PictureEdge,
  {points, label: place}: DrawnEdge,
  setting: EdgeSetting,
): string {
  if (points.length < 2) return ''
  const way = pathData(reachOutlines(points, {from, to, kind}, setting), setting.direction)
  const path = `<path class="edge edge-${kind}" d="${way}" marker-end="url(#${setting.idPrefix}-tip)"/>`
  const text = labelText(label)
  const data = `data-from="${escapeXml(plainText(from))}" data-to="${escapeXml(plainText(to))}"`
  if (text === '' || !place) return `<g ${data}>${path}</g>`
  const {width, height} = labelSize(text)
  const ground = `<rect class="ground" x="${place.x - width / 2}" y="${place.y - height / 2}" width="${width}" height="${height}" rx="3"/>`
  const full = text === label ? '' : `<title>${escapeXml(plainText(label ?? ''))}</title>`
  const written =
    `<text class="edge-label" x="${place.x}" y="${rounded(place.y + fonts.note.size * 0.36)}" text-anchor="middle"` +
    `${safeguard(text, textWidth(text, fonts.note.size))}>${escapeXml(text)}</text>`
  return `<g ${data}>${full}${path}${ground}${written}</g>`
}

/** A straight piece through a layer, then a curve to the next one, and so on. */
function pathData(points: readonly Point[], direction: Direction): string {
  const [start = {x: 0, y: 0}, ...rest] = points
  const pieces = rest.map((point, index) => {
    const before = points[index] ?? start
    if (index % 2 === 0 || before.x === point.x || before.y === point.y) return `L${point.x} ${point.y}`
    const middle = direction === 'down' ? (before.y + point.y) / 2 : (before.x + point.x) / 2
    return direction === 'down'
      ? `C${before.x} ${middle} ${point.x} ${middle} ${point.x} ${point.y}`
      : `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`
  })
  return `M${start.x} ${start.y}${pieces.join('')}`
}

/** Sides that are not straight up and down lie inside of the box: the ends of an edge from the left to the right are moved to them. */
function reachOutlines(
  points: readonly Point[],
  {from, to}: PictureEdge,
  {picture, indices, boxes, layout, direction}: EdgeSetting,
): Point[] {
  if (direction === 'down') return [...points]
  const insetAt = (id: string, point: Point) => {
    const index = indices.get(id) ?? -1
    const [node, box, place] = [picture.nodes[index], boxes[index], layout.nodes[index]]
    if (!node || !box || !place) return 0
    return rounded(sideInset(node.kind, box.height, point.y - place.y)) * (point.x < place.x ? 1 : -1)
  }
  const last = points.length - 1
  return points.map((point, index) => {
    if (index === 0) return {...point, x: point.x + insetAt(from, point)}
    return index === last ? {...point, x: point.x + insetAt(to, point)} : point
  })
}

type NodeSetting = {readonly id: string; readonly interactive: boolean}

function drawNode(node: PictureNode, box: TextBox, place: Point, {id, interactive}: NodeSetting): string {
  const {path, inner} = outline(node.kind, box)
  const lines = nodeLines(node)
  const reach = interactive ? ` tabindex="0" role="img" aria-label="${escapeXml(lines.join(', '))}"` : ''
  const x = padding.x + insetOf(node.kind).x
  return [
    `<g id="${id}" class="node ${toneOf(node)}" data-kind="${node.kind}" data-node="${escapeXml(plainText(node.id))}"${reach} ` +
      `transform="translate(${place.x - box.width / 2} ${place.y - box.height / 2})">`,
    `<title>${escapeXml(lines.join('\n'))}</title>`,
    `<path class="box" d="${path}"/>`,
    ...(inner === undefined ? [] : [`<path class="inner" d="${inner}"/>`]),
    ...box.lines.map(
      ({role, text, width, y}) =>
        `<text class="${role}" x="${x}" y="${rounded(y)}"${safeguard(text, width)}>${escapeXml(text)}</text>`,
    ),
    '</g>',
  ].join('')
}

/** Characters without a known width are made to take what was reckoned for them. */
function safeguard(text: string, width: number): string {
  return isMeasured(text) ? '' : ` textLength="${rounded(width)}" lengthAdjust="spacingAndGlyphs"`
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
