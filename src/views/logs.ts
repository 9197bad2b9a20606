// `mlpipe executions logs`: the lines as the jobs wrote them, behind the step's name when there are several.

import type {LogLine, LogsResult} from '../actions/execution-logs.ts'
import {asItIs, type View} from './view.ts'

export const logsView: View<LogsResult> = {
  human: ({execution, steps}) => {
    const [only] = steps
    if (!only) return `no step of ${execution} has written a log`
    if (steps.length === 1) return only.lines.map(({message}) => message).join('\n')
    const width = Math.max(...steps.map(({step}) => step.length))
    return steps.flatMap(({step, lines}) => lines.map((line) => stepLogLine(step.padEnd(width), line))).join('\n')
  },
  json: asItIs,
}

/** What is left to print when every line was printed as it came. */
export const followedLogsView: View<LogsResult> = {human: () => '', json: asItIs}

export function stepLogLine(step: string, {message}: LogLine): string {
  return `${step} | ${message}`
}
