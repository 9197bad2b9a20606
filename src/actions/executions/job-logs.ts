// The logs of an execution's jobs, read on and on: each line once, several jobs at the same time.

import type {Cloud, ExecutionStep, LogEvent, LogReader, LogSpan, StepJob} from '../../cloud/ports.ts'
import {inParallel} from '../in-parallel.ts'
import type {Pace} from './pace.ts'
import {iso} from './step-report.ts'

export type LogLine = {
  readonly at: string
  readonly message: string
  /** The instance of the job that wrote it. */
  readonly stream?: string
}

/** Called with lines as they come. `hasSeveral`: the step's job has several instances, as far as has been seen. */
export type OnLines = (step: string, lines: readonly LogLine[], hasSeveral: boolean) => void

export type JobLogs = {
  lines(step: string): readonly LogLine[]
  /** Whether there were new lines. What was read before a failure is not lost. */
  read(steps: readonly ExecutionStep[]): Promise<boolean>
  /** Whether nothing more can come of these steps. */
  isSettled(steps: readonly ExecutionStep[]): boolean
}

/** CloudWatch Logs answers 25 GetLogEvents a second (quotas page), for everybody in the account and region. */
const parallelReads = 4
/** The last lines of a job reach CloudWatch some seconds after its end; the engine's are there at once. */
const lateMs: Readonly<Record<Pace, number>> = {embedded: 0, service: 15_000}

export function openJobLogs(cloud: Cloud, span: LogSpan, pace: Pace, now: () => number, onLines: OnLines): JobLogs {
  const seen = new Map<string, LogLine[]>()
  const readers = new Map<string, LogReader>()
  const settled = new Set<string>()

  async function readJob(step: string, job: StepJob, endedAtMs: number | undefined): Promise<LogLine[]> {
    const known = readers.get(job.arn)
    const reader = known ?? (await openLog(cloud, job, span))
    readers.set(job.arn, reader)
    const events = await reader.read()
    const taken = known === undefined && span.tail !== undefined ? events.slice(-span.tail) : events
    const fresh = taken.map(({timestampMs, ...line}) => ({at: iso(timestampMs), ...line}))
    const lines = seen.get(step) ?? []
    lines.push(...fresh)
    seen.set(step, lines)
    if (endedAtMs !== undefined && now() - endedAtMs >= lateMs[pace]) settled.add(job.arn)
    return fresh
  }

  /** What came first in time is told first. */
  function tell(fresh: readonly {readonly step: string; readonly lines: readonly LogLine[]}[]): void {
    const groups = fresh.flatMap(({step, lines}) => (lines[0] ? [{step, lines, at: lines[0].at}] : []))
    for (const {step, lines} of groups.sort((a, b) => a.at.localeCompare(b.at))) {
      onLines(step, lines, new Set((seen.get(step) ?? []).map(({stream}) => stream)).size > 1)
    }
  }

  return {
    lines: (step) => seen.get(step) ?? [],
    async read(steps) {
      const fresh: {step: string; lines: LogLine[]}[] = []
      const open = steps.flatMap(({name, job, endedAtMs}) =>
        job && !settled.has(job.arn) ? [{name, job, endedAtMs}] : [],
      )
      try {
        await inParallel(open, parallelReads, async ({name, job, endedAtMs}) => {
          fresh.push({step: name, lines: await readJob(name, job, endedAtMs)})
        })
      } finally {
        tell(fresh)
      }
      return fresh.some(({lines}) => lines.length > 0)
    },
    isSettled: (steps) => steps.every(({job}) => job === undefined || settled.has(job.arn)),
  }
}

/** A tuning job has no log on AWS: what its training jobs came to stands in for it. */
async function openLog(cloud: Cloud, job: StepJob, span: LogSpan): Promise<LogReader> {
  const log = await cloud.logs.open(job, span)
  if (job.kind !== 'Tuning') return log

  const told = new Set<string>()
  let hasLog = false
  return {
    async read() {
      const events = await log.read()
      if (events.length > 0) hasLog = true
      return hasLog ? events : await tunedEvents(cloud, job, span, told)
    },
  }
}

async function tunedEvents(
  cloud: Cloud,
  {arn}: StepJob,
  {fromMs = 0}: LogSpan,
  told: Set<string>,
): Promise<LogEvent[]> {
  const tuned = await cloud.jobs.tuned(arn)
  return tuned.flatMap(({name, status, endedAtMs, objective, hyperparameters}) => {
    if (endedAtMs === undefined || endedAtMs < fromMs || told.has(name)) return []
    told.add(name)
    const tried = hyperparameters.map((one) => `${one.name}=${one.value}`).join(' ')
    const reached = objective ? `${objective.name} ${objective.value}` : 'no value of the objective'
    return [{timestampMs: endedAtMs, message: `${name} ${status} with ${tried}: ${reached}`}]
  })
}
