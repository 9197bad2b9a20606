// The names that the pipeline service gives to what a step makes: `pipelines-<execution id>-<step>-<10 random>`.

import {randomInt} from 'node:crypto'

const longestName = 63
const randomLength = 10
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A fresh name for a step's job or model, within the API's 63 characters. */
export function resourceName(executionId: string, stepName: string): string {
  const before = `pipelines-${executionId}-`
  const room = longestName - before.length - randomLength - 1
  // A job name has no underscore, and no hyphen at the cut.
  const step = stepName.replaceAll('_', '-').replace(/^-+/, '').slice(0, room).replace(/-+$/, '')
  const random = Array.from({length: randomLength}, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${before}${step || 'step'}-${random}`
}
