// The logs of jobs, from CloudWatch Logs through the AWS SDK.

import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {nameFromArn} from './fields.ts'
import type {JobKind, LogEvent, LogsPort} from './ports.ts'
import {isNotFound, translateError} from './service-error.ts'

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

/** Invocations share streams: the newest are looked through, within the time of the step. */
const lambdaStreams = 10

export function logsPort(options: CloudOptions): LogsPort {
  const client = equipped(
    new CloudWatchLogsClient(clientSettings(options, `logs.${options.region}.amazonaws.com`)),
    options,
  )
  return {
    async jobEvents(job, fromMs) {
      const group = job.kind === 'Lambda' ? lambdaGroup(job.arn) : logGroups[job.kind]
      const streams =
        job.kind === 'Lambda'
          ? (await streamsOf(client, {logGroupName: group, orderBy: 'LastEventTime', descending: true})).slice(
              0,
              lambdaStreams,
            )
          : await streamsOf(client, {logGroupName: group, logStreamNamePrefix: `${nameFromArn(job.arn)}/`})
      const startTime = Math.max(fromMs ?? 0, job.startedAtMs ?? 0)
      const span = {
        ...(startTime > 0 ? {startTime} : {}),
        ...(job.endedAtMs === undefined ? {} : {endTime: job.endedAtMs + 1}),
      }
      const events: LogEvent[] = []
      for (const logStreamName of streams) {
        events.push(...(await eventsOf(client, {logGroupName: group, logStreamName, ...span})))
      }
      return events.sort((a, b) => a.timestampMs - b.timestampMs)
    },
  }
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, with a version or an alias after it. */
function lambdaGroup(arn: string): string {
  return `/aws/lambda/${arn.split(':')[6] ?? arn}`
}

async function streamsOf(client: CloudWatchLogsClient, wanted: DescribeLogStreamsCommandInput): Promise<string[]> {
  const names: string[] = []
  let nextToken: string | undefined
  try {
    do {
      const page: DescribeLogStreamsCommandOutput = await client.send(
        new DescribeLogStreamsCommand({...wanted, nextToken}),
      )
      names.push(...(page.logStreams ?? []).flatMap(({logStreamName}) => logStreamName ?? []))
      nextToken = page.nextToken
    } while (nextToken !== undefined && (wanted.orderBy === undefined || names.length < lambdaStreams))
  } catch (error) {
    const translated = translateError(error, 'DescribeLogStreams')
    // A group comes into being with its first log line.
    if (isNotFound(translated)) return []
    throw translated
  }
  return names
}

async function eventsOf(client: CloudWatchLogsClient, wanted: GetLogEventsCommandInput): Promise<LogEvent[]> {
  const events: LogEvent[] = []
  let nextToken: string | undefined
  try {
    for (;;) {
      const page: GetLogEventsCommandOutput = await client.send(
        new GetLogEventsCommand({...wanted, startFromHead: true, nextToken}),
      )
      for (const {timestamp, message} of page.events ?? []) {
        events.push({timestampMs: timestamp ?? 0, message: message ?? ''})
      }
      // The end is where the service gives back the token it was asked with (CloudWatch Logs API, GetLogEvents).
      if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) return events
      nextToken = page.nextForwardToken
    }
  } catch (error) {
    throw translateError(error, 'GetLogEvents')
  }
}
