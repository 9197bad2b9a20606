// The data of a run in words: what is there now, beside what the last execution that looked at it saw.

import type {DataReport, RunForecast} from '../actions/forecast/forecast.ts'
import {oneLine} from './printable.ts'
import {count} from './time.ts'

/** One sentence for each place, in the order of the inputs, however many of them read it. */
export function tellData({data = []}: RunForecast): string[] {
  return [...new Set(data.map((one) => `data in ${oneLine(one.uri)}: ${tellState(one)}`))]
}

/** `3 objects added, 1 changed, 2 removed`, `the same 12 objects as in the last run`. */
function tellState({objects, before, after, added, changed, removed}: DataReport): string {
  const now = count(objects, 'object')
  if (before === undefined) return `${now}, looked at for the first time`
  if (before === after) return `the same ${now} as in the last run`
  const amounts = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const
  const told = amounts.flatMap(([amount = 0, word]) => (amount === 0 ? [] : [{amount, word}]))
  const [first, ...others] = told
  // What was there before is not known, or was a different place.
  if (!first) return `not what the last run saw; ${now} now`
  const rest = others.map(({amount, word}) => `, ${amount} ${word}`).join('')
  return `${count(first.amount, 'object')} ${first.word}${rest} since the last run`
}
