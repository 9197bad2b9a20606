// The tags of rules, schedule groups and alarms: three services, one form.

import {call, isDenied, orUndefined} from '../call.ts'
import {isNotFound} from '../service-error.ts'

type Tag = {readonly key: string; readonly value: string}
type TagMember = {readonly Key?: string | undefined; readonly Value?: string | undefined}

/** None where the caller may not read them, or what they were on has gone. */
export async function tagsOf(list: () => Promise<{readonly Tags?: readonly TagMember[] | undefined}>): Promise<Tag[]> {
  const isHidden = (error: unknown) => isDenied(error) || isNotFound(error)
  const answer = await orUndefined(call('ListTagsForResource', list()), isHidden)
  return (answer?.Tags ?? []).map(({Key = '', Value = ''}) => ({key: Key, value: Value}))
}

export function tagMembers(tags: readonly Tag[]) {
  return tags.map(({key, value}) => ({Key: key, Value: value}))
}
