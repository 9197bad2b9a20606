// A picture on the page, in a frame that scrolls: the graph of the pipeline, and the lineage.

import type {Picture} from '../../picture/picture.ts'
import {drawToFit} from '../../picture/svg/draw-to-fit.ts'
import {drawSvg} from '../../picture/svg/svg.ts'
import {asMarkup, type Html, html} from './html.ts'

/** Begin the ids of what is drawn; styles/sections.ts gives these the colours of the page, so that they follow its theme. */
export type PictureId = 'picture' | 'lineage-picture'

export type Frame = {
  readonly id: PictureId
  /** What it shows, for those who come by keyboard. */
  readonly name: string
  /** It runs to the right where it is too wide otherwise; if not, always down. */
  readonly mayTurn?: boolean
}

/** The widest that a page shows without scrolling; see styles/page.ts. */
const measure = 1080
/** What is higher than this would be too small to read on one sheet of paper; it goes on over several. */
const highestOnPaper = 2000

export function pictureFrame(picture: Picture, {id, name, mayTurn = false}: Frame): Html {
  const options = {theme: 'light', idPrefix: id, heading: false, interactive: true} as const
  const {svg, height} = mayTurn ? drawToFit(picture, options, measure) : drawSvg(picture, options)
  const long = height > highestOnPaper && html` long`
  return html`<div class="graph${long}" tabindex="0" role="group" aria-label="${name}, scrolls">${asMarkup(svg)}</div><p class="graph-tools"><button type="button" aria-describedby="${id}-title">Fit to width</button></p>`
}
