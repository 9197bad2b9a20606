// Who a rule or a schedule belongs to. Rules have tags, schedules have not: both carry it at the end of their description too.

import type {Trigger, TriggerOrigin} from './trigger.ts'

export type Owner = {readonly pipelineName: string; readonly triggerName: string; readonly origin: TriggerOrigin}

type Tag = {readonly key: string; readonly value: string}

/** Rules, schedules and alarms take 512 characters and more. */
const longestDescription = 512

export function describeOwner({name, origin, description}: Trigger, pipelineName: string): string {
  const mark = `[mlpipe: trigger ${name} of ${pipelineName}, from the ${words[origin]}]`
  const own = description ?? ''
  const room = longestDescription - mark.length - 1
  return own === '' ? mark : `${own.length > room ? cut(own, room) : own} ${mark}`
}

/** Not between the two halves of a character. */
function cut(text: string, length: number): string {
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…`
}

const words: Readonly<Record<TriggerOrigin, string>> = {spec: 'spec', 'command-line': 'command line'}

export function ownerTags(
  {name, origin}: Trigger,
  place: {readonly pipelineName: string; readonly version: string},
): Tag[] {
  return [
    {key: 'mlpipe:version', value: place.version},
    {key: 'mlpipe:pipeline', value: place.pipelineName},
    {key: 'mlpipe:trigger', value: name},
    {key: 'mlpipe:origin', value: origin},
  ]
}

const ownerMark = /(?:^| )\[mlpipe: trigger (\S+) of (\S+), from the (spec|command line)\]$/

/** By the description, which follows every update as tags do not (PutRule ignores the tags of a rule that is there). */
export function ownerOf(description: string | undefined): Owner | undefined {
  const [, triggerName, pipelineName, word] = ownerMark.exec(description ?? '') ?? []
  if (triggerName === undefined || pipelineName === undefined) return undefined
  return {pipelineName, triggerName, origin: word === 'spec' ? 'spec' : 'command-line'}
}

/** What the user wrote; undefined when that is nothing. */
export function withoutOwner(description: string | undefined): string | undefined {
  const own = (description ?? '').replace(ownerMark, '')
  return own === '' ? undefined : own
}
