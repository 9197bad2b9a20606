// The names of what a trigger makes: `<pipeline>-<trigger>`, cut where AWS takes less.

import {createHash} from 'node:crypto'
import {longerNamePattern} from '../definition/names.ts'

/** Of a rule, a schedule and a schedule group alike (EventBridge API Reference, PutRule; Scheduler API Reference, CreateSchedule). */
export const longestDocumentName = 64

const hashLength = 8

/** Of a trigger: with the pipeline's it is the name of a rule, and it is a word of a command line. */
export const triggerNamePattern = longerNamePattern

/** A name that has to be cut gets a hash of the whole, so that it stays apart from others. */
export function documentName(pipelineName: string, triggerName?: string): string {
  const whole = triggerName === undefined ? pipelineName : `${pipelineName}-${triggerName}`
  if (whole.length <= longestDocumentName) return whole
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, hashLength)
  return `${whole.slice(0, longestDocumentName - hashLength - 1)}-${hash}`
}

/** What the names of all triggers of the pipeline begin with, cut or not. */
export function documentPrefix(pipelineName: string): string {
  return `${pipelineName}-`.slice(0, longestDocumentName - hashLength - 1)
}
