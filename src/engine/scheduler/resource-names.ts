// The names that the pipeline service gives to what a step makes: `pipelines-<execution id>-<step>-<10 random>`; without
// the word at the front where a name may have 32 characters only, as those of tuning jobs.

import {randomInt} from 'node:crypto'

const longestName = 63
const longestShortName = 32
const randomLength = 10
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A fresh name for a step's job or model, within the API's 63 characters. */
export function resourceName(executionId: string, stepName: string): string {
  return fitName(`pipelines-${executionId}-`, stepName, longestName)
}

/** CreateHyperParameterTuningJob and CreateAutoMLJob allow 32 characters. */
export function shortResourceName(executionId: string, stepName: string): string {
  return fitName(`${executionId}-`, stepName, longestShortName)
}

/** CallbackToken: 10 letters and digits. */
export function callbackToken(): string {
  return randomText()
}

function fitName(before: string, stepName: string, longest: number): string {
  const room = longest - before.length - randomLength - 1
  // A job name has no underscore, and no hyphen at the cut.
  const step = stepName.replaceAll('_', '-').replace(/^-+/, '').slice(0, room).replace(/-+$/, '')
  return `${before}${step || 'step'}-${randomText()}`
}

function randomText(): string {
  return Array.from({length: randomLength}, () => alphabet[randomInt(alphabet.length)]).join('')
}
