// An attempt at a delivery with all that comes of it, in one transaction: an execution that is started and the row that goes, or
// a later time, or a dead letter. Whoever else wants to attempt it waits, and then finds it done.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt, textAt} from '../../definition/json-members.ts'
import type {OperationContext} from '../operations/context.ts'
import {type DeliveryRow, deleteDelivery, findDelivery, postponeDelivery} from '../store/deliveries.ts'
import {sendToQueue} from '../store/queues.ts'
import {type DeliveryFailure, formatDeadLetter} from './dead-letter.ts'
import {type Deliver, deliver as startTarget} from './deliver.ts'
import {nextAttempt, retryPolicyOf} from './retry-schedule.ts'

/** What became of an attempt. */
export type Delivered = {readonly sourceArn: string; readonly targetArn: string} & (
  | {readonly kind: 'started'; readonly executionArn: string}
  | Undelivered
)

type Undelivered = {readonly errorCode: string; readonly message: string} & (
  | {readonly kind: 'postponed'; readonly untilMs: number}
  | {readonly kind: 'dead-letter'; readonly file: string}
  | {readonly kind: 'dropped'}
)

export type AttemptOptions = {
  /** Reaches the target in some other way. */
  readonly deliver?: Deliver
}

/** Undefined when there is nothing to attempt (any more). Throws when not even a failure could be written. */
export function attemptDelivery(
  id: string,
  context: OperationContext,
  options: AttemptOptions = {},
): Delivered | undefined {
  const settled = settle(id, context, options)
  if (settled?.delivered.kind === 'started' && settled.isNew) context.executions.begin(settled.delivered.executionArn)
  return settled?.delivered
}

type Settled = {readonly delivered: Delivered; readonly isNew: boolean}

function settle(id: string, context: OperationContext, {deliver = startTarget}: AttemptOptions) {
  const settleWith = (outcomeOf: Deliver): Settled | undefined =>
    context.db.transaction(() => {
      const row = findDelivery(context.db, id)
      if (!row || row.dueAtMs > context.now()) return undefined
      const target = JSON.parse(row.target) as JsonObject
      const source = {sourceArn: row.sourceArn, targetArn: textAt(target, 'Arn') ?? ''}
      const outcome = isTooOld(row, target, context) ? tooLate : outcomeOf(row, target, context)
      if (outcome.kind === 'failed') {
        const delivered = {...source, ...settleFailure(row, target, outcome, context)}
        return {delivered, isNew: false}
      }
      deleteDelivery(context.db, id)
      return {delivered: {...source, kind: 'started', executionArn: outcome.executionArn}, isNew: outcome.isNew}
    })
  try {
    return settleWith(deliver)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const errorCode = isBusy(error) ? 'THROTTLING' : 'INTERNAL_ERROR'
    return settleWith(() => ({kind: 'failed', errorCode, message, isRetried: true}))
  }
}

const tooLate = {
  kind: 'failed',
  errorCode: 'TIMEOUT',
  message: 'no process served the event bus before the event had become too old',
  isRetried: true,
} as const

function isTooOld({createdAtMs}: DeliveryRow, target: JsonObject, {now}: OperationContext): boolean {
  return now() > createdAtMs + retryPolicyOf(target).maximumAgeMs
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

function settleFailure(
  row: DeliveryRow,
  target: JsonObject,
  failure: DeliveryFailure,
  {db, stateDirectory, now, random}: OperationContext,
): Undelivered {
  const {errorCode, message} = failure
  const failures = row.attempts + 1
  const next = failure.isRetried
    ? nextAttempt({failures, createdAtMs: row.createdAtMs}, retryPolicyOf(target), now(), random)
    : undefined
  if (next?.kind === 'retry') {
    postponeDelivery(db, {...row, attempts: failures, dueAtMs: next.atMs})
    return {kind: 'postponed', untilMs: next.atMs, errorCode, message}
  }
  deleteDelivery(db, row.id)
  const queue = textAt(objectAt(target, 'DeadLetterConfig'), 'Arn')
  if (queue === undefined) return {kind: 'dropped', errorCode, message}
  const letter = formatDeadLetter(row, textAt(target, 'Arn') ?? '', failure, {
    retries: row.attempts,
    exhausted: next?.condition,
  })
  return {kind: 'dead-letter', file: sendToQueue(stateDirectory, queue, letter), errorCode, message}
}
