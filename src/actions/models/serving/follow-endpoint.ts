// Waits until an endpoint is what it was told to become, reporting each status, or until the time or the user's patience ends.

import type {Endpoint} from '../../../cloud/lineage-ports.ts'
import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {type Pace, pauseBetweenLooks} from '../../executions/pace.ts'
import {keepTrying, patienceMs} from '../../executions/patience.ts'
import type {World} from '../../world.ts'
import {isBusy} from './standing-endpoint.ts'

export type EndpointWait = {
  readonly name: string
  readonly pace: Pace
  readonly timeoutSeconds?: number | undefined
}

/**
 * `settled`: nothing is being done to it any more, for better or worse. `gone`: there is no endpoint of the name.
 * `left`: the user stopped waiting; what has begun goes on.
 */
export type EndpointEnd =
  | {readonly kind: 'settled'; readonly endpoint: Endpoint}
  | {readonly kind: 'gone'}
  | {readonly kind: 'left' | 'timed-out'; readonly endpoint: Endpoint | undefined}

export async function followEndpoint(
  {name, pace, timeoutSeconds}: EndpointWait,
  {endpoints}: Pick<Cloud, 'endpoints'>,
  world: World,
): Promise<EndpointEnd> {
  // Read at once: from here on Ctrl-C is an event, not the end of the process.
  const {interrupt} = world
  const startedMs = world.now()
  const deadlineMs = timeoutSeconds === undefined ? Number.POSITIVE_INFINITY : startedMs + timeoutSeconds * 1000
  let seen: Endpoint | undefined
  let changedMs = startedMs
  try {
    for (;;) {
      const lookedAtMs = world.now()
      const endpoint = await keepTrying(() => endpoints.endpoint(name), {pace, forMs: patienceMs}, world)
      if (!endpoint) return {kind: 'gone'}
      if (!isBusy(endpoint)) return {kind: 'settled', endpoint}

      const nowMs = world.now()
      if (endpoint.status !== seen?.status) {
        changedMs = nowMs
        world.reporter.report({kind: 'endpoint-waiting', endpoint: name, status: endpoint.status, atMs: nowMs})
      }
      seen = endpoint
      if (interrupt.aborted) return {kind: 'left', endpoint}
      if (nowMs >= deadlineMs) return {kind: 'timed-out', endpoint}
      const look = {failures: 0, quietMs: nowMs - changedMs, tookMs: nowMs - lookedAtMs, random: world.random()}
      await world.sleep(Math.min(pauseBetweenLooks(pace, look), deadlineMs - nowMs), interrupt)
    }
  } catch (error) {
    // It was the user's wish to leave that ended the waiting for an answer.
    if (interrupt.aborted && error instanceof MlpipeError && error.who === 'service')
      return {kind: 'left', endpoint: seen}
    throw error
  } finally {
    world.reporter.report({kind: 'endpoint-settled', endpoint: name})
  }
}

const logTailLines = 10

/** The last lines of its containers since then. Where they may not be read, the failure is told without them. */
export async function endpointLog(name: string, fromMs: number, {logs}: Pick<Cloud, 'logs'>): Promise<string[]> {
  try {
    const log = await logs.openEndpoint(name, {tail: logTailLines, fromMs})
    const events = await log.read()
    return events.slice(-logTailLines).map(({message}) => message)
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    return [`(the log cannot be read: ${error.message})`]
  }
}
