// A clock that is wrong makes signatures that look expired, or false.

import type {Meaning} from './error-table.ts'

/** What AWS tolerates (IAM User Guide, "Troubleshoot Signature Version 4": five minutes). */
const toleranceMs = 5 * 60_000

/** Undefined where the clocks agree, or the service did not tell the time. */
export function clockSkew(aheadMs: number | undefined, tolerance = toleranceMs): Meaning | undefined {
  if (aheadMs === undefined || Math.abs(aheadMs) < tolerance) return undefined
  return {
    code: 'clock-skew',
    says: 'was refused because of the time it was signed at',
    why: `the clock of this machine is ${inWords(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} the service's`,
    nextSteps: ['date -u  (what this machine takes for the time)', 'timedatectl set-ntp true  (sets it, on Linux)'],
  }
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${Math.round(ms / 1000)} s`
  if (minutes < 120) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`
}
