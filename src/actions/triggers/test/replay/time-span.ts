// The earliest and the latest of the times that events have.

export type TimeSpan = {
  add(atMs: number | undefined): void
  latestMs(): number | undefined
  /** ISO 8601; nothing when no event has a time. */
  report(): {readonly first?: string; readonly last?: string}
}

export function timeSpan(): TimeSpan {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return {
    add(atMs) {
      if (atMs === undefined) return
      first = Math.min(first, atMs)
      last = Math.max(last, atMs)
    },
    latestMs: () => (first > last ? undefined : last),
    report: () => (first > last ? {} : {first: new Date(first).toISOString(), last: new Date(last).toISOString()}),
  }
}
