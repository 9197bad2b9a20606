// The logs of an execution's jobs, once or as they are written.

import type {ExecutionStatus, ExecutionStep} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import {namesOf} from '../selection/choose-steps.ts'
import type {World} from '../world.ts'
import {outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId, pipelineOfExecution} from './execution-arn.ts'
import {followLogs, readLogs} from './follow-logs.ts'
import {type LogLine, type OnLines, openJobLogs} from './job-logs.ts'
import {paceOf} from './pace.ts'
import {resolveExecution} from './resolve-execution.ts'
import {parseSince} from './since.ts'

export type LogsInput = Place & {
  readonly execution: string
  /** `a,b` or one by one; all when there are none. */
  readonly steps: readonly string[]
  readonly follow: boolean
  readonly since?: string | undefined
  /** Of each step, the last lines only. */
  readonly tail?: number | undefined
}

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
  /** The step that was asked for, when it was one. */
  readonly step?: string
  readonly steps: readonly StepLog[]
}

export async function executionLogs(input: LogsInput, world: World, onLines: OnLines): Promise<LogsResult> {
  const fromMs = parseSince(input.since, world.now())
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const arn = await resolveExecution(input.execution, pipelineName, cloud, input)
  const {steps: outlined, types} = outlineDefinition(readDefinition(await cloud.executions.definition(arn)))
  const asked = namesOf(input.steps)
  checkSteps(
    asked,
    outlined.map(({name}) => name),
    arn,
  )

  const pace = paceOf(target)
  const span = {...(fromMs === undefined ? {} : {fromMs}), ...(input.tail === undefined ? {} : {tail: input.tail})}
  const logs = openJobLogs(cloud, span, pace, world.now, onLines)
  const isWanted = ({name, job}: ExecutionStep) => job !== undefined && (asked.length === 0 || asked.includes(name))
  const reading = {arn, pace, place: input, isWanted}
  const read = input.follow ? await followLogs(reading, logs, cloud, world) : await readLogs(reading, logs, cloud)

  const [only] = asked
  return {
    formatVersion: 1,
    outcome: read.isInterrupted ? 'interrupted' : 'read',
    pipeline: pipelineOfExecution(arn) ?? pipelineName,
    target: target.name,
    execution: executionId(arn),
    arn,
    status: read.status,
    ...(only === undefined || asked.length > 1 ? {} : {step: only}),
    steps: read.steps.flatMap((step) => stepLog(step, types.get(step.name)?.type, logs.lines(step.name))),
  }
}

function checkSteps(asked: readonly string[], names: readonly string[], arn: string): void {
  const unknown = names.length === 0 ? [] : asked.filter((name) => !names.includes(name))
  if (unknown.length === 0) return
  const messages = unknown.map(
    (name) => `"${name}" is not a step of execution ${executionId(arn)}: ${suggestName(name, names)}`,
  )
  throw new MlpipeError({code: 'unknown-step', message: messages.join('\n')})
}

function stepLog(step: ExecutionStep, type: string | undefined, lines: readonly LogLine[]): StepLog[] {
  if (!step.job) return []
  const cached = step.cachedFrom === undefined ? {} : {cachedFrom: executionId(step.cachedFrom)}
  const reused = step.reusedFrom === undefined ? {} : {reusedFrom: executionId(step.reusedFrom)}
  const {kind, arn} = step.job
  const job = arn.startsWith('arn:') ? {jobArn: arn} : {}
  return [{step: step.name, type: type ?? kind, ...job, ...cached, ...reused, lines}]
}
