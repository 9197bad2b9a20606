// What was foretold of a step, and why: in the words that `diff` and `why` use.

import type {ReasonReport, StepForecast} from '../../actions/forecast/forecast.ts'
import {markOf, minute, tellConditional, tellReason, tellSkipped, tellStale, type Verdicts} from '../forecast-words.ts'
import {placeText} from '../place-text.ts'
import {oneLine} from '../printable.ts'
import {changeText} from '../values.ts'
import {type Html, html} from './html.ts'

/** Of a value, before and after. */
const widestChange = 160

/** `rerun`, `cached`. */
export function verdictWord(forecast: StepForecast): string {
  return markOf(forecast).word
}

/** One line of it: the first reason. */
export function shortReason(forecast: StepForecast, verdicts: Verdicts): string {
  if (forecast.verdict === 'skipped') return tellSkipped(forecast)
  if (forecast.verdict === 'hit') return forecast.from ? `from ${forecast.from.execution}` : ''
  const [first, ...others] = forecast.reasons
  if (!first) return tellConditional(forecast) ?? ''
  return `${reasonText(first, forecast.type, verdicts)}${others.length > 0 ? `, and ${others.length} more` : ''}`
}

/** All that is known of why, an item each; `file` is named where a reason has a line in it. */
export function reasonList(forecast: StepForecast, verdicts: Verdicts, file: string | undefined): Html {
  const own = forecast.reasons.map((reason) => {
    const place = file === undefined ? '' : placeText(file, reason.line)
    return html`<li>${reasonText(reason, forecast.type, verdicts)}${place !== '' && html` <span class="place">${place}</span>`}</li>`
  })
  const others = [
    ...hitWords(forecast),
    ...(forecast.verdict === 'skipped' ? [tellSkipped(forecast)] : [tellConditional(forecast)]),
    tellStale(forecast),
  ].filter((text) => text !== undefined)
  const items = [...own, ...others.map((text) => html`<li>${text}</li>`)]
  return items.length === 0 ? html`` : html`<ul>${items}</ul>`
}

/** Moments, not ages: a page is read long after it was written. */
function hitWords({from, expiresAt}: StepForecast): string[] {
  if (!from) return []
  const expiry = expiresAt === undefined ? [] : [`good until ${minute(expiresAt)}`]
  return [`from ${from.execution}, which ended ${minute(from.endedAt)}`, ...expiry]
}

function reasonText(reason: ReasonReport, type: string, verdicts: Verdicts): string {
  const {words, path, change} = tellReason(reason, type, verdicts)
  const changed = change ? changeText(change.before, change.after, widestChange) : ''
  return [words, path, changed]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => oneLine(part ?? ''))
    .join('  ')
}
