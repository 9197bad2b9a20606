// How many jobs one process runs at once, over all its executions: as many as there are cores.

export type JobSlots = {
  tryTake(): boolean
  /** Resolves when a slot is the caller's; before any step that waits. */
  take(): Promise<void>
  release(): void
}

/** `onFree` is called after each release that frees a slot, when a waiting job may start. */
export function createJobSlots(limit: number, onFree: () => void): JobSlots {
  let used = 0
  const waiting: (() => void)[] = []
  const tryTake = () => {
    if (used >= limit) return false
    used += 1
    return true
  }
  return {
    tryTake,
    take: () => (tryTake() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    release() {
      const next = waiting.shift()
      if (next) {
        next()
        return
      }
      used -= 1
      onFree()
    },
  }
}
