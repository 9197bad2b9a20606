// What the result was made of: as a picture, then each thing once, the data and code that came from outside, images, and the executions
// that really ran.

import type {LineageExecution, LineageModel, LineageStep, TakenReport} from '../../actions/lineage/lineage-result.ts'
import type {ReportLineage, ReportResult} from '../../actions/report/report-data.ts'
import {count} from '../time.ts'
import {shortHashes} from '../values.ts'
import type {Anchors} from './anchors.ts'
import {type Html, html} from './html.ts'
import {code, gapNotes, moment, section} from './layout.ts'
import {drawnLineage} from './lineage-picture.ts'
import {badge, lookOfApproval} from './state-words.ts'
import {contentTag, uriAlone} from './taken-words.ts'

export function lineageSection(report: ReportResult, anchors: Anchors): Html {
  const {lineage} = report
  const body = html`${gapNotes(report, 'lineage')}${drawnLineage(report)}${lineage && traced(lineage, report, anchors)}`
  return section({id: 'lineage', title: 'Lineage', body, aside: 'what this was made of'})
}

function traced({executions, steps, models, gaps}: ReportLineage, {arn}: ReportResult, anchors: Anchors): Html {
  const data = collect(steps, ({inputs}) => inputs.filter(({madeBy}) => madeBy === undefined))
  const scripts = collect(steps, (step) => step.code)
  const images = collectImages(steps)
  return html`${gaps.map((gap) => html`<p class="note">${gap}</p>`)}${[
    table(
      'Data',
      ['File', 'URI', 'Content', 'Read by'],
      data.map((used) => usedRow(used, anchors)),
    ),
    table(
      'Code',
      ['File', 'URI', 'Content', 'Run by'],
      scripts.map((used) => usedRow(used, anchors)),
    ),
    table(
      'Images',
      ['Image', 'Run by'],
      images.map(({image, by}) => [code(image), stepLinks(by, anchors)]),
    ),
    table(
      'Executions that ran the steps',
      ['Execution', 'Started', 'Steps', 'Deployed from'],
      executions.map((one) => executionRow(one, arn, steps, anchors)),
    ),
    table('Models', ['Model', 'Approval', 'Artifact', 'Served by'], models.map(modelRow)),
  ]}`
}

type Used = {readonly taken: TakenReport; readonly by: readonly string[]}

/** What several steps took is told once. */
function collect(steps: readonly LineageStep[], takenBy: (step: LineageStep) => readonly TakenReport[]): Used[] {
  const found = new Map<string, {taken: TakenReport; by: string[]}>()
  for (const step of steps) {
    for (const taken of takenBy(step)) {
      const key = JSON.stringify([taken.uri, taken.content?.value, taken.since?.state])
      const used = found.get(key) ?? {taken, by: []}
      if (!used.by.includes(step.step)) used.by.push(step.step)
      found.set(key, used)
    }
  }
  return [...found.values()]
}

function collectImages(steps: readonly LineageStep[]): {readonly image: string; readonly by: readonly string[]}[] {
  const found = new Map<string, string[]>()
  for (const {image, step} of steps) {
    if (image !== undefined) found.set(image, [...(found.get(image) ?? []), step])
  }
  return [...found].map(([image, by]) => ({image, by}))
}

function usedRow({taken, by}: Used, anchors: Anchors): Html[] {
  const {uri, file} = taken
  return [
    file === undefined ? html`<span class="absent">not noted</span>` : html`<b>${file}</b>`,
    code(shortHashes(uri)),
    contentTag(taken, 'whole') ?? uriAlone(taken),
    stepLinks(by, anchors),
  ]
}

const mostLinks = 8

function stepLinks(names: readonly string[], anchors: Anchors): Html {
  const links = names
    .slice(0, mostLinks)
    .map((name, index) => html`${index > 0 && ', '}<a href="#${anchors.of(name)}"><bdi>${name}</bdi></a>`)
  return html`${links}${names.length > mostLinks && ` and ${names.length - mostLinks} more`}`
}

function executionRow(
  {execution, arn, startedAt, origin}: LineageExecution,
  own: string,
  steps: readonly LineageStep[],
  anchors: Anchors,
): Html[] {
  const ran = steps.filter(({executionArn}) => executionArn === arn).map(({step}) => step)
  return [
    html`<code>${execution}</code>${arn === own && html` <span class="tag">this one</span>`}`,
    moment(startedAt),
    stepLinks(ran, anchors),
    deployedFrom(origin),
  ]
}

function deployedFrom(origin: LineageExecution['origin']): Html {
  if (!origin) return html`<span class="absent">not noted</span>`
  const {gitCommit, gitDirty, specSha256, mlpipeVersion} = origin
  return html`${gitCommit !== undefined && html`<span class="line">commit <code title="${gitCommit}">${gitCommit.slice(0, 12)}</code>${gitDirty === true && html` <span class="tag">with changes</span>`}</span>`}${specSha256 !== undefined && html`<span class="line">spec <code title="${specSha256}">${specSha256.slice(0, 12)}</code></span>`}${mlpipeVersion !== undefined && html`<span class="line">mlpipe ${mlpipeVersion}</span>`}`
}

function modelRow({model, approval, approvalReason, modelDataUrl, endpoints}: LineageModel): Html[] {
  return [
    code(model),
    html`${badge(lookOfApproval(approval))}${approvalReason !== undefined && html`<span class="line">${approvalReason}</span>`}`,
    modelDataUrl === undefined ? html`<span class="absent">none</span>` : code(modelDataUrl),
    endpoints.length === 0 ? html`<span class="absent">no endpoint</span>` : html`${endpoints.join(', ')}`,
  ]
}

function table(title: string, head: readonly string[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return html``
  return html`<h3>${title} <small>${count(rows.length, 'row').replace(/ rows?$/, '')}</small></h3><div class="scroll"><table class="wide"><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell, index) => html`<td data-label="${head[index]}"><div>${cell}</div></td>`)}</tr>`)}</tbody></table></div>`
}
