// The configurations that an endpoint has had, newest first: kept in a tag of the endpoint, so that a rollback finds them from
// anywhere. Written before the endpoint is updated; what counts is where in it the configuration stands that the endpoint has. Pure.

import type {Tag} from '../../../cloud/ports.ts'

export const historyTag = 'mlpipe:configs'

/** API Reference, Tag: 256 characters, of which letters, digits, spaces and - are some. */
const longestValue = 256

export function readHistory(tags: readonly Tag[]): string[] {
  const value = tags.find(({key}) => key === historyTag)?.value ?? ''
  return value.split(' ').filter((name) => name !== '')
}

/** As many as the tag holds; the oldest are forgotten. */
export function historyTagOf(names: readonly string[]): Tag {
  const kept: string[] = []
  for (const name of names) {
    if ([...kept, name].join(' ').length > longestValue) break
    kept.push(name)
  }
  return {key: historyTag, value: kept.join(' ')}
}

/** With what is deployed over the present configuration. What was rolled back, or never came up, is no part of it any more. */
export function afterDeploy(history: readonly string[], present: string | undefined, wanted: string): string[] {
  const before = present === undefined ? [] : fromOn(history, present)
  return [wanted, ...before.filter((name) => name !== wanted)]
}

/** The configurations before the present one, the nearest first. */
export function earlierThan(history: readonly string[], present: string): string[] {
  const place = history.indexOf(present)
  return place === -1 ? history.filter((name) => name !== present) : history.slice(place + 1)
}

/** With a configuration that is gone back to; going back once more goes to the one before that. */
export function afterRollback(history: readonly string[], present: string, to: string): string[] {
  return history.includes(to) ? fromOn(history, to) : [to, ...fromOn(history, present)]
}

function fromOn(history: readonly string[], present: string): string[] {
  const place = history.indexOf(present)
  return place === -1 ? [present, ...history] : history.slice(place)
}
