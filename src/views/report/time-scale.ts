// Where a moment lies on the timeline, as a share of its width. A stretch in which no step ran is drawn short, so that what ran before
// and after it, perhaps days apart, can still be read; the axis counts without it.

import type {IdleStretch} from '../../actions/executions/execution-report.ts'
import type {Span} from '../../actions/executions/idle-stretches.ts'

/** A stretch that is not to scale; its ends are shares. */
export type AxisBreak = {readonly from: number; readonly to: number; readonly seconds: number}

export type TimeScale = {
  /** Of the span, without its breaks. */
  readonly seconds: number
  readonly breaks: readonly AxisBreak[]
  share(ms: number): number
  /** Of a moment by the seconds to there, breaks not counted; at a break it is the end of it. */
  shareOfSeconds(seconds: number): number
}

/** Of what is drawn to scale: wide enough for its hatching to be seen. */
const breakShare = 0.1

type Cut = Span & {readonly savedMs: number}

export function timeScale({fromMs, toMs}: Span, idle: readonly IdleStretch[]): TimeScale {
  const spans = idle.map(({startedAt, endedAt}) => ({fromMs: Date.parse(startedAt), toMs: Date.parse(endedAt)}))
  const ranMs = toMs - fromMs - spans.reduce((sum, span) => sum + lengthOf(span), 0)
  // Where no step took any time, the breaks must still have a width.
  const breakMs = breakShare * Math.max(1, ranMs)
  const cuts = spans.map((span): Cut => ({...span, savedMs: Math.max(0, lengthOf(span) - breakMs)}))
  const drawn = (ms: number) => cuts.reduce((rest, cut) => rest - savedBefore(ms, cut), ms - fromMs)
  const share = (ms: number) => drawn(ms) / drawn(toMs)
  return {
    seconds: ranMs / 1000,
    breaks: spans.map((span) => ({from: share(span.fromMs), to: share(span.toMs), seconds: lengthOf(span) / 1000})),
    share,
    shareOfSeconds: (seconds) =>
      share(spans.reduce((ms, span) => (span.fromMs <= ms ? ms + lengthOf(span) : ms), fromMs + seconds * 1000)),
  }
}

function lengthOf({fromMs, toMs}: Span): number {
  return toMs - fromMs
}

function savedBefore(ms: number, cut: Cut): number {
  const passed = (ms - cut.fromMs) / lengthOf(cut)
  return cut.savedMs * Math.min(1, Math.max(0, passed))
}

/** With as many digits as a screen can show. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`
}
