// Every step of the execution on a line that unfolds: how it went, what was foretold of it and why, what it took and made, its log.

import type {ReportResult} from '../../actions/report/report-data.ts'
import {verdictsOf} from '../forecast-words.ts'
import {count} from '../time.ts'
import type {Anchors} from './anchors.ts'
import {type Html, html} from './html.ts'
import type {KnownStep, StepContext} from './known-step.ts'
import {gapNotes, section} from './layout.ts'
import {lookOf} from './state-words.ts'
import {resultDetail, stepBody} from './step-body.ts'
import {shortTime} from './timeline-section.ts'
import {shortReason, verdictWord} from './verdict-words.ts'

export function stepsSection(report: ReportResult, anchors: Anchors): Html {
  const context = {verdicts: verdictsOf(report.verdicts), anchors, file: report.spec?.file}
  const known = knownSteps(report)
  return section({
    id: 'steps',
    title: 'Steps',
    aside: count(known.length, 'step'),
    body: html`${gapNotes(report, 'verdicts', 'logs')}${toolbar(known)}<div class="steps" role="list">${known.map((one) => stepRow(one, context))}</div><p class="none" hidden>No step is like that.</p>`,
  })
}

function knownSteps({steps, verdicts, lineage, logs, conditions = []}: ReportResult): KnownStep[] {
  const forecasts = new Map(verdicts.map((forecast) => [forecast.name, forecast]))
  const tails = new Map(logs.map((log) => [log.step, log]))
  const decided = new Map(conditions.map(({step, comparisons}) => [step, comparisons]))
  // The first of a name is that of this execution, or of the one that ran it for this one.
  const runs = new Map([...(lineage?.steps ?? [])].reverse().map((run) => [run.step, run]))
  return steps.map((step) => ({
    step,
    forecast: forecasts.get(step.name),
    run: runs.get(step.name),
    log: tails.get(step.name),
    comparisons: decided.get(step.name) ?? [],
  }))
}

/** Only with the script: without it there is nothing that it could do. */
function toolbar(known: readonly KnownStep[]): Html {
  const states = [...new Set(known.map(({step}) => step.state))]
  const amount = (state: string) => known.filter(({step}) => step.state === state).length
  return html`<div class="toolbar" hidden><label class="search"><span class="sr">Search steps</span><input type="search" id="search" placeholder="Search steps" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label><div class="chips" role="group" aria-label="Show only">${
    states.length > 1 &&
    states.map((state) => {
      const {tone, word} = lookOf(state)
      return html`<button type="button" class="chip ${tone}" data-state="${state}" aria-pressed="false">${amount(state)} ${word}</button>`
    })
  }</div><button type="button" class="unfold" aria-pressed="false">Unfold all</button></div>`
}

function stepRow(known: KnownStep, context: StepContext): Html {
  const {step, forecast} = known
  const {tone, mark, word} = lookOf(step.state)
  const isTaken = step.state === 'cached' || step.state === 'reused'
  const spent = isTaken || step.durationSeconds === undefined ? '' : shortTime(step.durationSeconds)
  const foretold =
    forecast && html`<span class="verdict">${verdictWord(forecast)}</span> ${shortReason(forecast, context.verdicts)}`
  const detail = resultDetail(step)
  return html`<details class="step ${tone}" role="listitem" id="${context.anchors.of(step.name)}" data-state="${step.state}"><summary><span class="mark" aria-hidden="true">${mark}</span><bdi class="name">${step.name}</bdi><span class="type">${step.type}${step.simulated !== undefined && html` <em>simulated</em>`}</span><span class="state">${word}</span><span class="spent">${spent}</span><span class="why">${step.state === 'failed' || !foretold ? detail : foretold}</span></summary><div class="body">${stepBody(known, context)}</div></details>
`
}
