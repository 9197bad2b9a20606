// `mlpipe executions logs`: the lines that the jobs wrote, behind the step's name when there are several.

import type {LogLine, LogsResult} from '../actions/executions/execution-logs.ts'
import {logText} from './printable.ts'
import {asItIs, type View} from './view.ts'

export const logsView: View<LogsResult> = {
  human: ({execution, steps, step}) => {
    const [only] = steps
    if (!only) return step === undefined ? `no step of ${execution} has written a log` : noLog(execution, step)
    if (step !== undefined || steps.length === 1) return only.lines.map(logLine).join('\n')
    const width = Math.max(...steps.map((each) => each.step.length))
    return steps.flatMap((each) => each.lines.map((line) => stepLogLine(each.step.padEnd(width), line))).join('\n')
  },
  json: asItIs,
}

/** What is left to print when every line was printed as it came. */
export const followedLogsView: View<LogsResult> = {human: () => '', json: asItIs}

export function logLine({message}: LogLine): string {
  return logText(message)
}

export function stepLogLine(step: string, line: LogLine): string {
  return `${step} | ${logLine(line)}`
}

function noLog(execution: string, step: string): string {
  return `step ${step} of ${execution} has written no log`
}
