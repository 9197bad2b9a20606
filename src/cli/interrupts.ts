// Ctrl-C: the first asks politely, the second ends at once. SIGTERM and a closed terminal count as Ctrl-C.

export type Interrupts = {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** The first signal, once it has come. */
  received(): NodeJS.Signals | undefined
  /** What has come is forgotten: from now on there is a new signal, and the next Ctrl-C is a first one again. */
  forget(): void
  dispose(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function listenForInterrupts(onSecond: () => void): Interrupts {
  let controller = new AbortController()
  let first: NodeJS.Signals | undefined
  const listener = (signal: NodeJS.Signals) => {
    if (first !== undefined) {
      onSecond()
      return
    }
    first = signal
    controller.abort()
  }
  for (const signal of signals) process.on(signal, listener)
  return {
    get signal() {
      return controller.signal
    },
    received: () => first,
    forget: () => {
      first = undefined
      controller = new AbortController()
    },
    dispose: () => {
      for (const signal of signals) process.off(signal, listener)
    },
  }
}
