// The pieces that sections are put together from: headings, lists of facts, notes of what is missing, texts to copy.

import type {ReportPart} from '../../actions/executions/execution-report.ts'
import type {ReportResult} from '../../actions/report/report-data.ts'
import {asText, type Html, html} from './html.ts'

export type Section = {readonly id: string; readonly title: string; readonly body: Html; readonly aside?: string}

export function section({id, title, body, aside}: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><header class="title"><h2 id="${id}-title">${title}</h2>${
    aside !== undefined && html`<p>${aside}</p>`
  }</header>${body}</section>
`
}

/** `whole`: it is long, and takes a line of its own. */
export type Fact = readonly [label: string, value: Html | string | undefined, width?: 'whole']

/** Facts without a value are left out. */
export function facts(rows: readonly Fact[]): Html {
  const told = rows.filter(([, value]) => value !== undefined && value !== '')
  return html`<dl class="facts">${told.map(([label, value, width]) => html`<div${width && html` class="whole"`}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** Why a part is not there, or not whole; nothing when it is. */
export function gapNotes({gaps}: ReportResult, ...parts: readonly ReportPart[]): Html {
  const told = gaps.filter(({part}) => parts.includes(part))
  return html`${told.map(({part, reason}) => html`<p class="note"><strong>${gapTitles[part]}</strong> ${reason}</p>`)}`
}

const gapTitles: Readonly<Record<ReportPart, string>> = {
  metrics: 'Metrics are not whole.',
  reports: 'Reports are not whole.',
  models: 'Models are not whole.',
  history: 'History is not whole.',
  verdicts: 'No forecast.',
  lineage: 'No lineage.',
  logs: 'Logs are not whole.',
  spec: 'No spec.',
  definition: 'Not readable.',
}

export function code(text: string): Html {
  return html`<code>${text}</code>`
}

/** ISO 8601 in UTC, as people read it; seconds, since executions can be short. */
export function moment(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}

/** A text that can be copied whole, as it stands in the element with that id. */
export function copyButton(id: string, what: string): Html {
  return html`<button type="button" class="copy" data-copy="${id}" aria-label="Copy ${what}">Copy</button>`
}

export function foldable(id: string, summary: Html | string, text: string): Html {
  return html`<details class="fold" id="${id}"><summary>${summary}</summary><div class="text">${copyButton(`${id}-text`, 'all of it')}<pre id="${id}-text" tabindex="0">${asText(text)}</pre></div></details>`
}
