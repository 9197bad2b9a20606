// The names of what a trigger makes: `<pipeline>-<trigger>`, cut where AWS takes less.

import {createHash} from 'node:crypto'

/** Of a rule, a schedule and a schedule group alike (EventBridge API Reference, PutRule; Scheduler API Reference, CreateSchedule). */
export const longestDocumentName = 64

const hashLength = 8

/** A name that has to be cut gets a hash of the whole, so that it stays apart from others. */
export function documentName(pipelineName: string, triggerName?: string): string {
  const whole = triggerName === undefined ? pipelineName : `${pipelineName}-${triggerName}`
  if (whole.length <= longestDocumentName) return whole
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, hashLength)
  return `${whole.slice(0, longestDocumentName - hashLength - 1)}-${hash}`
}
