// The head of a report: which execution, how it stands, what came of it; and what has to be known before reading on.

import type {ReportResult} from '../../actions/report/report-data.ts'
import {describeCounts} from '../execution.ts'
import {describeIdle, ranFor} from '../idle-words.ts'
import {count} from '../time.ts'
import {type Html, html} from './html.ts'
import {code, facts, gapNotes, moment} from './layout.ts'
import {badge, lookOfApproval, lookOfExecution} from './state-words.ts'

export function headSection(report: ReportResult): Html {
  const {pipeline, execution, target, status, displayName, description, versionId} = report
  return html`<header id="top" class="head">
<p class="crumbs">Pipeline execution <span class="dot">·</span> ${target}</p>
<h1><bdi>${pipeline}</bdi></h1>
<p class="subject">${badge(lookOfExecution(status))} <code>${execution}</code>${versionId !== undefined && html` <span class="absent">version ${versionId}</span>`}${displayName !== undefined && html` <bdi>${displayName}</bdi>`}</p>
${description !== undefined && html`<p class="description">${description}</p>`}
${headFacts(report)}
${callouts(report)}
</header>
`
}

function headFacts(report: ReportResult): Html {
  const {startedAt, endedAt, counts, models, selection, startedBy, arn} = report
  return facts([
    ['Started', moment(startedAt)],
    ['Ended', endedAt === undefined ? undefined : moment(endedAt)],
    [endedAt === undefined ? 'Running for' : 'Took', ranFor(report)],
    ['Steps', describeCounts(counts)],
    ['Models', models.length === 0 ? undefined : html`${models.map(modelLine)}`],
    ['Foretold', foretold(report)],
    [
      'Selected',
      selection &&
        [selection.steps.join(', '), selection.source && `others from ${selection.source}`].filter(Boolean).join('; '),
    ],
    ['Outside its steps', lines(describeIdle(report)), 'whole'],
    ['Started by', startedBy === undefined ? undefined : code(startedBy), 'whole'],
    ['ARN', code(arn), 'whole'],
  ])
}

function lines(texts: readonly string[]): Html | undefined {
  return texts.length === 0 ? undefined : html`${texts.map((text) => html`<span class="line">${text}</span>`)}`
}

function modelLine({model, approval}: ReportResult['models'][number]): Html {
  return html`<span class="line"><code>${model}</code> ${badge(lookOfApproval(approval))}</span>`
}

function foretold({foretold: told}: ReportResult): Html | undefined {
  if (!told) return undefined
  const {asForetold, open, otherwise} = told
  const said = asForetold + otherwise.length
  const rest = open > 0 ? `, ${open} only the run could tell` : ''
  const wrong = otherwise.map(
    (one) => html`<span class="line">${one.step} was to be ${one.foretold}, and is ${one.happened}</span>`,
  )
  return html`<span class="line">${asForetold} of ${count(said, 'step')} as diff says${rest}</span>${wrong}`
}

function callouts(report: ReportResult): Html {
  const {endedAt, takenAt, failure, steps} = report
  const simulated = steps.filter((step) => step.simulated !== undefined)
  return html`${
    endedAt === undefined &&
    html`<div class="callout work"><p><strong>Still running.</strong> This is how things stood at ${moment(takenAt)}; what came later is not in it.</p></div>`
  }${
    failure &&
    html`<div class="callout bad"><p><strong>${failure.step === undefined ? 'The execution failed.' : html`<bdi>${failure.step}</bdi> failed.`}</strong></p><pre class="reason">${failure.reason.trim()}</pre>${failure.log.length > 0 && html`<pre class="log">${failure.log.join('\n')}</pre>`}</div>`
  }${
    simulated.length > 0 &&
    html`<div class="callout open"><p><strong>${count(simulated.length, 'step')} simulated.</strong> The embedded engine stood in for ${someNames(simulated.map(({name}) => name))}: nothing really ran there, and what came of it is made up.</p></div>`
  }${gapNotes(report, 'models')}`
}

const mostNames = 12

function someNames(names: readonly string[]): string {
  const more = names.length - mostNames
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
