// Triggers in what `mlpipe deploy` shows: where they differ from the spec, and what becomes of it.

import type {TriggerDifference, TriggersReport} from '../../actions/deploy/deploy-result.ts'
import {count} from '../time.ts'

/** One for each trigger that differs; `isProposal`: nothing is done yet. */
export function triggerTexts({declared, isBroughtInLine, differences}: TriggersReport, isProposal: boolean): string[] {
  if (differences.length === 0) {
    const them = declared === 1 ? 'it' : 'them'
    return [declared === 0 ? 'none' : `${count(declared, 'trigger')} as the spec has ${them}`]
  }
  const decided = isProposal ? proposed : done
  const words = isBroughtInLine ? decided : found
  return separated(differences.map((difference) => describe(difference, words)))
}

export function bucketTexts({buckets}: TriggersReport, isProposal: boolean): string[] {
  const words = isProposal ? 'would send its events to EventBridge' : 'sends its events to EventBridge now'
  return separated(buckets.map((bucket) => `${bucket} ${words}`))
}

type Words = Readonly<Record<TriggerDifference['action'], string>>

const done: Words = {
  create: 'created',
  update: 'updated',
  remove: 'removed',
  keep: 'is no longer declared, and stays',
}
const keep = 'is no longer declared'
const proposed: Words = {create: 'would be created', update: 'would be updated', remove: 'would be removed', keep}
const found: Words = {create: 'is not made yet', update: 'differs from the spec', remove: keep, keep}

/** `nightly updated (schedule, parameter epochs)`. */
function describe({name, action, changes}: TriggerDifference, words: Words): string {
  const fields = changes.length === 0 ? '' : ` (${changes.map(({field}) => field).join(', ')})`
  return `${name} ${words[action]}${fields}`
}

function separated(texts: readonly string[]): string[] {
  return texts.map((text, index) => (index < texts.length - 1 ? `${text};` : text))
}
