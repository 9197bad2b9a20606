// The outline of a box by what it stands for.

import type {Extent} from '../layout/layout.ts'
import type {NodeKind} from '../picture.ts'

/** Room that the outline takes at each side, so that no text touches it. */
type Inset = {readonly x: number; readonly y: number}

const slant = 14
const corner = 10
const lid = 7
const fold = 12

export function insetOf(kind: NodeKind): Inset {
  switch (kind) {
    case 'condition':
      return {x: slant, y: 0}
    case 'trigger':
    case 'endpoint':
      return {x: 8, y: 0}
    case 'fail':
      return {x: 4, y: 0}
    case 'data':
      return {x: 0, y: lid}
    case 'code':
    case 'image':
      return {x: fold - 4, y: 0}
    default:
      return {x: 0, y: 0}
  }
}

/** The outline as the data of a path, and a line inside of it for some. */
export function outline(
  kind: NodeKind,
  {width: w, height: h}: Extent,
): {readonly path: string; readonly inner?: string} {
  switch (kind) {
    case 'condition':
      return {path: `M${slant} 0H${w - slant}L${w} ${h / 2}L${w - slant} ${h}H${slant}L0 ${h / 2}Z`}
    case 'fail':
      return {
        path: `M${corner} 0H${w - corner}L${w} ${corner}V${h - corner}L${w - corner} ${h}H${corner}L0 ${h - corner}V${corner}Z`,
      }
    case 'trigger':
    case 'endpoint':
      return {path: roundedBox(w, h, roundness(h))}
    case 'data':
      return {
        path: `M0 ${lid}A${w / 2} ${lid} 0 0 1 ${w} ${lid}V${h - lid}A${w / 2} ${lid} 0 0 1 0 ${h - lid}Z`,
        inner: `M0 ${lid}A${w / 2} ${lid} 0 0 0 ${w} ${lid}`,
      }
    case 'code':
      return {path: `M0 0H${w - fold}L${w} ${fold}V${h}H0Z`, inner: `M${w - fold} 0V${fold}H${w}`}
    case 'image':
      return {path: `M0 0H${w}V${h}H0Z`, inner: `M5 0V${h}M${w - 5} 0V${h}`}
    case 'model':
      return {path: roundedBox(w, h, 6), inner: roundedBox(w, h, 4, 3)}
    case 'execution':
      return {path: `M0 0H${w}V${h}H0Z`}
    case 'step':
      return {path: roundedBox(w, h, 6)}
  }
}

/** How far the left or right side lies inside of the box, `offset` above or below its middle. */
export function sideInset(kind: NodeKind, height: number, offset: number): number {
  if (kind === 'condition') return (slant * Math.abs(offset)) / (height / 2)
  if (kind !== 'trigger' && kind !== 'endpoint') return 0
  const radius = roundness(height)
  const past = Math.max(0, Math.abs(offset) - (height / 2 - radius))
  return radius - Math.sqrt(Math.max(0, radius ** 2 - past ** 2))
}

function roundness(height: number): number {
  return Math.min(height / 2, 18)
}

function roundedBox(w: number, h: number, r: number, inset = 0): string {
  const [left, top, right, bottom] = [inset, inset, w - inset, h - inset]
  const arc = (x: number, y: number) => `A${r} ${r} 0 0 1 ${x} ${y}`
  return (
    `M${left + r} ${top}H${right - r}${arc(right, top + r)}V${bottom - r}${arc(right - r, bottom)}` +
    `H${left + r}${arc(left, bottom - r)}V${top + r}${arc(left + r, top)}Z`
  )
}
