// How AWS writes a time in events: to the second.

export function secondsText(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}
