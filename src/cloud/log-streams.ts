// Paging through log streams and what is in them.

import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import type {LogEvent} from './ports.ts'
import {isNotFound, translateError} from './service-error.ts'

/** Names of log streams, `most` at most; none while there is no such group, which comes into being with its first line. */
export async function streamsOf(
  client: CloudWatchLogsClient,
  wanted: DescribeLogStreamsCommandInput,
  most: number,
): Promise<string[]> {
  const names: string[] = []
  let nextToken: string | undefined
  try {
    do {
      const page: DescribeLogStreamsCommandOutput = await client.send(
        new DescribeLogStreamsCommand({...wanted, nextToken}),
      )
      names.push(...(page.logStreams ?? []).flatMap(({logStreamName}) => logStreamName ?? []))
      nextToken = page.nextToken
    } while (nextToken !== undefined && names.length < most)
  } catch (error) {
    const translated = translateError(error, 'DescribeLogStreams')
    if (isNotFound(translated)) return []
    throw translated
  }
  return names.slice(0, most)
}

export type StreamPlace = {
  /** The token that the last read ended with. */
  readonly place: string | undefined
  /** Where there is no place yet: begin with the last so many lines. */
  readonly tail: number | undefined
}

/** Takes all that stands behind the place, page after page, each with the place where it ends. */
export async function readOn(
  client: CloudWatchLogsClient,
  wanted: GetLogEventsCommandInput,
  {place, tail}: StreamPlace,
  onPage: (events: readonly LogEvent[], end: string) => void,
): Promise<void> {
  let nextToken = place
  try {
    for (;;) {
      const isTail = nextToken === undefined && tail !== undefined
      const span = isTail ? {startFromHead: false, limit: tail} : {startFromHead: true}
      const page: GetLogEventsCommandOutput = await client.send(
        new GetLogEventsCommand({...wanted, ...span, nextToken}),
      )
      const {events = [], nextForwardToken = ''} = page
      onPage(
        events.map(({timestamp, message}) => ({timestampMs: timestamp ?? 0, message: message ?? ''})),
        nextForwardToken,
      )
      // The end is where the service gives back the token it was asked with (CloudWatch Logs API, GetLogEvents).
      if (nextForwardToken === '' || nextForwardToken === nextToken) return
      nextToken = nextForwardToken
    }
  } catch (error) {
    const translated = translateError(error, 'GetLogEvents')
    // Deleted meanwhile, by its retention or by hand.
    if (!isNotFound(translated)) throw translated
  }
}
