// What `run` and `executions retry` have in common: an execution has been started, is followed, and is told about.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {DiagnosticJson} from '../../diagnostics/render-diagnostics.ts'
import type {Target} from '../../project/target.ts'
import {durationSeconds, parseDuration} from '../../text/duration.ts'
import {compareWithForecast} from '../forecast/foretold.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import type {Connection, World} from '../world.ts'
import {callbackCommand} from './callback-command.ts'
import type {DefinitionOutline} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import type {ExecutionReport, StepReport} from './execution-report.ts'
import {type FollowEnd, followExecution} from './follow-execution.ts'
import {inspectExecution} from './inspect-execution.ts'
import {paceOf} from './pace.ts'
import {keepTrying} from './patience.ts'
import {iso, seconds} from './step-report.ts'
import type {OnInterrupt} from './stop-control.ts'

export type FollowOptions = {
  readonly wait: boolean
  /** How long to follow, such as `90m`. */
  readonly timeout?: string | undefined
  readonly onInterrupt: OnInterrupt
}

/**
 * `started`: not waited for. `timed-out`: it goes on. `interrupted`: the user stopped it. `left-running`: the user stopped
 * following it.
 */
export type RunOutcome = 'started' | 'succeeded' | 'failed' | 'stopped' | 'interrupted' | 'left-running' | 'timed-out'

export type RunResult = ExecutionReport & {
  readonly formatVersion: 1
  readonly outcome: RunOutcome
  /** About the spec. */
  readonly warnings: readonly DiagnosticJson[]
  /** What else was said before it started: a spec that is not what is deployed, a parameter that reruns nothing. */
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

export type StartedRun = {
  readonly arn: string
  readonly pipelineName: string
  readonly outline: DefinitionOutline
  readonly target: Target
  readonly place: Place
  readonly follow: FollowPlan
  readonly warnings: readonly DiagnosticJson[]
  readonly notes: readonly string[]
  /** Of a retry: when it began, and the steps that had ended before and are not told again. */
  readonly retried?: {readonly atMs: number; readonly kept: ReadonlySet<string>}
}

export type FollowPlan = {
  readonly wait: boolean
  readonly timeoutSeconds: number | undefined
  readonly onInterrupt: OnInterrupt
  /** The execution may outlive this process, and so runs in another. */
  readonly handOver: boolean
}

/** For what is told at the end: the execution itself has been followed to there. */
const reportPatienceMs = 120_000

/** Reads the options before anything is started. */
export function planFollowing({wait, timeout, onInterrupt}: FollowOptions): FollowPlan {
  const timeoutSeconds = timeout === undefined ? undefined : parseTimeout(timeout)
  const handOver = !wait || timeoutSeconds !== undefined || onInterrupt === 'leave'
  return {wait, timeoutSeconds, onInterrupt, handOver}
}

export async function followRun(run: StartedRun, connection: Connection, world: World): Promise<RunResult> {
  const {arn, outline, place, warnings, notes, retried} = run
  const pace = paceOf(run.target)
  const foretell = async (report: ExecutionReport) => {
    const foretold = retried ? undefined : await compareWithForecast(report, run, connection.cloud)
    return foretold ? {foretold} : {}
  }
  const inspect = () => inspectExecution(connection.cloud, arn, run.target.name, world.now())
  const describe = async (outcomeFor: (report: ExecutionReport) => RunOutcome): Promise<RunResult> => {
    const inspected = run.follow.wait
      ? await keepTrying(inspect, {pace, forMs: reportPatienceMs}, world)
      : await inspect().catch((error: unknown) => startedUnseen(run, error, world))
    const report = retried ? timedFrom(retried.atMs, inspected, world.now()) : inspected
    const outcome = outcomeFor(report)
    return {
      formatVersion: 1,
      outcome,
      ...report,
      ...(await foretell(report)),
      warnings,
      notes,
      next: nextSteps(report, outcome, outline, place),
    }
  }
  if (!run.follow.wait) return describe(() => 'started')

  const execution = executionId(arn)
  world.reporter.report({kind: 'execution-started', pipeline: run.pipelineName, execution, steps: outline.steps})
  const {timeoutSeconds, onInterrupt} = run.follow
  const timeout = timeoutSeconds === undefined ? {} : {timeoutSeconds}
  const known = retried ? {known: retried.kept} : {}
  const follow = {arn, outline, place, pace, onInterrupt, ...timeout, ...known}
  const end = await followExecution(follow, connection, world)
  world.reporter.end()
  return describe((report) => outcomeOf(end, report))
}

/** It has started, and that is what was asked for: what it does meanwhile may be told another time. */
function startedUnseen(
  {arn, pipelineName, outline, target}: StartedRun,
  error: unknown,
  world: World,
): ExecutionReport {
  if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
  const message = `the execution has started, and cannot be looked at now: ${error.message}`
  world.reporter.report({kind: 'warning', message})
  return {
    pipeline: pipelineName,
    target: target.name,
    execution: executionId(arn),
    arn,
    status: 'Executing',
    startedAt: iso(world.now()),
    agoSeconds: 0,
    durationSeconds: 0,
    parameters: [],
    steps: outline.steps.map(({name, type}) => ({name, type, state: 'waiting'})),
    counts: {waiting: outline.steps.length},
    metrics: [],
    reports: [],
    models: [],
  }
}

export function parseTimeout(text: string): number {
  const duration = parseDuration(text)
  const parsed = duration && durationSeconds(duration)
  if (parsed !== undefined) return parsed
  throw new MlpipeError({code: 'usage', message: `--timeout takes a time such as 45s, 90m or 2h, not "${text}"`})
}

/** How long this run of the execution took, without the time between its first end and the retry. */
function timedFrom(startMs: number, {idle = [], ...report}: ExecutionReport, nowMs: number): ExecutionReport {
  const endMs = report.endedAt === undefined ? nowMs : Date.parse(report.endedAt)
  const since = idle.filter(({startedAt}) => Date.parse(startedAt) >= startMs)
  return {...report, durationSeconds: seconds(endMs - startMs), ...(since.length > 0 ? {idle: since} : {})}
}

function outcomeOf(end: FollowEnd, {status}: ExecutionReport): RunOutcome {
  if (end === 'timed-out') return 'timed-out'
  if (end === 'left') return 'left-running'
  // It may have come to its end before the stop reached it.
  if (status === 'Succeeded') return 'succeeded'
  if (end === 'interrupted') return 'interrupted'
  return status === 'Failed' ? 'failed' : 'stopped'
}

function nextSteps(report: ExecutionReport, outcome: RunOutcome, outline: DefinitionOutline, place: Place): string[] {
  const {execution} = report
  switch (outcome) {
    case 'succeeded':
      return report.models
        .filter(({approval}) => approval === 'PendingManualApproval')
        .map(({model}) => nextCommand(`models approve ${model}`, place))
    case 'failed': {
      const step = report.failure?.step
      const failed = report.steps.find(({name}) => name === step)
      const logs =
        failed?.jobArn === undefined ? [] : [nextCommand(`executions logs ${execution} --step ${step}`, place)]
      return [...logs, nextCommand(`executions show ${execution}`, place)]
    }
    case 'stopped':
    case 'interrupted':
      return ['show', 'retry'].map((word) => nextCommand(`executions ${word} ${execution}`, place))
    case 'started':
    case 'left-running':
    case 'timed-out':
      return [
        ...callbackCommands(report.steps, outline, place),
        ...[`watch ${execution}`, `logs ${execution} --follow`, `stop ${execution}`].map((words) =>
          nextCommand(`executions ${words}`, place),
        ),
      ]
  }
}

/** The answers that callback steps wait for. */
function callbackCommands(steps: readonly StepReport[], outline: DefinitionOutline, place: Place): string[] {
  return steps.flatMap(({name, callback}) =>
    callback ? [callbackCommand(callback.token, outline.types.get(name)?.outputs ?? [], place)] : [],
  )
}
