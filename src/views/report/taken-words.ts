// What a step took, and by what its content is known.

import type {TakenReport} from '../../actions/lineage/lineage-result.ts'
import {sinceWords} from '../since-words.ts'
import {shortHashes} from '../values.ts'
import type {Anchors} from './anchors.ts'
import {type Html, html} from './html.ts'

/** The input, the file that it was uploaded from, the step that made it, its URI and content: as far as each is known. */
export function takenLine(taken: TakenReport, anchors: Anchors): Html {
  const {name, uri, file, madeBy, since} = taken
  const source = madeBy && html` from <a href="#${anchors.of(madeBy.step)}">${madeBy.step}</a>`
  const words = sinceWords(since)
  const told = words !== undefined && html` <span class="tag">${words}</span>`
  return html`${name}${file !== undefined && html` <b>${file}</b>`}${source} <code>${shortHashes(uri)}</code> ${contentTag(taken)}${told}`
}

/** Of what no hash and no fingerprint tells. */
export function uriAlone({since}: TakenReport): Html {
  const words = since?.state === 'older' ? 'nothing newer lies there' : sinceWords(since)
  return html`<span class="absent">by its URI alone</span>${words !== undefined && html`<span class="line">${words}</span>`}`
}

/** The first digits; `whole` on a place where they are told once. */
export function contentTag({content, fileSha256}: TakenReport, length: 'short' | 'whole' = 'short'): Html | undefined {
  if (!content) return undefined
  const kind = content.kind === 'fingerprint' ? 'fingerprint' : 'sha256'
  // Of a file that went up in an archive, its own hash is what can be compared.
  const value = fileSha256 ?? content.value
  const title = length === 'whole' && html` title="${value}"`
  return html`<span class="hash"${title}>${kind} ${value.slice(0, 12)}</span>`
}
