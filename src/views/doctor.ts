// `mlpipe doctor`: a line a check, and below it what is wrong and what to do.

import type {Check, CheckState} from '../actions/doctor/check.ts'
import type {DoctorResult} from '../actions/doctor/doctor.ts'
import {oneLine} from './printable.ts'
import {displayWidth, type Paint, padEnd, painter} from './style.ts'
import {asItIs, nextLines, type View} from './view.ts'

const states: readonly CheckState[] = ['ok', 'warning', 'failed', 'skipped']
const stateWidth = Math.max(...states.map((state) => state.length))

/** More of them tell nothing new; --json has them all. */
const mostDetails = 12

export const doctorView: View<DoctorResult> = {
  human: ({checks, counts, next}, {colour}) => {
    const paint = painter(colour)
    const titleWidth = Math.max(...checks.map(({title}) => displayWidth(title)))
    const lines = checks.flatMap((check) => checkLines(check, titleWidth, paint))
    const summary = states.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`)
    return [...lines, summary.join(', '), ...nextLines(next)].join('\n')
  },
  json: asItIs,
}

function checkLines({state, title, found, details, next}: Check, titleWidth: number, paint: Paint): string[] {
  const indent = ' '.repeat(stateWidth + 2)
  const shown = details.slice(0, mostDetails).map((detail) => `${indent}- ${oneLine(detail)}`)
  const left = details.length - shown.length
  return [
    `${colourOf(state, paint)(padEnd(state, stateWidth))}  ${padEnd(title, titleWidth)}  ${oneLine(found)}`,
    ...shown,
    ...(left > 0 ? [`${indent}- and ${left} more (--json lists them)`] : []),
    ...next.map((step) => `${indent}${paint.bold('do:')} ${step}`),
  ]
}

function colourOf(state: CheckState, paint: Paint): (text: string) => string {
  const colours = {ok: paint.green, warning: paint.yellow, failed: paint.red, skipped: paint.dim}
  return colours[state]
}
