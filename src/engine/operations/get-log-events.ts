// CloudWatch Logs GetLogEvents, for the logs of jobs. Tokens are places in the log file:
// `f/<byte>` reads on from there, `b/<byte>` reads what comes before. At either end the token stays the same.

import {logPath, logSize, readLog, readLogBackward} from '../store/logs.ts'
import type {getLogEventsShape} from '../validations/get-log-events.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {jobOfStream, logGroupOf} from './job-log-group.ts'
import {ok, type Reply, refuse} from './reply.ts'

// "GetLogEvents": up to 1 MB and at most 10,000 events a page.
const pageBytes = 1_048_576
const mostEvents = 10_000

export function getLogEvents(input: InputOf<typeof getLogEventsShape>, context: OperationContext): Reply {
  const group = logGroupOf(input)
  if (group.kind === 'fault') return group
  const job = jobOfStream(context.db, group, input.logStreamName)
  const path = job && logPath(context.stateDirectory, job.kind, job.name)
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

function parsePlace(input: InputOf<typeof getLogEventsShape>, size: number) {
  if (input.nextToken === undefined) {
    return input.startFromHead ? {isForward: true, byte: 0} : {isForward: false, byte: size}
  }
  const match = /^([fb])\/(\d{1,15})$/.exec(input.nextToken)
  return match ? {isForward: match[1] === 'f', byte: Math.min(size, Number(match[2]))} : undefined
}
