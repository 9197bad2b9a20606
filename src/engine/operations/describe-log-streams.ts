// CloudWatch Logs DescribeLogStreams, for the logs of jobs and of endpoints.

import {compact} from '../store/documents.ts'
import type {JobRow} from '../store/jobs.ts'
import {type Listing, listRows} from '../store/listing.ts'
import {logModifiedMs, logPath, logSize} from '../store/logs.ts'
import type {describeLogStreamsShape} from '../validations/describe-log-streams.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {type EndpointLogGroup, endpointStreams} from './endpoint-logs.ts'
import {type LogGroup, logGroupOf, streamName} from './job-log-group.ts'
import {beginningWith} from './paging.ts'
import {ok, type Reply, refuse} from './reply.ts'

const defaultLimit = 50

export function describeLogStreams(input: InputOf<typeof describeLogStreamsShape>, context: OperationContext): Reply {
  const group = logGroupOf(input, context.stateDirectory)
  if (group.kind === 'fault') return group
  if (group.kind === 'endpoint-log-group') return ok({logStreams: listEndpointStreams(group, input)})

  const page = listRows<JobRow>(context.db, listing(group, input))
  if (page.kind === 'bad-token') return refuse('InvalidParameterException', 'The specified nextToken is invalid.')
  const logStreams = page.rows.flatMap((job) => describeStream(job, context.stateDirectory))
  return ok(compact({logStreams, nextToken: page.nextToken}))
}

/** All on one page: an endpoint has as many as it was deployed. */
function listEndpointStreams(group: EndpointLogGroup, input: InputOf<typeof describeLogStreamsShape>) {
  const {logStreamNamePrefix: prefix = '', orderBy, descending = false} = input
  const streams = endpointStreams(group)
    .filter(({name}) => name.startsWith(prefix))
    .map(({name, path}) => ({
      logStreamName: name,
      lastEventTimestamp: Math.round(logModifiedMs(path) ?? 0),
      storedBytes: logSize(path) ?? 0,
    }))
  if (orderBy === 'LastEventTime') streams.sort((a, b) => a.lastEventTimestamp - b.lastEventTimestamp)
  return descending ? streams.reverse() : streams
}

function listing(group: LogGroup, input: InputOf<typeof describeLogStreamsShape>): Listing {
  const {logStreamNamePrefix: prefix = ''} = input
  // A prefix that goes on past the job's name means that one job.
  const [jobName, rest] = group.kinds.includes('Lambda') ? [] : prefix.split('/')
  const isWholeName = rest !== undefined
  return {
    from: 'jobs',
    where: [
      ...group.where,
      ['name = ?', isWholeName ? jobName : undefined],
      ["name LIKE ? ESCAPE '\\'", isWholeName || !jobName ? undefined : beginningWith(jobName)],
    ],
    sortBy: input.orderBy === 'LastEventTime' ? 'modifiedAtMs' : 'name',
    tieBreak: 'arn',
    order: input.descending ? 'Descending' : 'Ascending',
    maxResults: input.limit ?? defaultLimit,
    nextToken: input.nextToken,
  }
}

/** A job that wrote nothing has no stream. */
function describeStream(job: JobRow, stateDirectory: string) {
  const size = logSize(logPath(stateDirectory, job.kind, job.name))
  if (size === undefined) return []
  return compact({
    logStreamName: streamName(job),
    creationTime: job.createdAtMs,
    firstEventTimestamp: job.startedAtMs,
    lastEventTimestamp: job.endedAtMs ?? job.modifiedAtMs,
    storedBytes: size,
  })
}
