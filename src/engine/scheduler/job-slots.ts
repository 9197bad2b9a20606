// How many jobs one process runs at once, over all its executions: as many as there are cores.

export type JobSlots = {
  tryTake(): boolean
  release(): void
}

/** `onFree` is called after each release, when a waiting job may start. */
export function createJobSlots(limit: number, onFree: () => void): JobSlots {
  let used = 0
  return {
    tryTake() {
      if (used >= limit) return false
      used += 1
      return true
    },
    release() {
      used -= 1
      onFree()
    },
  }
}
