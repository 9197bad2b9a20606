// Requests that end within one turn of the event loop, since all that they do is in the database, get a turn each. Without
// that, two hundred clients whose requests come at once make one long turn of two hundred commits, and whoever needs several
// turns (an upload, a step of an execution) waits for as many of those.

/** Resolves when it is the caller's turn. */
export type TakeTurn = () => Promise<void>

export function createTurns(): TakeTurn {
  const waiting: (() => void)[] = []
  let isGoing = false
  const next = () => {
    const first = waiting.shift()
    first?.()
    isGoing = first !== undefined
    if (isGoing) setImmediate(next)
  }
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (isGoing) return
      isGoing = true
      setImmediate(next)
    })
}
