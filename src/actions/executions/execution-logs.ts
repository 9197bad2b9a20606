// The logs of an execution's jobs, once or as they are written.

import type {Cloud, ExecutionStatus, ExecutionStep, LogEvent, StepJob} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {Connection, World} from '../world.ts'
import {outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import {resolveExecution} from './resolve-execution.ts'
import {iso} from './step-report.ts'

export type LogsInput = Place & {
  readonly execution: string
  readonly step?: string | undefined
  readonly follow: boolean
}

export type LogLine = {readonly at: string; readonly message: string}

export type StepLog = {
  readonly step: string
  readonly type: string
  /** Absent for a callback, which has none. */
  readonly jobArn?: string
  /** The execution whose job wrote these lines, when the step was a cache hit. */
  readonly cachedFrom?: string
  /** The same, when the step was left out of a selective execution. */
  readonly reusedFrom?: string
  readonly lines: readonly LogLine[]
}

export type LogsResult = {
  readonly formatVersion: 1
  /** `interrupted`: following was ended by Ctrl-C; the execution goes on. */
  readonly outcome: 'read' | 'interrupted'
  readonly pipeline: string
  readonly target: string
  readonly execution: string
  readonly arn: string
  readonly status: ExecutionStatus
  /** The step that was asked for, when one was. */
  readonly step?: string
  readonly steps: readonly StepLog[]
}

/** Called with lines as they come, when they are followed. */
export type OnLines = (step: string, lines: readonly LogLine[]) => void

const pauseMs = 500

export async function executionLogs(input: LogsInput, world: World, onLines: OnLines): Promise<LogsResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  const {executions} = connection.cloud
  const arn = await resolveExecution(input.execution, pipelineName, connection.cloud, input)
  const outline = outlineDefinition(readDefinition(await executions.definition(arn)))
  const names = outline.steps.map(({name}) => name)
  if (input.step !== undefined && names.length > 0 && !names.includes(input.step)) {
    const message = `"${input.step}" is not a step of execution ${executionId(arn)}: ${suggestName(input.step, names)}`
    throw new MlpipeError({code: 'unknown-step', message})
  }

  const reader = logReader(connection, onLines)
  for (;;) {
    const {status, pipelineName: pipeline} = await executions.describe(arn)
    const steps = await executions.steps(arn)
    const wanted = steps.filter(({name, job}) => job && (input.step === undefined || name === input.step))
    await reader.read(wanted)
    const hasEnded = isTerminalStatus(status)
    const isInterrupted = input.follow && !hasEnded && world.interrupt.aborted
    if (!input.follow || hasEnded || isInterrupted) {
      if (input.follow && hasEnded) {
        world.reporter.report({kind: 'note', message: `execution ${executionId(arn)} has ended: ${status}`})
      }
      return {
        formatVersion: 1,
        outcome: isInterrupted ? 'interrupted' : 'read',
        pipeline,
        target: target.name,
        execution: executionId(arn),
        arn,
        status,
        ...(input.step === undefined ? {} : {step: input.step}),
        steps: wanted.flatMap((step) => stepLog(step, outline.types.get(step.name)?.type, reader.lines(step.name))),
      }
    }
    await world.sleep(pauseMs, world.interrupt)
  }
}

function stepLog(step: ExecutionStep, type: string | undefined, lines: readonly LogLine[]): StepLog[] {
  if (!step.job) return []
  const cached = step.cachedFrom === undefined ? {} : {cachedFrom: executionId(step.cachedFrom)}
  const reused = step.reusedFrom === undefined ? {} : {reusedFrom: executionId(step.reusedFrom)}
  const {kind, arn} = step.job
  const job = arn.startsWith('arn:') ? {jobArn: arn} : {}
  return [{step: step.name, type: type ?? kind, ...job, ...cached, ...reused, lines}]
}

/** A tuning job has no log on AWS: what its training jobs came to stands in for it. */
async function readEvents(cloud: Cloud, job: StepJob, fromMs: number | undefined): Promise<LogEvent[]> {
  const events = await cloud.logs.jobEvents(job, fromMs)
  if (job.kind !== 'Tuning' || events.length > 0) return events
  const tuned = await cloud.jobs.tuned(job.arn)
  return tuned.flatMap(({name, status, endedAtMs, objective, hyperparameters}) => {
    if (endedAtMs === undefined || endedAtMs < (fromMs ?? 0)) return []
    const tried = hyperparameters.map((one) => `${one.name}=${one.value}`).join(' ')
    const reached = objective ? `${objective.name} ${objective.value}` : 'no value of the objective'
    return [{timestampMs: endedAtMs, message: `${name} ${status} with ${tried}: ${reached}`}]
  })
}

/** Reads on from the last line seen. Lines of one millisecond are told apart by their number. */
function logReader({cloud}: Connection, onLines: OnLines) {
  const seen = new Map<string, LogLine[]>()
  const settled = new Set<string>()
  return {
    lines: (step: string): readonly LogLine[] => seen.get(step) ?? [],
    async read(steps: readonly ExecutionStep[]): Promise<void> {
      for (const {name, job, endedAtMs} of steps) {
        if (!job || settled.has(name)) continue
        const lines = seen.get(name) ?? []
        const last = lines.at(-1)?.at
        const fromMs = last === undefined ? undefined : Date.parse(last)
        const events = await readEvents(cloud, job, fromMs)
        const fresh = events
          .map(({timestampMs, message}) => ({at: iso(timestampMs), message}))
          .slice(lines.filter(({at}) => at === last).length)
        seen.set(name, [...lines, ...fresh])
        if (endedAtMs !== undefined) settled.add(name)
        if (fresh.length > 0) onLines(name, fresh)
      }
    },
  }
}
