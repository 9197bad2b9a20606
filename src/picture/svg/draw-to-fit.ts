// A picture in the direction in which it fits a page the better. It is laid out to know that: sizes of boxes alone do not tell how much
// lines take.

import type {Picture} from '../picture.ts'
import {type Drawing, drawSvg, type SvgOptions} from './svg.ts'

/** Down, where `room` is wide enough for that; otherwise the way that is narrower. */
export function drawToFit(picture: Picture, options: Omit<SvgOptions, 'direction'>, room: number): Drawing {
  const down = drawSvg(picture, {...options, direction: 'down'})
  if (down.width <= room) return down
  const right = drawSvg(picture, {...options, direction: 'right'})
  return right.width < down.width ? right : down
}
