// CloudWatch Logs GetLogEvents, for the logs of jobs and endpoints. Tokens are places in the log file:
// `f/<byte>` reads on from there, `b/<byte>` reads what comes before. At either end the token stays the same.

import {logPath, logSize, readLog, readLogBackward} from '../store/logs.ts'
import type {getLogEventsShape} from '../validations/get-log-events.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {type EndpointLogGroup, endpointStreams} from './endpoint-logs.ts'
import {jobOfStream, type LogGroup, logGroupOf} from './job-log-group.ts'
import {ok, type Reply, refuse} from './reply.ts'

// "GetLogEvents": up to 1 MB and at most 10,000 events a page.
const pageBytes = 1_048_576
const mostEvents = 10_000

export function getLogEvents(input: InputOf<typeof getLogEventsShape>, context: OperationContext): Reply {
  const group = logGroupOf(input, context.stateDirectory)
  if (group.kind === 'fault') return group
  const path = pathOfStream(group, input.logStreamName, context)
  const size = path === undefined ? undefined : logSize(path)
  if (path === undefined || size === undefined) {
    return refuse('ResourceNotFoundException', 'The specified log stream does not exist.')
  }

  const place = parsePlace(input, size)
  if (!place) return refuse('InvalidParameterException', 'The specified nextToken is invalid.')
  const read = place.isForward ? readLog : readLogBackward
  const page = read(path, place.byte, input.limit ?? mostEvents, pageBytes)
  const {startTime = 0, endTime = Number.POSITIVE_INFINITY} = input
  const events = page.events
    .filter(({timestampMs}) => timestampMs >= startTime && timestampMs < endTime)
    .map(({timestampMs, message}) => ({timestamp: timestampMs, ingestionTime: timestampMs, message}))
  return ok({events, nextForwardToken: `f/${page.end}`, nextBackwardToken: `b/${page.start}`})
}

function pathOfStream(
  group: LogGroup | EndpointLogGroup,
  stream: string,
  context: OperationContext,
): string | undefined {
  if (group.kind === 'endpoint-log-group') return endpointStreams(group).find(({name}) => name === stream)?.path
  const job = jobOfStream(context.db, group, stream)
  return job && logPath(context.stateDirectory, job.kind, job.name)
}

function parsePlace(input: InputOf<typeof getLogEventsShape>, size: number) {
  if (input.nextToken === undefined) {
    return input.startFromHead ? {isForward: true, byte: 0} : {isForward: false, byte: size}
  }
  const match = /^([fb])\/(\d{1,15})$/.exec(input.nextToken)
  return match ? {isForward: match[1] === 'f', byte: Math.min(size, Number(match[2]))} : undefined
}
