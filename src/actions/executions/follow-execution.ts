// Follows an execution to its end, reporting each step as it starts and ends, and does what the user wants at Ctrl-C.

import type {Connection, World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import {keepContact, observer} from './look.ts'
import {type Pace, pauseBetweenLooks} from './pace.ts'
import {type OnInterrupt, stopControl} from './stop-control.ts'
import {type WatchedSteps, watchSteps} from './watch-steps.ts'

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
  const {arn, pace = 'embedded', place = {}, onInterrupt = 'ask', timeoutSeconds} = input
  const startedMs = world.now()
  const deadlineMs = timeoutSeconds === undefined ? Number.POSITIVE_INFINITY : startedMs + timeoutSeconds * 1000
  const look = observer(arn, pace, connection.cloud.executions)
  const contact = keepContact({arn, pace, place, again: ['executions watch']}, world)
  const watcher = watchSteps(input, connection.cloud, world)
  const stop = stopControl({arn, onInterrupt}, connection, world)
  let lastChangeMs = startedMs
  let runsHere = connection.idle !== undefined

  for (;;) {
    const lookedAtMs = world.now()
    const seen = await contact.ask(look)
    const changed = seen !== undefined && (await watcher.take(seen.steps))
    if (seen?.execution && isTerminalStatus(seen.execution.status)) {
      world.reporter.report({kind: 'execution-ended', execution: executionId(arn), status: seen.execution.status})
      return stop.isWanted() ? 'interrupted' : 'ended'
    }

    const reaction = await stop.react()
    if (reaction === 'leave') return 'left'
    const nowMs = world.now()
    if (changed || reaction === 'look-again') lastChangeMs = nowMs
    if (reaction === 'look-again') continue
    const endMs = stop.isWanted() ? Number.POSITIVE_INFINITY : deadlineMs
    if (nowMs >= endMs) return 'timed-out'

    const quiet = {quietMs: nowMs - lastChangeMs, tookMs: nowMs - lookedAtMs}
    const wanted = pauseBetweenLooks(pace, {failures: contact.failures(), ...quiet, random: world.random()})
    const idle = runsHere ? connection.idle?.() : undefined
    const woke = await pause(Math.min(wanted, endMs - nowMs), idle, world, stop.isWanted())
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
