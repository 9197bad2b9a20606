// What the stores tell of their writes while they make them: the status of executions, steps, jobs and endpoints, and what is new of
// models, packages and configurations. Whoever listens does so inside the transaction of the write, so that what comes of it is kept with it, or not at all.

import type {Db} from './database.ts'

/** `before`: the status that it had; undefined when it is new. */
export type Change =
  | {readonly kind: 'execution'; readonly arn: string; readonly before: string | undefined}
  | {readonly kind: 'step'; readonly executionArn: string; readonly name: string; readonly before: string | undefined}
  | {readonly kind: 'job' | 'endpoint' | 'endpoint-config' | 'model'; readonly arn: string}
  /** `edited`: members that were given another value; undefined when the package is new. */
  | {readonly kind: 'package'; readonly arn: string; readonly edited: readonly string[] | undefined}

export type ChangeListener = {
  /** Whether it wants to hear anything now. */
  isAwake(): boolean
  hear(change: Change): void
}

const listeners = new WeakMap<Db, ChangeListener>()

/** One listener a connection. */
export function listenForChanges(db: Db, listener: ChangeListener): void {
  listeners.set(db, listener)
}

/** Writes, and tells what has changed; what was there before is read only if somebody listens. */
export function telling<Before, Result>(
  db: Db,
  before: () => Before,
  write: () => Result,
  changesOf: (before: Before, result: Result) => readonly Change[],
): Result {
  const listener = listeners.get(db)
  if (!listener?.isAwake()) return write()
  return db.transaction(() => {
    const was = before()
    const result = write()
    for (const change of changesOf(was, result)) listener.hear(change)
    return result
  })
}
