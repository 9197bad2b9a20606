// The logs of jobs, from CloudWatch Logs through the AWS SDK.

import {CloudWatchLogsClient} from '@aws-sdk/client-cloudwatch-logs'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {nameFromArn} from './fields.ts'
import {readOn, streamsOf} from './log-streams.ts'
import type {JobKind, LogEvent, LogReader, LogSpan, LogsPort, StepJob} from './ports.ts'

/**
 * Log groups of jobs (SageMaker Developer Guide, "CloudWatch Logs for Amazon SageMaker AI"). AWS keeps no log of its own for the
 * others; the embedded engine does.
 */
const logGroups: Readonly<Record<Exclude<JobKind, 'Lambda'>, string>> = {
  Processing: '/aws/sagemaker/ProcessingJobs',
  QualityCheck: '/aws/sagemaker/ProcessingJobs',
  ClarifyCheck: '/aws/sagemaker/ProcessingJobs',
  Training: '/aws/sagemaker/TrainingJobs',
  Transform: '/aws/sagemaker/TransformJobs',
  Tuning: '/mlpipe/Tuning',
  AutoML: '/mlpipe/AutoML',
  Callback: '/mlpipe/Callback',
  EMR: '/mlpipe/EMR',
}

const ownPrefix = '/mlpipe/'

/** Invocations of a function, and containers of an endpoint, share streams: the newest are looked through. */
const sharedStreams = 10
/** Streams are looked for again at every so many reads: the instances of a job do not begin to write together. */
const readsPerSearch = 5

export function logsPort(options: CloudOptions): LogsPort {
  const client = equipped(
    new CloudWatchLogsClient(clientSettings(options, `logs.${options.region}.amazonaws.com`)),
    options,
  )
  const hasOwnGroups = options.requestHandler !== undefined || options.hasOwnEndpoint === true
  return {
    open: async (job, span = {}) => {
      const group = groupOf(job)
      // Nothing is there on AWS, where least-privilege policies would not even allow to look.
      if (group.startsWith(ownPrefix) && !hasOwnGroups) return {read: async () => []}
      return openLog(client, job.kind === 'Lambda' ? lambdaLog(group, job, span) : jobLog(group, job, span), span)
    },
    // The same page: a log group of its own for each endpoint, in it a stream for each variant and instance.
    openEndpoint: async (name, span = {}) => {
      const shared = {group: `/aws/sagemaker/Endpoints/${name}`, search: newest, most: sharedStreams}
      return openLog(client, {...shared, times: timesOf({}, span), tellsInstance: true}, span)
    },
  }
}

type Source = {
  readonly group: string
  /** Which streams are looked through. */
  readonly search: {readonly logStreamNamePrefix: string} | typeof newest
  readonly most: number
  readonly times: ReturnType<typeof timesOf>
  /** The streams are named for the instances that write them. */
  readonly tellsInstance: boolean
}

const newest = {orderBy: 'LastEventTime', descending: true} as const

function jobLog(group: string, {arn}: StepJob, span: LogSpan): Source {
  const search = {logStreamNamePrefix: `${nameFromArn(arn)}/`}
  return {group, search, most: Number.POSITIVE_INFINITY, times: timesOf({}, span), tellsInstance: true}
}

/** Within the time of the step. */
function lambdaLog(group: string, job: StepJob, span: LogSpan): Source {
  return {group, search: newest, most: sharedStreams, times: timesOf(job, span), tellsInstance: false}
}

function openLog(client: CloudWatchLogsClient, source: Source, span: LogSpan): LogReader {
  const {group, times} = source
  /** The token to read on from, by stream. Each keeps its place, so that nothing is read twice. */
  const places = new Map<string, string | undefined>()
  /** What was read before a later call of the same read failed. */
  let unread: LogEvent[] = []
  let reads = 0

  async function search(): Promise<void> {
    for (const name of await streamsOf(client, {logGroupName: group, ...source.search}, source.most)) {
      if (!places.has(name)) places.set(name, undefined)
    }
  }

  return {
    async read() {
      if (places.size === 0 || reads % readsPerSearch === 0) await search()
      reads += 1
      for (const [logStreamName, place] of places) {
        const stream = source.tellsInstance ? {stream: instanceOf(logStreamName)} : {}
        const wanted = {logGroupName: group, logStreamName, ...times}
        await readOn(client, wanted, {place, tail: span.tail}, (events, end) => {
          places.set(logStreamName, end || undefined)
          for (const event of events) unread.push({...event, ...stream})
        })
      }
      const events = unread.sort((a, b) => a.timestampMs - b.timestampMs)
      unread = []
      return events
    },
  }
}

function timesOf({startedAtMs = 0, endedAtMs}: Partial<StepJob>, {fromMs = 0}: LogSpan) {
  const startTime = Math.max(fromMs, startedAtMs)
  return {...(startTime > 0 ? {startTime} : {}), ...(endedAtMs === undefined ? {} : {endTime: endedAtMs + 1})}
}

/** Of a function, whose ARN is `arn:aws:lambda:<region>:<account>:function:<name>`, with a version or an alias after it. */
function groupOf({kind, arn}: StepJob): string {
  return kind === 'Lambda' ? `/aws/lambda/${arn.split(':')[6] ?? arn}` : logGroups[kind]
}

/** `<job>/algo-1-1700000000` -> `algo-1` (the same page: the host, and the second in which the stream began). */
function instanceOf(stream: string): string {
  return stream.slice(stream.indexOf('/') + 1).replace(/-\d{9,}$/, '')
}
