// The events in a record of a file: an event as it is, or as CloudWatch Logs exports and answers it.

import {type JsonNode, type ObjectNode, readObject} from '../../../../events/json-nodes.ts'

export type Unwrapped =
  | {readonly kind: 'events'; readonly events: readonly ObjectNode[]}
  | {readonly kind: 'broken'; readonly problem: string}

/** Several stand on one line where nothing parts them, as Amazon Data Firehose writes records. */
export function unwrapRecord(text: string): Unwrapped {
  const events: ObjectNode[] = []
  let rest = withoutTime(text)
  while (rest !== '') {
    const read = readObject(rest)
    if (read.kind === 'broken') return {kind: 'broken', problem: withoutLine(read.reason)}
    const found = eventsIn(read.node)
    if (found.kind === 'broken') return found
    events.push(...found.events)
    rest = read.rest.replace(/^[\s,]+/, '')
  }
  return {kind: 'events', events}
}

/** The record has a line of its own in the file. */
function withoutLine(reason: string): string {
  return reason.replace(/ in line 1, (column \d+)$/, ' at $1')
}

/** A line of a log group that was exported to S3 begins with a time (CloudWatch Logs User Guide, "Exporting log data to S3"). */
function withoutTime(text: string): string {
  return text.replace(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z\s+(?=\{)/, '').replace(/,\s*$/, '')
}

function eventsIn(node: ObjectNode): Unwrapped {
  const member = (name: string) => node.members.findLast(([one]) => one === name)?.[1]
  if (member('detail')?.kind === 'object') return {kind: 'events', events: [node]}
  const message = member('message') ?? member('@message')
  if (message?.kind === 'string') return unwrapRecord(message.text.trim())
  const list = member('events') ?? member('Events')
  if (list?.kind === 'array') return together(list.items)
  return {kind: 'broken', problem: 'it is no event: it has no detail'}
}

/** What `aws logs filter-log-events` answers. */
function together(items: readonly JsonNode[]): Unwrapped {
  const events: ObjectNode[] = []
  for (const item of items) {
    const found = item.kind === 'object' ? eventsIn(item) : undefined
    if (found?.kind !== 'events') return {kind: 'broken', problem: 'its list holds something else than events'}
    events.push(...found.events)
  }
  return {kind: 'events', events}
}
