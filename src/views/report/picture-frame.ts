// A picture on the page, in a frame that scrolls: the graph of the pipeline, and the lineage.

import type {Direction, Picture} from '../../picture/picture.ts'
import {renderSvg} from '../../picture/svg/svg.ts'
import {asMarkup, type Html, html} from './html.ts'

/** Begin the ids of what is drawn; styles/sections.ts gives these the colours of the page, so that they follow its theme. */
export type PictureId = 'picture' | 'lineage-picture'

export type Frame = {
  readonly id: PictureId
  /** What it shows, for those who come by keyboard. */
  readonly name: string
  readonly direction?: Direction
}

/** What is higher than this would be too small to read on one sheet of paper; it goes on over several. */
const highestOnPaper = 2000

export function pictureFrame(picture: Picture, {id, name, direction = 'down'}: Frame): Html {
  const svg = renderSvg(picture, {theme: 'light', idPrefix: id, direction, heading: false, interactive: true})
  const [, height = '0'] = /height="(\d+)"/.exec(svg) ?? []
  const long = Number(height) > highestOnPaper && html` long`
  return html`<div class="graph${long}" tabindex="0" role="group" aria-label="${name}, scrolls">${asMarkup(svg)}</div><p class="graph-tools"><button type="button" aria-describedby="${id}-title">Fit to width</button></p>`
}
