// Where everything stands in an SVG of a picture, read back from its text alone, and what is in the way of what.

import {textWidth} from '../../src/picture/text-width.ts'
import {elementsOf, parseXml, textOf, type XmlElement} from '../support/xml.ts'

export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly what: string
}
type Point = {readonly x: number; readonly y: number}

export type Geometry = {
  readonly frame: Box
  readonly nodes: readonly {readonly box: Box; readonly outline: readonly Point[]; readonly texts: readonly Box[]}[]
  readonly labels: readonly Box[]
  readonly edges: readonly {readonly what: string; readonly points: readonly Point[]; readonly label?: Box}[]
  /** Title and legend. */
  readonly around: readonly Box[]
}

const sizes: Readonly<Record<string, number>> = {
  label: 13,
  heading: 15,
  note: 10.5,
  'edge-label': 10.5,
  caption: 11,
  status: 11,
}

export function readGeometry(svg: string): Geometry {
  const root = parseXml(svg)
  const [width, height] = [Number(root.attributes['width']), Number(root.attributes['height'])]
  const nodes: Geometry['nodes'][number][] = []
  const edges: Geometry['edges'][number][] = []
  const around: Box[] = []
  const visit = (element: XmlElement, at: Point) => {
    const place = moved(at, element)
    const children = element.children.filter((child) => typeof child !== 'string')
    if (element.attributes['data-node'] !== undefined) {
      nodes.push(readNode(element, place))
      return
    }
    if (element.attributes['data-from'] !== undefined) {
      edges.push(readEdge(element, place))
      return
    }
    if (element.name === 'text') around.push(textBox(element, place))
    for (const child of children) visit(child, place)
  }
  visit(root, {x: 0, y: 0})
  const labels = edges.flatMap(({label}) => (label ? [label] : []))
  return {frame: {left: 0, top: 0, right: width, bottom: height, what: 'frame'}, nodes, labels, edges, around}
}

/** Sentences about everything that overlaps, sticks out or is crossed; none in a good picture. */
export function problemsOf({frame, nodes, labels, edges, around}: Geometry): string[] {
  const boxes = nodes.map(({box}) => box)
  const texts = nodes.flatMap((node) => node.texts)
  const insides = nodes.map(({box, outline}) => ({box, outline: inner(outline)}))
  return [
    ...nodes.flatMap(({box, texts: own}) =>
      own.filter((text) => !holds(shrunk(box, 3), text)).map((text) => `${text.what} leaves ${box.what}`),
    ),
    ...overlaps([...texts, ...labels, ...around]),
    ...overlaps([...boxes, ...labels, ...around]),
    ...[...boxes, ...labels, ...around].filter((box) => !holds(frame, box)).map(({what}) => `${what} leaves the frame`),
    ...edges.flatMap(({what, points, label}) => {
      const others = labels.filter((one) => one !== label && points.some((point) => isIn(shrunk(one, 1), point)))
      const crossed = insides.filter(({box, outline}) =>
        points.some((point) => isIn(box, point) && isInside(outline, point)),
      )
      return [...crossed.map(({box}) => box), ...others].map((box) => `${what} crosses ${box.what}`)
    }),
  ]
}

function readNode(element: XmlElement, at: Point): Geometry['nodes'][number] {
  const what = element.attributes['data-node'] ?? ''
  const outline = elementsOf(element).find(({attributes}) => attributes['class'] === 'box')
  const points = pathPoints(outline?.attributes['d'] ?? '', at)
  const texts = elementsOf(element).filter(({name}) => name === 'text')
  return {box: around(points, what), outline: points, texts: texts.map((text) => textBox(text, at))}
}

function readEdge(element: XmlElement, at: Point): Geometry['edges'][number] {
  const what = `${element.attributes['data-from']} -> ${element.attributes['data-to']}`
  const [path] = elementsOf(element).filter(({name}) => name === 'path')
  const [text] = elementsOf(element).filter(({name}) => name === 'text')
  const points = pathPoints(path?.attributes['d'] ?? '', at)
  return {what, points, ...(text ? {label: textBox(text, at)} : {})}
}

function textBox(element: XmlElement, at: Point): Box {
  const {x = '0', y = '0', class: role = '', 'text-anchor': anchor, textLength} = element.attributes
  const size = sizes[role] ?? 11
  const weight = ['label', 'heading', 'status'].includes(role) ? 'bold' : 'regular'
  const width = textLength === undefined ? textWidth(textOf(element), size, weight) : Number(textLength)
  const left = at.x + Number(x) - (anchor === 'middle' ? width / 2 : 0)
  const line = at.y + Number(y)
  return {left, top: line - 0.75 * size, right: left + width, bottom: line + 0.22 * size, what: `"${textOf(element)}"`}
}

function moved(at: Point, {attributes}: XmlElement): Point {
  const [, x = '0', y = '0'] = /^translate\(([-\d.]+) ([-\d.]+)\)$/.exec(attributes['transform'] ?? '') ?? []
  return {x: at.x + Number(x), y: at.y + Number(y)}
}

/** Points of a path with absolute commands; curves and arcs by points on them, or by their ends. */
function pathPoints(data: string, at: Point): Point[] {
  const points: Point[] = []
  let here = {x: 0, y: 0}
  for (const [, command = '', rest = ''] of data.matchAll(/([MLHVCAZ])([^MLHVCAZ]*)/g)) {
    const numbers = rest
      .split(/[\s,]+/)
      .filter((text) => text !== '')
      .map(Number)
    const end = endOf(command, numbers, here)
    if (command === 'L') points.push(...between(here, end, (t) => mix(here, end, t)))
    if (command === 'C') points.push(...between(here, end, bezier(here, numbers)))
    points.push(end)
    here = end
  }
  return points.map(({x, y}) => ({x: x + at.x, y: y + at.y}))
}

function endOf(command: string, numbers: readonly number[], here: Point): Point {
  if (command === 'H') return {x: numbers[0] ?? 0, y: here.y}
  if (command === 'V') return {x: here.x, y: numbers[0] ?? 0}
  if (command === 'Z') return here
  return {x: numbers.at(-2) ?? 0, y: numbers.at(-1) ?? 0}
}

function between(from: Point, to: Point, pointAt: (t: number) => Point): Point[] {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 2)
  return Array.from({length: Math.max(0, steps - 1)}, (_, index) => pointAt((index + 1) / steps))
}

function mix(from: Point, to: Point, t: number): Point {
  return {x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t}
}

function bezier(start: Point, [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0]: readonly number[]) {
  return (t: number): Point => {
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3]
    return {x: a * start.x + b * x1 + c * x2 + d * x3, y: a * start.y + b * y1 + c * y2 + d * y3}
  }
}

function around(points: readonly Point[], what: string): Box {
  const xs = points.map(({x}) => x)
  const ys = points.map(({y}) => y)
  return {left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys), what}
}

function overlaps(boxes: readonly Box[]): string[] {
  const sorted = boxes.toSorted((a, b) => a.left - b.left)
  return sorted.flatMap((box, index) => {
    const found: string[] = []
    for (const other of sorted.slice(index + 1)) {
      if (other.left >= box.right - 0.1) break
      if (other.top < box.bottom - 0.1 && box.top < other.bottom - 0.1) found.push(`${box.what} overlaps ${other.what}`)
    }
    return found
  })
}

function shrunk(box: Box, by: number): Box {
  return {...box, left: box.left + by, top: box.top + by, right: box.right - by, bottom: box.bottom - by}
}

function holds(outer: Box, inner: Box): boolean {
  const isWide = inner.left >= outer.left - 0.1 && inner.right <= outer.right + 0.1
  return isWide && inner.top >= outer.top - 0.1 && inner.bottom <= outer.bottom + 0.1
}

function isIn(box: Box, {x, y}: Point): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom
}

/** A little smaller, so that what ends at a side is not inside. */
function inner(outline: readonly Point[]): Point[] {
  const {left, right, top, bottom} = around(outline, '')
  const middle = {x: (left + right) / 2, y: (top + bottom) / 2}
  const [wide, high] = [1 - 4 / (right - left), 1 - 4 / (bottom - top)]
  return outline.map(({x, y}) => ({x: middle.x + (x - middle.x) * wide, y: middle.y + (y - middle.y) * high}))
}

/** Whether a ray to the right crosses the outline an odd number of times. */
function isInside(outline: readonly Point[], {x, y}: Point): boolean {
  const crossings = outline.filter((start, index) => {
    const end = outline[(index + 1) % outline.length] ?? start
    return start.y > y !== end.y > y && x < start.x + ((y - start.y) / (end.y - start.y)) * (end.x - start.x)
  })
  return crossings.length % 2 === 1
}
