// The event bus of an engine: whether anybody serves it, and this process's part in that: the loop of deliveries, and the clock of
// what fires by itself.

import type {BusControl, OperationContext} from '../operations/context.ts'
import {hasBusServer} from '../store/bus-servers.ts'
import type {Db} from '../store/database.ts'
import {type Clock, type ClockListeners, startClock} from './clock/clock.ts'
import {type BusServer, type ServeBusOptions, startBus} from './serve.ts'

export type ServeOptions = ServeBusOptions & ClockListeners

export type Bus = BusControl & {
  serve(context: OperationContext, options?: ServeOptions): void
  /** Resolves when nothing is due that this process would attempt. */
  idle(): Promise<void>
  close(): void
}

/** How long it may go unseen that another process serves the bus, or has ended. */
const lookMs = 1000

export function createBus(db: Db): Bus {
  let server: BusServer | undefined
  let clock: Clock | undefined
  let isServedElsewhere = false
  let lookedAtMs = Number.NEGATIVE_INFINITY

  return {
    isServed() {
      if (server) return true
      const nowMs = performance.now()
      if (nowMs - lookedAtMs < lookMs) return isServedElsewhere
      lookedAtMs = nowMs
      isServedElsewhere = hasBusServer(db)
      return isServedElsewhere
    },
    wake: () => server?.wake(),
    serve(context, options = {}) {
      const loop = startBus(context, options)
      server = loop
      clock = startClock(context, {
        ...options,
        onFired(firing) {
          loop.wake()
          options.onFired?.(firing)
        },
      })
    },
    idle: async () => server?.idle(),
    close() {
      clock?.close()
      server?.close()
      clock = undefined
      server = undefined
    },
  }
}
