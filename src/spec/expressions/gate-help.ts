// What to write instead, where a `gate:` looks like something else.

import {nearestName} from '../../text/nearest-name.ts'
import {expressionHelp} from './expression-help.ts'

const thresholds = 'a threshold is a number, parameters.NAME, or champion; two metrics are compared by if:'

/** For a word where a threshold is expected. */
export function thresholdHelp(word: string): string {
  const [, first = '', rest = ''] = /^(\w+)(.*)$/s.exec(word) ?? []
  const meant = nearestName(first, ['champion', 'parameters'])
  if (meant === 'champion') return 'did you mean champion?'
  if (meant === 'parameters' && rest.startsWith('.')) return `did you mean parameters${rest}?`
  if (rest !== '' || ['true', 'false', 'null'].includes(word)) return thresholds
  return `a parameter is written parameters.${word}; two metrics are compared by if:`
}

/** For an amount that is not above 0. */
export function amountHelp(sign: '-' | '+' | '*', text: string): string {
  if (sign === '*') return 'a factor is above 0: champion * 0.98'
  const isNegative = text.startsWith('-') && Number(text) < 0
  return isNegative ? `champion ${sign === '-' ? '+' : '-'} ${text.slice(1)}` : 'champion alone, or champion - 0.01'
}

/** For any other mistake; what is known of `if:` is true of a gate too, save equality and that nothing is calculated. */
export function gateHelp(text: string, at: number): string | undefined {
  const rest = text.slice(at)
  if (/^[-+*/]|^is\b/i.test(rest) || /^=(?![<>])/.test(rest)) return undefined
  return expressionHelp(text, at)
}
