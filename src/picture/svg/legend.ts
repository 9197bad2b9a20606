// What the colours and lines of a picture mean, in words.

import {edgeWords, toneOf} from '../lines.ts'
import type {EdgeKind, Picture, Tone} from '../picture.ts'
import {plainText} from '../plain-text.ts'
import {shortenMiddle, textWidth} from '../text-width.ts'
import {tones} from '../tones.ts'
import {fonts} from './text-box.ts'
import {escapeXml} from './xml.ts'

export type Legend = {readonly height: number; readonly svg: string}

type Entry = {readonly text: string; readonly width: number} & ({readonly tone: Tone} | {readonly edge: EdgeKind})

const swatch = 26
const gap = 18
const rowHeight = 20
const widestEntry = 260
const edgeKinds: readonly EdgeKind[] = ['data', 'order', 'branch', 'trigger']

/** Entries side by side, on as many rows as they need. */
export function drawLegend(picture: Picture, width: number): Legend {
  const parts: string[] = []
  let x = 0
  let y = 0
  for (const entry of findEntries(picture)) {
    if (x > 0 && x + entry.width > width) {
      x = 0
      y += rowHeight
    }
    parts.push(drawEntry(entry, x, y))
    x += entry.width + gap
  }
  return {height: parts.length === 0 ? 0 : y + rowHeight, svg: parts.join('\n')}
}

/** The narrowest legend there can be. */
export function legendWidth(picture: Picture): number {
  return findEntries(picture).reduce((most, {width}) => Math.max(most, width), 0)
}

function findEntries({nodes, edges}: Picture): Entry[] {
  const words = new Map<Tone, Set<string>>()
  for (const node of nodes) {
    if (node.status) words.set(toneOf(node), (words.get(toneOf(node)) ?? new Set()).add(plainText(node.status.word)))
  }
  const used = new Set(edges.map(({kind}) => kind))
  const shownEdges = used.size === 1 && used.has('data') ? [] : edgeKinds.filter((kind) => used.has(kind))
  const entryOf = (text: string) => {
    const shown = shortenMiddle(text, widestEntry, fonts.caption.size)
    return {text: shown, width: swatch + textWidth(shown, fonts.caption.size)}
  }
  return [
    ...tones.flatMap((tone): Entry[] => {
      const own = words.get(tone)
      return own ? [{...entryOf([...own].join(', ')), tone}] : []
    }),
    ...shownEdges.map((kind): Entry => ({...entryOf(edgeWords[kind]), edge: kind})),
  ]
}

function drawEntry(entry: Entry, x: number, y: number): string {
  const text = `<text x="${Math.round(x + swatch)}" y="${y + 14}">${escapeXml(entry.text)}</text>`
  const left = Math.round(x)
  if ('tone' in entry) {
    return `<g class="${entry.tone}"><rect class="box" x="${left + 1}" y="${y + 4}" width="18" height="12" rx="3"/>${text}</g>`
  }
  return `<g><path class="edge edge-${entry.edge}" d="M${left} ${y + 10}H${left + 20}"/>${text}</g>`
}
