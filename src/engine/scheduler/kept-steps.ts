// What an execution has before it runs: results that a selective execution copied, and, when it is retried, the steps
// that had succeeded.

import {isJsonObject, type JsonObject} from '../../definition/json.ts'
import type {Db} from '../store/database.ts'
import {findSteps, parseMetadata} from '../store/steps.ts'
import type {StepResult} from './run-setup.ts'
import type {Branch} from './step-plan.ts'

export type KeptSteps = {
  /** A condition with the branch it chose. */
  readonly succeeded: ReadonlyMap<string, Branch | undefined>
  readonly results: Map<string, StepResult>
  readonly firstPosition: number
}

export function keptSteps(db: Db, executionArn: string): KeptSteps {
  const rows = findSteps(db, executionArn)
  const successes = rows
    .filter(({status}) => status === 'Succeeded')
    .map((row) => [row.name, {metadata: parseMetadata(row), jobArn: row.jobArn}] as const)
  return {
    succeeded: new Map(successes.map(([name, {metadata}]) => [name, chosenBranch(metadata)])),
    results: new Map(successes),
    firstPosition: (rows.at(-1)?.position ?? -1) + 1,
  }
}

/** The branch that a condition took, by its Metadata; undefined for a step of another type. */
export function chosenBranch({Condition}: JsonObject): Branch | undefined {
  if (!isJsonObject(Condition)) return undefined
  return Condition.Outcome === 'True' ? 'If' : 'Else'
}
