// Ctrl-C: the first asks politely, the second ends at once. SIGTERM and a closed terminal count as Ctrl-C.

export type Interrupts = {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** The first signal, once it has come. */
  received(): NodeJS.Signals | undefined
  dispose(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function listenForInterrupts(onSecond: () => void): Interrupts {
  const controller = new AbortController()
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
    signal: controller.signal,
    received: () => first,
    dispose: () => {
      for (const signal of signals) process.off(signal, listener)
    },
  }
}
