// What the execution measured, beside what those before it did: a line and a table for each number.

import type {MetricHistory, ReportResult, Series} from '../../actions/report/report-data.ts'
import {clock, count, shortNumber} from '../time.ts'
import {type Html, html} from './html.ts'
import {gapNotes, section} from './layout.ts'
import {type ChartPoint, lineChart} from './line-chart.ts'

export function metricsSection(report: ReportResult): Html {
  const {history} = report
  const notes = gapNotes(report, 'metrics', 'reports', 'history')
  if (!history || history.series.length === 0) {
    return section({
      id: 'metrics',
      title: 'Metrics',
      body: html`${notes}<p class="note">No number is known: ${why(report)}</p>`,
    })
  }
  const {executions, series, more} = history
  const body = html`${notes}<div class="cards">${series.map((one, index) => card(one, index, history, report))}</div>${more > 0 && html`<p class="note">${count(more, 'more number')} in the reports.</p>`}${reportValues(report)}`
  const aside = executions.length === 1 ? 'the first execution' : `across ${executions.length} executions`
  return section({id: 'metrics', title: 'Metrics', body, aside})
}

/** Of an execution without numbers: nothing has written any, or they could not be read. */
function why({gaps, endedAt}: ReportResult): string {
  if (gaps.some(({part}) => part === 'metrics' || part === 'reports')) return 'what was measured could not be read.'
  return endedAt === undefined
    ? 'no training has written a metric yet, and no step a report.'
    : 'no training wrote a metric, and no step a report with numbers.'
}

type Measured = {
  readonly execution: string
  readonly status: string
  readonly startedAt: string
  readonly value: number
  readonly at: number
}

function card(series: Series, index: number, history: MetricHistory, {execution}: ReportResult): Html {
  const measured = measuredBy(series, history)
  const own = measured.find((one) => one.execution === execution)
  const points = measured.map(
    ({at, value, startedAt, ...one}): ChartPoint => ({
      at,
      value,
      said: `${one.execution}: ${shortNumber(value)} (${clock(startedAt)} UTC)`,
      isMarked: one.execution === execution,
    }),
  )
  const title = `${series.name} of ${series.step} across ${count(points.length, 'execution')}`
  return html`<article class="card" aria-labelledby="metric-${index}"><h3 id="metric-${index}"><bdi>${series.name}</bdi></h3><p class="of"><bdi>${series.step}</bdi>${series.report !== undefined && html`, report ${series.report}`}</p><p class="value">${own ? shortNumber(own.value) : html`<span class="absent">not measured</span>`}${own && change(own, measured)}</p>${lineChart(title, points)}${table(measured, execution)}</article>`
}

function measuredBy({points}: Series, {executions}: MetricHistory): Measured[] {
  const values = new Map(points.map(({execution, value}) => [execution, value]))
  const last = Math.max(1, executions.length - 1)
  return executions.flatMap(({execution, status, startedAt}, index) => {
    const value = values.get(execution)
    // One alone stands in the middle.
    const at = executions.length === 1 ? 0.5 : index / last
    return value === undefined ? [] : [{execution, status, startedAt, value, at}]
  })
}

/** Beside the execution before it that measured it too. */
function change(own: Measured, measured: readonly Measured[]): Html | undefined {
  const before = measured[measured.indexOf(own) - 1]
  if (!before) return undefined
  const by = own.value - before.value
  if (by === 0) return html` <small>as before</small>`
  return html` <small>${by > 0 ? '+' : '−'}${shortNumber(Math.abs(Number(by.toPrecision(6))))}</small>`
}

function table(measured: readonly Measured[], own: string): Html {
  const rows = measured
    .toReversed()
    .map(
      ({execution, status, startedAt, value}) =>
        html`<tr${execution === own && html` class="this" aria-current="true"`}><th scope="row"><code>${execution}</code></th><td class="number">${shortNumber(value)}</td><td>${clock(startedAt).slice(0, 16)}</td><td>${status}</td></tr>`,
    )
  return html`<details class="values"><summary>Values</summary><div class="scroll"><table><thead><tr><th scope="col">Execution</th><th scope="col" class="number">Value</th><th scope="col">Started (UTC)</th><th scope="col">Status</th></tr></thead><tbody>${rows}</tbody></table></div></details>`
}

/** The values of each report, whole: the charts may show only some, or those of another execution. */
function reportValues({reports}: ReportResult): Html {
  const shown = reports.filter(({values}) => values.length > 0)
  return html`${shown.map(
    ({step, report, uri, values, more}) =>
      html`<details class="fold"><summary><b><bdi>${step}</bdi></b> <span class="aside">report ${report}, ${count(values.length + more, 'number')}</span></summary><div class="text padded"><p class="of"><code>${uri}</code></p><dl class="values-list">${values.map(({path, value}) => html`<div><dt>${path}</dt><dd>${String(value)}</dd></div>`)}</dl>${more > 0 && html`<p class="note">and ${more} more in the file</p>`}</div></details>`,
  )}`
}
