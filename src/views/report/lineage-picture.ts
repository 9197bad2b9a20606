// The lineage drawn: what came from outside, the step runs, the models and the endpoints that serve them. A step of this execution opens
// as in the graph.

import type {ReportResult} from '../../actions/report/report-data.ts'
import type {PictureNode} from '../../picture/picture.ts'
import {type Html, html} from './html.ts'
import {code} from './layout.ts'
import {pictureFrame} from './picture-frame.ts'
import {lookOf, lookOfApproval} from './state-words.ts'

export function drawnLineage({lineage, steps}: ReportResult): Html | undefined {
  const {picture, undrawn} = lineage ?? {}
  if (undrawn) {
    const {nodes, edges, command} = undrawn
    return html`<p class="note">With ${nodes} nodes and ${edges} edges it is too large to be drawn here: ${code(command)} draws it, for Graphviz.</p>`
  }
  if (!picture) return undefined
  const states = new Map(steps.map((step) => [step.name, step]))
  const drawn = {...picture, nodes: picture.nodes.map((node) => withLook(node, states.get(node.id)))}
  return pictureFrame(drawn, {id: 'lineage-picture', name: 'Lineage', mayTurn: true})
}

/** The words and colours that the rest of the page has for the same. */
function withLook(node: PictureNode, step: ReportResult['steps'][number] | undefined): PictureNode {
  const {kind, status} = node
  if (!status) return node
  if (kind === 'model') {
    const {tone, word} = lookOfApproval(status.word)
    return {...node, status: {tone, word}}
  }
  if (!step) return {...node, status: {...status, word: status.word.toLowerCase()}}
  const {tone, word} = lookOf(step.state)
  return {...node, status: {tone, word: step.simulated === undefined ? word : `${word}, simulated`}}
}
