// What stands today where a run has read, in words that stay true of what was put again with the same content. Where nothing is newer there
// is nothing to say.

import type {SinceReport} from '../actions/lineage/lineage-result.ts'
import {clock, count} from './time.ts'

export function sinceWords(since: SinceReport | undefined): string | undefined {
  if (!since || since.state === 'older') return undefined
  if (since.state === 'gone') return 'nothing lies there today'
  const {state, writtenAt, among} = since
  const when = state === 'written-since' ? 'since' : 'after the step began'
  const time = `${clock(writtenAt)} UTC`
  if (!among) return `written ${when} (${time})`
  const {newer, objects, isCut} = among
  const all = isCut ? `the first ${count(objects, 'object')}` : count(objects, 'object')
  return `${newer} of ${all} there written ${when} (last ${time})`
}
