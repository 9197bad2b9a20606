// Triggers in the words that `trigger list` and `trigger show` share.

import type {
  NextFirings,
  StandingReport,
  StartReport,
  TriggerReport,
} from '../../actions/triggers/look/trigger-report.ts'
import {paintStatus} from '../execution.ts'
import {oneLine} from '../printable.ts'
import type {Paint} from '../style.ts'
import {ago} from '../time.ts'

export const makers: Readonly<Record<TriggerReport['madeBy'], string>> = {
  spec: 'the spec',
  'command-line': 'the command line',
  'something-else': 'something else than mlpipe',
}

const states: Readonly<Record<TriggerReport['state'], string>> = {
  enabled: 'enabled',
  disabled: 'disabled',
  'not-made': 'not made yet',
}

export function stateWords({state}: TriggerReport, paint: Paint): string {
  return state === 'enabled' ? paint.green(states[state]) : paint.yellow(states[state])
}

/** `rule churn-new-data`, `schedule weekly in group default`. */
export function standingWords({kind, name, within}: StandingReport): string {
  if (kind === 'schedule') return `schedule ${name} in group ${within}`
  return within === 'default' ? `rule ${name}` : `rule ${name} on bus ${within}`
}

/** A line for each; `zone`: of whoever looks. */
export function firingLines(next: NextFirings, zone: string): string[] {
  return firingParts(next, zone).map((parts) => parts.join(' '))
}

/** The same, broken where a line may end. */
export function firingParts(next: NextFirings, zone: string): (readonly string[])[] {
  if (next.kind === 'unknown') return [`unknown: ${next.why}`.split(' ')]
  if (next.times.length === 0) return [['never again']]
  return next.times.map(({there, here}) => {
    const time = `${shortTime(there)} ${next.zone}`
    if (zone === next.zone) return [time]
    const isSameDay = there.slice(0, 10) === here.slice(0, 10)
    return [time, `(${isSameDay ? shortTime(here).slice('2026-01-01 '.length) : shortTime(here)} ${zone})`]
  })
}

/** `2026-11-28T03:00:00+01:00` -> `2026-11-28 03:00`; seconds where there are some. */
function shortTime(time: string): string {
  return time.slice(0, 19).replace('T', ' ').replace(/:00$/, '')
}

export function startWords(start: StartReport, paint: Paint): string {
  const {execution, status, agoSeconds, foundBy, byHand, orBy} = start
  const how = foundBy === 'description' ? '' : `, by its role${orBy ? ` (or ${orBy.join(', ')} did)` : ''}`
  return `${execution} ${paintStatus(status, paint)} ${ago(agoSeconds)}${how}${byHand ? ', by hand' : ''}`
}

/** What is not as the spec says, a line for each. */
export function specWords({spec, differences}: TriggerReport): string[] {
  if (spec === 'not-declared') return ['no longer declared in the spec']
  return differences.map(({field, before, after}) => `${field}: ${valueWords(before)} -> ${valueWords(after)}`)
}

function valueWords(value: string | undefined): string {
  return value === undefined ? 'none' : oneLine(value)
}
