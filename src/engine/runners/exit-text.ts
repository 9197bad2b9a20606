// How a process ended, as a sentence for a FailureReason.

import type {Exit} from './job-plan.ts'

const lastLineCharacters = 500

/** `Exit code: 3. Last log line: "…"`, or which signal killed it. */
export function describeExit(exit: Exit, lastLines: readonly string[]): string {
  const last = lastLines.at(-1)
  const what = exit.signal === null ? `Exit code: ${exit.code ?? 'unknown'}.` : describeSignal(exit.signal)
  return last === undefined ? what : `${what} Last log line: "${last.trim().slice(0, lastLineCharacters)}"`
}

function describeSignal(signal: string): string {
  const cause = signal === 'SIGKILL' ? ' (out of memory?)' : ''
  return `The process was killed by ${signal}${cause}.`
}

/** FailureReason holds 1,024 characters. */
export function cutReason(reason: string): string {
  return reason.length <= 1024 ? reason : `${reason.slice(0, 1023)}…`
}
