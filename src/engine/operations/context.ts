// What an operation may use: the store, the clock, the scheduler for executions, the event bus, and the models that answer.

import type {JsonObject} from '../../definition/json.ts'
import type {EndpointControl} from '../serving/endpoint-control.ts'
import type {Db} from '../store/database.ts'
import type {ExecutionRow} from '../store/executions.ts'
import type {ObjectStore} from '../store/objects.ts'
import type {ProcessIdentity} from '../store/process-identity.ts'
import type {InputOf, Shape} from '../validations/shape.ts'
import {checkRequest} from '../validations/shape.ts'
import type {Reply} from './reply.ts'

/** What operations ask of the scheduler. */
export type ExecutionControl = {
  /** Who runs an execution that is started now: this process, or nobody yet when a worker is to claim it. */
  readonly starter: {readonly owner: ProcessIdentity | undefined; readonly claimDeadlineMs: number | undefined}
  /** Sets an inserted execution going. */
  begin(arn: string): void
  /** Tells this process's run of the execution, if it has one, that a stop or another parallelism was asked for. */
  notice(arn: string): void
  /** Closes the execution when the process that ran it is gone; true when it did. */
  closeIfAbandoned(execution: ExecutionRow): boolean
}

/** What operations ask of the event bus. */
export type BusControl = {
  /** Whether some process serves it: only then is what the engine itself has to tell worth building. Cheap. */
  isServed(): boolean
  /** Says that something may be due. */
  wake(): void
}

export type OperationContext = {
  readonly db: Db
  readonly objects: ObjectStore
  readonly stateDirectory: string
  readonly executions: ExecutionControl
  readonly bus: BusControl
  readonly endpoints: EndpointControl
  now(): number
  /** At least 0, below 1. */
  random(): number
}

export type Operation = (request: JsonObject, context: OperationContext) => Reply | Promise<Reply>

/** An operation that sees only requests that passed its table. */
export function operation<S extends Shape>(
  shape: S,
  run: (input: InputOf<S>, context: OperationContext) => Reply | Promise<Reply>,
): Operation {
  return (request, context) => {
    const checked = checkRequest(request, shape)
    // The table has just proved the type that is derived from it.
    return checked.kind === 'fits' ? run(checked.input as InputOf<S>, context) : checked
  }
}
