// `mlpipe executions list` and `stop`.

import type {ExecutionsResult} from '../actions/executions/list-executions.ts'
import type {StopResult} from '../actions/executions/stop-execution.ts'
import {paintStatus} from './execution.ts'
import {oneLine} from './printable.ts'
import {painter} from './style.ts'
import {table} from './table.ts'
import {ago, clock} from './time.ts'
import {asItIs, nextLines, type View} from './view.ts'

export const executionsView: View<ExecutionsResult> = {
  human: (result, {width, colour}) => {
    const {pipeline, target, filters} = result
    if (result.executions.length === 0) {
      return filters
        ? `no execution of ${pipeline} on ${target} is like that`
        : `${pipeline} has not been run on ${target}`
    }
    const paint = painter(colour)
    const rows = result.executions.map(({execution, status, startedAt, agoSeconds, failureReason, displayName}) => [
      execution,
      paintStatus(status, paint),
      clock(startedAt),
      paint.dim(ago(agoSeconds)),
      oneLine(failureReason ?? displayName ?? ''),
    ])
    return table(['EXECUTION', 'STATUS', 'STARTED (UTC)', '', ''], rows, width)
  },
  json: asItIs,
}

export const stopView: View<StopResult> = {
  human: ({execution, outcome, status, next}) => {
    if (outcome === 'had-ended') return `${execution} had already ended: ${status}`
    if (outcome === 'is-stopping') {
      const answers = next.length === 1 ? 'the answer to its callback' : 'the answers to its callbacks'
      const why = next.length === 0 ? '' : `: it waits for ${answers}`
      return [`${execution} is stopping${why}`, ...nextLines(next)].join('\n')
    }
    return `${execution} has ended: ${status}`
  },
  json: asItIs,
}
