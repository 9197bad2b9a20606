// `--since`: a time, or how long ago.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {parseMoment} from '../../text/moment.ts'

/** Undefined when it was not given. */
export function parseSince(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined
  const sinceMs = parseMoment(text, nowMs)
  if (sinceMs !== undefined) return sinceMs
  const message = `--since takes a time such as 2h, 7d, 2026-11-01 or 2026-11-01T10:00Z, not "${text}"`
  throw new MlpipeError({code: 'usage', message})
}
