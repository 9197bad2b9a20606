// CloudWatch Logs FilterLogEvents: the events of several streams of a group, interleaved by their time. What
// `aws logs tail` reads.

import type {JobRow} from '../store/jobs.ts'
import {findJobsWhere} from '../store/jobs.ts'
import {type LogPlace, type NamedLog, type OrderedEvent, readInOrder} from '../store/log-order.ts'
import {logModifiedMs, logPath} from '../store/logs.ts'
import type {filterLogEventsShape} from '../validations/filter-log-events.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {type EndpointLogGroup, endpointStreams} from './endpoint-logs.ts'
import {type LogGroup, logGroupOf, streamName} from './job-log-group.ts'
import {type LogPattern, parseLogPattern} from './log-pattern.ts'
import {ok, type Reply, refuse} from './reply.ts'

type FilterInput = InputOf<typeof filterLogEventsShape>

// "FilterLogEvents": up to 1 MB and at most 10,000 events a page; a page may have fewer, or none, and still be followed by another.
const pageBytes = 1_048_576
const mostEvents = 10_000
const mostRead = 50_000

/** The file system's clock may go behind that of the events. */
const clockSlackMs = 60_000

export function filterLogEvents(input: FilterInput, context: OperationContext): Reply {
  const group = logGroupOf(input, context.stateDirectory)
  if (group.kind === 'fault') return group
  if (input.logStreamNames && input.logStreamNamePrefix !== undefined) {
    return refuse('InvalidParameterException', 'logStreamNames and logStreamNamePrefix cannot be given together.')
  }
  const matches = parseLogPattern(input.filterPattern ?? '')
  if (!matches) {
    const message =
      'The embedded engine takes filter patterns of terms, not of JSON properties, columns or expressions.'
    return refuse('InvalidParameterException', message)
  }
  const place = input.nextToken === undefined ? undefined : parseToken(input.nextToken)
  if (input.nextToken !== undefined && !place) {
    return refuse('InvalidParameterException', 'The specified nextToken is invalid.')
  }
  const streams = findStreams(group, input, context)
  if (!streams) return refuse('ResourceNotFoundException', 'The specified log stream does not exist.')

  const {events, last} = readPage(readInOrder(streams, place ?? {timestampMs: input.startTime ?? 0}), matches, input)
  return ok({events: events.map(describe), searchedLogStreams: [], ...(last ? {nextToken: formatToken(last)} : {})})
}

/** The streams meant; undefined when one that was named is not there. */
function findStreams(
  group: LogGroup | EndpointLogGroup,
  input: FilterInput,
  context: OperationContext,
): NamedLog[] | undefined {
  const {logStreamNames: names, logStreamNamePrefix: prefix = '', startTime = 0} = input
  const found = logsOf(group, context)
  if (names?.some((name) => !found.some((log) => log.name === name))) return undefined
  const wanted = names ? found.filter(({name}) => names.includes(name)) : found
  return wanted.filter(({name, modifiedMs}) => name.startsWith(prefix) && modifiedMs + clockSlackMs >= startTime)
}

type WrittenLog = NamedLog & {readonly modifiedMs: number}

function logsOf(group: LogGroup | EndpointLogGroup, {db, stateDirectory}: OperationContext): WrittenLog[] {
  if (group.kind === 'endpoint-log-group') {
    return endpointStreams(group).map((stream) => ({...stream, modifiedMs: logModifiedMs(stream.path) ?? 0}))
  }
  return findJobsWhere(db, group.where).flatMap((job) => logOf(job, stateDirectory))
}

/** A job that wrote nothing has no stream. */
function logOf(job: JobRow, stateDirectory: string): WrittenLog[] {
  const path = logPath(stateDirectory, job.kind, job.name)
  const modifiedMs = logModifiedMs(path)
  return modifiedMs === undefined ? [] : [{name: streamName(job), path, modifiedMs}]
}

type Page = {
  readonly events: readonly OrderedEvent[]
  /** The last event that was read, when there may be more. */
  readonly last?: OrderedEvent
}

function readPage(ordered: Iterable<OrderedEvent>, matches: LogPattern, input: FilterInput): Page {
  const {limit = mostEvents, endTime = Number.POSITIVE_INFINITY} = input
  const events: OrderedEvent[] = []
  let bytes = 0
  let read = 0
  let last: OrderedEvent | undefined
  for (const event of ordered) {
    if (event.timestampMs > endTime) return {events}
    const isFull = events.length >= limit || bytes >= pageBytes || read >= mostRead
    if (isFull && last) return {events, last}
    read += 1
    last = event
    if (!matches(event.message)) continue
    bytes += event.message.length
    events.push(event)
  }
  return {events}
}

function describe({timestampMs, name, byte, message}: OrderedEvent) {
  const eventId = `${timestampMs}/${name}/${byte}`
  return {logStreamName: name, timestamp: timestampMs, message, ingestionTime: timestampMs, eventId}
}

function formatToken({timestampMs, name, byte}: LogPlace): string {
  return Buffer.from(JSON.stringify([timestampMs, name, byte])).toString('base64url')
}

function parseToken(token: string): LogPlace | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    const [timestampMs, name, byte]: unknown[] = Array.isArray(place) ? place : []
    const isPlace = typeof timestampMs === 'number' && typeof name === 'string' && typeof byte === 'number'
    return isPlace ? {timestampMs, name, byte} : undefined
  } catch {
    return undefined
  }
}
