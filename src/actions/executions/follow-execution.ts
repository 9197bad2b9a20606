// Follows an execution to its end, reporting each step as it starts and ends, and does what the user wants at Ctrl-C.

import type {ExecutionsPort} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Connection, World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import {keepContact, observer} from './look.ts'
import {type Pace, pauseAfterFailure, pauseBetweenLooks} from './pace.ts'
import {isPassing} from './patience.ts'
import {type WatchedSteps, watchSteps} from './watch-steps.ts'

/** What Ctrl-C means for the execution. `ask` stops it where nobody can be asked, and where it would end with this process. */
export type OnInterrupt = 'ask' | 'stop' | 'leave'

export type FollowInput = WatchedSteps & {
  readonly arn: string
  readonly pace?: Pace
  readonly onInterrupt?: OnInterrupt
  /** Stop following, not the execution, after this time. */
  readonly timeoutSeconds?: number
}

/** `interrupted`: the user stopped it. `left`: the user stopped following it. */
export type FollowEnd = 'ended' | 'interrupted' | 'left' | 'timed-out'

export async function followExecution(input: FollowInput, connection: Connection, world: World): Promise<FollowEnd> {
  const {arn, pace = 'embedded', place = {}, onInterrupt = 'ask'} = input
  const {executions} = connection.cloud
  const startedMs = world.now()
  const deadlineMs = input.timeoutSeconds === undefined ? undefined : startedMs + input.timeoutSeconds * 1000
  const look = observer(arn, pace, executions)
  const contact = keepContact(arn, pace, place, world)
  const watcher = watchSteps(input, connection.cloud, world)
  let lastChangeMs = startedMs
  let stop: 'unwanted' | 'wanted' | 'requested' = 'unwanted'
  let runsHere = connection.idle !== undefined

  for (;;) {
    const lookedAtMs = world.now()
    const seen = await contact.ask(look)
    const changed = seen ? await watcher.take(seen.steps) : false
    if (seen?.execution && isTerminalStatus(seen.execution.status)) {
      world.reporter.report({kind: 'execution-ended', execution: executionId(arn), status: seen.execution.status})
      return stop === 'unwanted' ? 'ended' : 'interrupted'
    }

    if (stop === 'unwanted' && world.interrupt.aborted) {
      const wish = await atInterrupt(onInterrupt, arn, connection, world)
      if (wish === 'leave') return 'left'
      if (wish === 'follow') {
        world.forgetInterrupt()
        continue
      }
      stop = 'wanted'
      const outlives = connection.idle === undefined
      world.reporter.report({kind: 'stopping', execution: executionId(arn), outlives})
    }
    if (stop === 'wanted' && (await requestStop(arn, executions))) {
      stop = 'requested'
      lastChangeMs = world.now()
      continue
    }

    const nowMs = world.now()
    const isStopping = stop !== 'unwanted'
    if (deadlineMs !== undefined && nowMs >= deadlineMs && !isStopping) return 'timed-out'

    if (changed) lastChangeMs = nowMs
    const failures = contact.failures()
    const random = world.random()
    const wanted =
      failures > 0
        ? pauseAfterFailure(failures, random)
        : pauseBetweenLooks(pace, {quietMs: nowMs - lastChangeMs, tookMs: nowMs - lookedAtMs, random})
    const left = deadlineMs === undefined || isStopping ? wanted : Math.max(1, deadlineMs - nowMs)
    const idle = runsHere ? connection.idle?.() : undefined
    const woke = await pause(Math.min(wanted, left), idle, world, isStopping)
    // Idle, and yet not at its end: it is another process that runs it.
    if (woke === 'idle') runsHere = false
  }
}

type Wish = 'follow' | 'stop' | 'leave'

async function atInterrupt(
  onInterrupt: OnInterrupt,
  arn: string,
  {idle}: Connection,
  world: World,
): Promise<Wish> {
  if (onInterrupt !== 'ask') return onInterrupt
  if (idle !== undefined) return 'stop'
  const question = `execution ${executionId(arn)} runs on: [s]top it, [l]eave it running, or Enter to go on following?`
  const answer = await world.choose<Wish>(question, ['follow', 'stop', 'leave'])
  if (answer === 'no-terminal') return 'stop'
  // Ctrl-C once more: out of here, with as little done as possible.
  return answer === 'interrupted' ? 'leave' : answer
}

/** Waits; wakes early at an interrupt, or when this process has nothing left to run. */
async function pause(
  ms: number,
  idle: Promise<void> | undefined,
  world: World,
  isStopping: boolean,
): Promise<'idle' | 'slept'> {
  const {interrupt} = world
  const wake = new AbortController()
  const wakeUp = () => wake.abort()
  if (!isStopping) interrupt.addEventListener('abort', wakeUp, {once: true})
  if (interrupt.aborted && !isStopping) wakeUp()
  const waits: Promise<'idle' | 'slept'>[] = [world.sleep(ms, wake.signal).then(() => 'slept')]
  if (idle !== undefined) waits.push(idle.then(() => 'idle'))
  const woke = await Promise.race(waits)
  interrupt.removeEventListener('abort', wakeUp)
  wakeUp()
  return woke
}

/** False when there was no answer, and it has to be asked again. */
async function requestStop(arn: string, executions: ExecutionsPort): Promise<boolean> {
  try {
    await executions.stop(arn)
    return true
  } catch (error) {
    if (isPassing(error)) return false
    // It may have ended, or be stopping already, since it was looked at; the next look tells.
    if (error instanceof MlpipeError && error.who === 'service') return true
    throw error
  }
}
