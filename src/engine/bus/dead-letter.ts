// What a dead-letter queue gets: the event, and as attributes why it could not be delivered. A line is a message as SQS's
// ReceiveMessage shows one. Attributes: EventBridge User Guide, "Using dead-letter queues to process undelivered events";
// EventBridge Scheduler User Guide, "Configuring a schedule's dead-letter queue".

import type {DeliveryRow} from '../store/deliveries.ts'
import {sourceOf} from './delivery-source.ts'

export type DeliveryFailure = {
  /** Of those that a dead-letter queue of EventBridge is documented to tell. */
  readonly errorCode: string
  readonly message: string
  readonly isRetried: boolean
}

export function formatDeadLetter(
  row: DeliveryRow,
  targetArn: string,
  failure: DeliveryFailure,
  facts: {readonly retries: number; readonly exhausted: string | undefined},
): string {
  const source = sourceOf(row)
  const attributes: Readonly<Record<string, string | undefined>> = {
    RULE_ARN: source.kind === 'rule' ? row.sourceArn : undefined,
    SCHEDULE_ARN: source.kind === 'schedule' ? row.sourceArn : undefined,
    SCHEDULED_TIME: source.kind === 'schedule' ? source.scheduledTime : undefined,
    TARGET_ARN: targetArn,
    ERROR_CODE: failure.errorCode,
    ERROR_MESSAGE: failure.message,
    EXHAUSTED_RETRY_CONDITION: facts.exhausted,
    RETRY_ATTEMPTS: String(facts.retries),
  }
  const given = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, {DataType: 'String', StringValue: value}] as const],
  )
  return JSON.stringify({MessageId: row.id, Body: row.event, MessageAttributes: Object.fromEntries(given)})
}
