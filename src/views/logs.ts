// `mlpipe executions logs`: the lines that the jobs wrote, behind the step's name when there are several.

import type {LogsResult, StepLog} from '../actions/executions/execution-logs.ts'
import type {LogLine} from '../actions/executions/job-logs.ts'
import {logText} from './printable.ts'
import {padEnd} from './style.ts'
import {asItIs, type View} from './view.ts'

export type LogOptions = {
  /** The time before each line. */
  readonly timestamps: boolean
}

export function logsView(options: LogOptions): View<LogsResult> {
  return {
    human: ({execution, steps, step}) => {
      const [only] = steps
      if (!only) return step === undefined ? `no step of ${execution} has written a log` : noLog(execution, step)
      const isAlone = step !== undefined || steps.length === 1
      const labelled = steps.flatMap((each) => labelledLines(each, isAlone))
      const width = Math.max(...labelled.map(([label]) => label.length))
      return labelled.map(([label, line]) => logLine(padEnd(label, width), line, options)).join('\n')
    },
    json: asItIs,
  }
}

/** What is left to print when every line was printed as it came. */
export const followedLogsView: View<LogsResult> = {human: () => '', json: asItIs}

/** `train`, `train/algo-2` where several instances write, and nothing where all lines come from one. */
export function logLabel(step: string, {stream}: LogLine, isAlone: boolean, hasSeveral: boolean): string {
  const instance = hasSeveral ? stream : undefined
  if (isAlone) return instance ?? ''
  return instance === undefined ? step : `${step}/${instance}`
}

export function logLine(label: string, {at, message}: LogLine, {timestamps}: LogOptions): string {
  const text = `${timestamps ? `${at} ` : ''}${logText(message)}`
  return label === '' ? text : `${label} | ${text}`
}

function labelledLines({step, lines}: StepLog, isAlone: boolean): [string, LogLine][] {
  const hasSeveral = new Set(lines.map(({stream}) => stream)).size > 1
  return lines.map((line) => [logLabel(step, line, isAlone, hasSeveral), line])
}

function noLog(execution: string, step: string): string {
  return `step ${step} of ${execution} has written no log`
}
