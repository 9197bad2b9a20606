// When each step ran, beside the others: a bar for what took time, a mark for a result that was there already.

import type {StepReport} from '../../actions/executions/execution-report.ts'
import type {Span} from '../../actions/executions/idle-stretches.ts'
import type {ReportResult} from '../../actions/report/report-data.ts'
import {notCounting} from '../idle-words.ts'
import {count, duration} from '../time.ts'
import type {Anchors} from './anchors.ts'
import {breakLengths, hatched} from './axis-breaks.ts'
import {type AxisLabel, axisLabels} from './axis-labels.ts'
import {type Html, html} from './html.ts'
import {section} from './layout.ts'
import {lookOf} from './state-words.ts'
import {niceTicks} from './ticks.ts'
import {percent, type TimeScale, timeScale} from './time-scale.ts'

/** Of the whole width: what took no time is still seen. */
const shortestBar = 0.002

export function timelineSection(report: ReportResult, anchors: Anchors): Html {
  const started = report.steps.filter(({startedAt}) => startedAt !== undefined)
  const scale = timeScale(spanOf(report, started), report.idle ?? [])
  const body =
    started.length === 0
      ? html`<p class="note">No step has started yet.</p>`
      : html`<div class="timeline${report.idle && ' broken'}">${axis(scale)}<ol>${started.map((step) => row(step, scale, report, anchors))}</ol></div>${legend(report)}`
  return section({
    id: 'timeline',
    title: 'Timeline',
    body,
    aside: `${count(started.length, 'step')} in ${duration(scale.seconds)}${notCounting(report, 'them')}`,
  })
}

function spanOf({startedAt, endedAt, takenAt}: ReportResult, steps: readonly StepReport[]): Span {
  const fromMs = Math.min(Date.parse(startedAt), ...steps.map(startOf))
  // Where nothing took any time the bars must still have a place.
  return {
    fromMs,
    toMs: Math.max(fromMs + 1, Date.parse(endedAt ?? takenAt), ...steps.map((step) => endOf(step, takenAt))),
  }
}

function startOf({startedAt = ''}: StepReport): number {
  return Date.parse(startedAt)
}

function endOf({endedAt}: StepReport, takenAt: string): number {
  return Date.parse(endedAt ?? takenAt)
}

function axis(scale: TimeScale): Html {
  const ticks = niceTicks(scale.seconds)
  const at = (seconds: number) => percent(scale.shareOfSeconds(seconds))
  const labels = ticks.map(({seconds, label}): AxisLabel => {
    return {text: label, x: scale.shareOfSeconds(seconds), anchor: seconds > 0 ? 'middle' : 'start'}
  })
  return html`<div class="axis" aria-hidden="true"><div><svg class="track">${hatched(scale)}${ticks.map(
    ({seconds}) => html`<line x1="${at(seconds)}" x2="${at(seconds)}" y1="22" y2="100%"/>`,
  )}${axisLabels(labels, html`y="14"`)}${breakLengths(scale)}</svg></div></div>`
}

function row(step: StepReport, scale: TimeScale, {takenAt, criticalPath}: ReportResult, anchors: Anchors): Html {
  const {tone, word} = lookOf(step.state)
  const isCritical = criticalPath.includes(step.name)
  const isTaken = step.state === 'cached' || step.state === 'reused'
  const seconds = step.durationSeconds ?? 0
  const spent = isTaken ? word : shortTime(seconds)
  const from = scale.share(startOf(step))
  const long = percent(Math.max(shortestBar, scale.share(endOf(step, takenAt)) - from))
  const said = `${word}${isTaken ? '' : `, ${duration(seconds)}`}${isCritical ? ', on the critical path' : ''}`
  return html`<li data-step="${anchors.of(step.name)}"><a href="#${anchors.of(step.name)}" data-opens="${anchors.of(step.name)}" title="${said}"><bdi class="name">${step.name}</bdi><svg class="track ${tone}${isCritical && ' critical'}" height="24" aria-hidden="true">${
    isTaken
      ? html`<svg x="${percent(from)}" y="12" overflow="visible"><path d="M0-5 5 0 0 5-5 0Z"/></svg>`
      : html`<rect x="${percent(from)}" y="6" width="${long}" height="12" rx="2"/>`
  }</svg><span class="spent">${spent}</span></a></li>`
}

function legend({criticalPath, steps, idle}: ReportResult): Html {
  const hasTaken = steps.some(({state}) => state === 'cached' || state === 'reused')
  return html`<p class="legend">${criticalPath.length > 1 && html`<span><i class="swatch critical"></i>critical path: what the end waited for</span>`}${hasTaken && html`<span><i class="swatch taken"></i>result taken from an earlier execution</span>`}${idle && html`<span><i class="swatch hatched"></i>outside the steps: not to scale, and not counted on the axis</span>`}</p>`
}

/** Nothing where nothing was waited for. */
export function shortTime(seconds: number): string {
  return seconds < 0.005 ? '' : duration(seconds)
}
