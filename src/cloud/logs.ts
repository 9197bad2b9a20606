// The logs of jobs, from CloudWatch Logs through the AWS SDK.

import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {type CloudOptions, embeddedSettings} from './client-options.ts'
import {nameFromArn} from './fields.ts'
import type {JobKind, LogEvent, LogsPort} from './ports.ts'
import {isNotFound, translateError} from './service-error.ts'

/** Log groups of SageMaker's jobs (SageMaker Developer Guide, "CloudWatch Logs for Amazon SageMaker AI"). */
const logGroups: Readonly<Record<JobKind, string>> = {
  Processing: '/aws/sagemaker/ProcessingJobs',
  Training: '/aws/sagemaker/TrainingJobs',
}

export function logsPort({region, requestHandler}: CloudOptions): LogsPort {
  const client = new CloudWatchLogsClient(
    requestHandler ? embeddedSettings(region, `logs.${region}.amazonaws.com`, requestHandler) : {region},
  )
  return {
    async jobEvents(job, fromMs) {
      const logGroupName = logGroups[job.kind]
      const events: LogEvent[] = []
      for (const logStreamName of await streamsOf(client, logGroupName, `${nameFromArn(job.arn)}/`)) {
        events.push(...(await eventsOf(client, logGroupName, logStreamName, fromMs)))
      }
      return events.sort((a, b) => a.timestampMs - b.timestampMs)
    },
  }
}

async function streamsOf(client: CloudWatchLogsClient, logGroupName: string, prefix: string): Promise<string[]> {
  const names: string[] = []
  let nextToken: string | undefined
  try {
    do {
      const page = await client.send(
        new DescribeLogStreamsCommand({logGroupName, logStreamNamePrefix: prefix, nextToken}),
      )
      names.push(...(page.logStreams ?? []).flatMap(({logStreamName}) => logStreamName ?? []))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
  } catch (error) {
    const translated = translateError(error, 'DescribeLogStreams')
    // A group comes into being with its first log line.
    if (isNotFound(translated)) return []
    throw translated
  }
  return names
}

async function eventsOf(
  client: CloudWatchLogsClient,
  logGroupName: string,
  logStreamName: string,
  fromMs: number | undefined,
): Promise<LogEvent[]> {
  const events: LogEvent[] = []
  let nextToken: string | undefined
  try {
    for (;;) {
      const page: GetLogEventsCommandOutput = await client.send(
        new GetLogEventsCommand({logGroupName, logStreamName, startFromHead: true, startTime: fromMs, nextToken}),
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
