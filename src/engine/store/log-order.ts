// Several logs read as one, in the order of their times. A place in that order is a time, a log, and a byte in it, so that
// reading can go on from there although logs have grown meanwhile.

import {type LogEvent, logBlockBytes, readLog, seekLog} from './logs.ts'

export type NamedLog = {readonly name: string; readonly path: string}

export type LogPlace = {readonly timestampMs: number; readonly name: string; readonly byte: number}

export type OrderedEvent = LogEvent & LogPlace

const blockEvents = 1000

/** The events from `from` on; a place in full is that of an event which has been read already. */
export function* readInOrder(
  logs: readonly NamedLog[],
  from: Pick<LogPlace, 'timestampMs'> | LogPlace,
): Generator<OrderedEvent> {
  const heads = new Map<Generator<OrderedEvent>, OrderedEvent>()
  const advance = (events: Generator<OrderedEvent>) => {
    const next = events.next()
    if (next.done) heads.delete(events)
    else heads.set(events, next.value)
  }
  for (const log of logs) advance(readFrom(log, from))

  for (;;) {
    const first = firstOf(heads)
    if (!first) return
    yield first[1]
    advance(first[0])
  }
}

function firstOf(heads: ReadonlyMap<Generator<OrderedEvent>, OrderedEvent>) {
  let first: readonly [Generator<OrderedEvent>, OrderedEvent] | undefined
  for (const head of heads) if (!first || isBefore(head[1], first[1])) first = head
  return first
}

function* readFrom({name, path}: NamedLog, from: Pick<LogPlace, 'timestampMs'> | LogPlace): Generator<OrderedEvent> {
  let start = seekLog(path, from.timestampMs)
  for (;;) {
    const {events, end} = readLog(path, start, blockEvents, logBlockBytes)
    if (end === start) return
    for (const event of events) {
      const placed = {...event, name}
      const isWanted = 'byte' in from ? isBefore(from, placed) : event.timestampMs >= from.timestampMs
      if (isWanted) yield placed
    }
    start = end
  }
}

function isBefore(left: LogPlace, right: LogPlace): boolean {
  if (left.timestampMs !== right.timestampMs) return left.timestampMs < right.timestampMs
  if (left.name !== right.name) return left.name < right.name
  return left.byte < right.byte
}
