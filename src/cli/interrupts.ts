// Ctrl-C: the first asks politely, the second ends at once. SIGTERM and a closed terminal count as Ctrl-C.

export type Interrupts = {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  dispose(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function listenForInterrupts(onSecond: () => void): Interrupts {
  const controller = new AbortController()
  const listener = () => {
    if (controller.signal.aborted) onSecond()
    else controller.abort()
  }
  for (const signal of signals) process.on(signal, listener)
  return {
    signal: controller.signal,
    dispose: () => {
      for (const signal of signals) process.off(signal, listener)
    },
  }
}
