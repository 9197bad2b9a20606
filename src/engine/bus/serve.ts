// Serving the event bus: what is due is attempted, whichever process wrote it. Several processes may serve at once.

import {setImmediate as nextTurn} from 'node:timers/promises'
import type {OperationContext} from '../operations/context.ts'
import {enterBusServer, removeBusServer} from '../store/bus-servers.ts'
import {findDue} from '../store/deliveries.ts'
import {ownIdentity} from '../store/process-identity.ts'
import {type AttemptOptions, attemptDelivery, type Delivered} from './attempt.ts'

export type ServeBusOptions = AttemptOptions & {
  /** Told of every attempt. */
  onDelivered?(delivered: Delivered): void
  /** Not even what became of an attempt could be written; it is made again. */
  onTrouble?(error: unknown): void
}

export type BusServer = {
  /** Looks at once whether something is due. */
  wake(): void
  /** Resolves when nothing is due. */
  idle(): Promise<void>
  close(): void
}

/** How soon is seen what another process has written, and what has become due. */
const pollMs = 200

/** How long a delivery rests that could not be settled, so that it does not stand in the way of others. */
const restMs = 10_000

const mostAtOnce = 50

/** Enters this process as one that serves the bus. */
export function startBus(context: OperationContext, options: ServeBusOptions = {}): BusServer {
  const {db, now} = context
  const self = ownIdentity()
  const resting = new Map<string, number>()
  let isClosed = false
  let pass: Promise<void> | undefined
  enterBusServer(db, self, now())

  const due = () => {
    if (isClosed) return []
    const nowMs = performance.now()
    for (const [id, untilMs] of resting) if (untilMs <= nowMs) resting.delete(id)
    return findDue(db, now(), mostAtOnce + resting.size).filter((id) => !resting.has(id))
  }

  const attempt = (id: string): void => {
    try {
      const delivered = attemptDelivery(id, context, options)
      if (delivered) options.onDelivered?.(delivered)
    } catch (error) {
      resting.set(id, performance.now() + restMs)
      options.onTrouble?.(error)
    }
  }

  const attemptDue = async () => {
    for (let ids = due(); ids.length > 0; ids = due()) {
      for (const id of ids) {
        if (isClosed) return
        attempt(id)
        // Clients of this process get their answers meanwhile.
        await nextTurn()
      }
    }
  }

  const wake = () => {
    if (isClosed || pass) return
    pass = nextTurn()
      .then(attemptDue)
      // A database that is busy for long: the rows are there still, and the next look comes by itself.
      .catch(() => undefined)
      .finally(() => {
        pass = undefined
      })
  }

  const poll = setInterval(wake, pollMs)
  poll.unref()
  wake()

  return {
    wake,
    async idle() {
      while (pass || due().length > 0) {
        wake()
        await pass
      }
    },
    close() {
      if (isClosed) return
      isClosed = true
      clearInterval(poll)
      removeBusServer(db, self)
    },
  }
}
