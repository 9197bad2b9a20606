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
  return own === '' ? mark : `${own.length > room ? `${own.slice(0, room - 1)}…` : own} ${mark}`
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

/** By the description, which follows every update as tags do not (PutRule ignores the tags of a rule that is there). */
export function ownerOf(description: string | undefined): Owner | undefined {
  const [, triggerName, pipelineName, word] =
    /\[mlpipe: trigger (\S+) of (\S+), from the (spec|command line)\]$/.exec(description ?? '') ?? []
  if (triggerName === undefined || pipelineName === undefined) return undefined
  return {pipelineName, triggerName, origin: word === 'spec' ? 'spec' : 'command-line'}
}
