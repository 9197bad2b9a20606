// Follows an execution to its end, reporting each step as it starts and ends. Stops it when the user asks.

import type {Callback, Execution, ExecutionStep} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Place} from '../next-commands.ts'
import type {ProgressEvent} from '../reporter.ts'
import type {Connection, World} from '../world.ts'
import {callbackCommand} from './callback-command.ts'
import type {DefinitionOutline} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import {cacheSources, isTerminalState, stateOf, stepReport} from './step-report.ts'

export type FollowInput = {
  readonly arn: string
  readonly outline: DefinitionOutline
  /** Stop following, not the execution, after this time. */
  readonly timeoutSeconds?: number
  /** Steps that had ended before, and are not reported. */
  readonly known?: ReadonlySet<string>
  /** What the user named, for commands that are proposed. */
  readonly place?: Place
}

export type FollowEnd = 'ended' | 'interrupted' | 'timed-out'

/** Between two looks: a tenth of the time since something last happened, so that an end is seen at most 10 % late. */
const patience = 0.1
const shortestPauseMs = 50
const longestPauseMs = 1000
/** A look may take this share of the time at most, however many steps there are to list. */
const pollShare = 0.2

export async function followExecution(input: FollowInput, connection: Connection, world: World): Promise<FollowEnd> {
  const {executions} = connection.cloud
  const startedMs = world.now()
  const deadlineMs = input.timeoutSeconds === undefined ? undefined : startedMs + input.timeoutSeconds * 1000
  const watcher = watchSteps(input, connection, world)
  let lastChangeMs = startedMs
  let isStopping = false
  let runsHere = connection.idle !== undefined

  for (;;) {
    const lookedAtMs = world.now()
    const execution = await executions.describe(input.arn)
    const changed = await watcher.take(await executions.steps(input.arn))
    if (isTerminalStatus(execution.status)) {
      world.reporter.report({kind: 'execution-ended', execution: executionId(input.arn), status: execution.status})
      return isStopping ? 'interrupted' : 'ended'
    }

    if (world.interrupt.aborted && !isStopping) {
      isStopping = true
      world.reporter.report({kind: 'stopping', execution: executionId(input.arn)})
      await stopUnlessEnded(execution, connection)
      continue
    }

    const nowMs = world.now()
    if (deadlineMs !== undefined && nowMs >= deadlineMs && !isStopping) return 'timed-out'

    if (changed) lastChangeMs = nowMs
    const wanted = Math.max((nowMs - lastChangeMs) * patience, (nowMs - lookedAtMs) * (1 / pollShare), shortestPauseMs)
    const left = deadlineMs === undefined || isStopping ? longestPauseMs : Math.max(1, deadlineMs - nowMs)
    const idle = runsHere ? connection.idle?.() : undefined
    const woke = await pause(Math.min(wanted, longestPauseMs, left), idle, world, isStopping)
    // Idle, and yet not at its end: it is another process that runs it.
    if (woke === 'idle') runsHere = false
  }
}

/** Waits; wakes early at an interrupt, or when this process has nothing left to run. */
async function pause(
  ms: number,
  idle: Promise<void> | undefined,
  world: World,
  isStopping: boolean,
): Promise<'idle' | 'slept'> {
  const wake = new AbortController()
  const wakeUp = () => wake.abort()
  if (!isStopping) world.interrupt.addEventListener('abort', wakeUp, {once: true})
  if (world.interrupt.aborted && !isStopping) wakeUp()
  const waits: Promise<'idle' | 'slept'>[] = [world.sleep(ms, wake.signal).then(() => 'slept')]
  if (idle !== undefined) waits.push(idle.then(() => 'idle'))
  const woke = await Promise.race(waits)
  world.interrupt.removeEventListener('abort', wakeUp)
  wakeUp()
  return woke
}

async function stopUnlessEnded(execution: Execution, connection: Connection): Promise<void> {
  try {
    await connection.cloud.executions.stop(execution.arn)
  } catch (error) {
    // It may have ended, or be stopping already, since it was looked at; the next look tells.
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
  }
}

type StepWatcher = {
  /** Reports what is new; true when something was. */
  take(steps: readonly ExecutionStep[]): Promise<boolean>
}

function watchSteps({outline, known, place = {}}: FollowInput, connection: Connection, world: World): StepWatcher {
  const sources = cacheSources(connection.cloud.executions)
  const started = new Set<string>()
  const waiting = new Set<string>()
  const ended = new Set(known)
  return {
    async take(steps) {
      const events: ProgressEvent[] = []
      const news = steps.filter(({name}) => !ended.has(name))
      for (const step of news) {
        if (isTerminalState(stateOf(step))) {
          ended.add(step.name)
          events.push({kind: 'step-ended', step: await stepReport(step, outline, sources, world.now())})
        } else if (!started.has(step.name)) {
          const label = {name: step.name, type: outline.types.get(step.name)?.type ?? ''}
          events.push({kind: 'step-started', step: label, atMs: step.startedAtMs ?? world.now()})
        }
        started.add(step.name)
        if (step.callback && !ended.has(step.name) && !waiting.has(step.callback.token)) {
          waiting.add(step.callback.token)
          events.push(waitingEvent(step.name, step.callback, outline, place))
        }
      }
      for (const event of events.sort((a, b) => endOf(a) - endOf(b))) world.reporter.report(event)
      return events.length > 0
    },
  }
}

function waitingEvent(
  step: string,
  {token, queueUrl}: Callback,
  outline: DefinitionOutline,
  place: Place,
): ProgressEvent {
  const answer = callbackCommand(token, outline.types.get(step)?.outputs ?? [], place)
  return {kind: 'step-waiting', step, ...(queueUrl === undefined ? {} : {queueUrl}), answer}
}

/** Steps that ended come in the order in which they ended; then what has started. */
function endOf(event: ProgressEvent): number {
  if (event.kind !== 'step-ended' || event.step.endedAt === undefined) return Number.MAX_SAFE_INTEGER
  return Date.parse(event.step.endedAt)
}
