// The last lines that each step's job wrote; of a pipeline with very many steps, those of the steps that matter most.

import type {Cloud, ExecutionStep} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {executionId} from '../executions/execution-arn.ts'
import type {Gaps} from '../executions/gaps.ts'
import {openJobLogs} from '../executions/job-logs.ts'
import type {Pace} from '../executions/pace.ts'
import {inParallel} from '../in-parallel.ts'
import {isOutOfReach} from '../out-of-reach.ts'
import type {LogTail} from './report-data.ts'

const linesPerStep = 40
const mostCharacters = 2000
/** Each costs two or three calls, of which CloudWatch Logs answers 25 a second. */
const mostSteps = 60
const parallelReads = 4

/** In the order of `steps`; nothing for a step without a log. */
export async function readLogTails(
  steps: readonly ExecutionStep[],
  {pace, nowMs}: {readonly pace: Pace; readonly nowMs: number},
  cloud: Cloud,
  gaps: Gaps,
): Promise<LogTail[]> {
  const withJob = steps.filter(({job}) => job !== undefined)
  const read = [...withJob].sort((a, b) => rank(a) - rank(b)).slice(0, mostSteps)
  if (read.length < withJob.length) {
    gaps.add(
      'logs',
      `only the logs of ${read.length} of ${withJob.length} jobs were read: of failed steps, of running ones, then of those that ran here`,
    )
  }
  const logs = openJobLogs(
    cloud,
    {tail: linesPerStep},
    pace,
    () => nowMs,
    () => {},
  )
  let mayRead = true
  await inParallel(read, parallelReads, async (step) => {
    if (!mayRead) return
    try {
      await logs.read([step])
    } catch (error) {
      if (!(error instanceof MlpipeError) || error.who === 'bug') throw error
      // Whoever may not read one log may read none.
      if (isOutOfReach(error)) mayRead = false
      gaps.add('logs', mayRead ? `the log of ${step.name} cannot be read: ${error.message}` : error.message)
    }
  })
  return steps.flatMap(({name, cachedFrom, reusedFrom}) => {
    const lines = logs.lines(name).slice(-linesPerStep)
    const from = cachedFrom ?? reusedFrom
    if (lines.length === 0) return []
    return [
      {
        step: name,
        ...(from === undefined ? {} : {from: executionId(from)}),
        lines: lines.map(({message}) => cut(message)),
      },
    ]
  })
}

function rank({status, cachedFrom, reusedFrom}: ExecutionStep): number {
  if (status === 'Failed') return 0
  if (status !== 'Succeeded') return 1
  return cachedFrom === undefined && reusedFrom === undefined ? 2 : 3
}

function cut(line: string): string {
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters)}… (${line.length} characters)` : line
}
