// Executions whose process died. Whoever finds one closes it, and only one finder does: the update decides.

import {rmSync} from 'node:fs'
import {join} from 'node:path'
import type {Db} from '../store/database.ts'
import {type ExecutionRow, endExecution, findUnfinished} from '../store/executions.ts'
import {findRunningJobs} from '../store/jobs.ts'
import {findPipeline} from '../store/pipelines.ts'
import {isAlive} from '../store/process-identity.ts'
import {endRunningSteps, findRunningSteps} from '../store/steps.ts'

export type RecoveredExecution = {
  readonly arn: string
  readonly pipelineName: string
  readonly interruptedSteps: string[]
}

const stepReason = 'the process that ran this execution ended before the step did'
const executionReason = 'the process that ran this execution ended before the execution did'
const neverClaimedReason = 'the process that was to run this execution never started'

/** Closes every execution that nobody runs any more, and removes the directories of the jobs it was running. */
export function recoverAbandoned(db: Db, stateDirectory: string, nowMs: number): RecoveredExecution[] {
  return findUnfinished(db).flatMap((execution) => {
    const jobs = findRunningJobs(db, execution.arn)
    const recovered = closeAbandoned(db, execution, nowMs)
    if (!recovered) return []
    for (const job of jobs) removeJobDirectory(stateDirectory, job)
    return [recovered]
  })
}

/** Best effort: a child of the job may be dying still, and what stays harms nobody. */
function removeJobDirectory(stateDirectory: string, jobName: string): void {
  try {
    rmSync(join(stateDirectory, 'jobs', jobName), {recursive: true, force: true})
  } catch {
    // It stays.
  }
}

/** Closes the execution if its process is gone, or did not come in time. */
export function closeAbandoned(db: Db, execution: ExecutionRow, nowMs: number): RecoveredExecution | undefined {
  return isAbandoned(execution, nowMs) ? closeUnfinished(db, execution, nowMs) : undefined
}

/** Closes the execution and the steps that were running; undefined when somebody else has done so. */
export function closeUnfinished(db: Db, execution: ExecutionRow, nowMs: number): RecoveredExecution | undefined {
  return db.transaction(() => {
    const {arn} = execution
    const interruptedSteps = findRunningSteps(db, arn)
    const failureReason = execution.ownerPid === null ? neverClaimedReason : executionReason
    if (!endExecution(db, execution, {status: 'Failed', failureReason, atMs: nowMs})) return undefined
    endRunningSteps(db, arn, {status: 'Failed', reason: stepReason, atMs: nowMs})
    return {arn, pipelineName: findPipeline(db, execution.pipelineArn)?.name ?? '', interruptedSteps}
  })
}

function isAbandoned({ownerPid, ownerStart, claimDeadlineMs}: ExecutionRow, nowMs: number): boolean {
  if (ownerPid === null) return claimDeadlineMs !== null && nowMs > claimDeadlineMs
  return !isAlive({pid: ownerPid, start: ownerStart ?? ''})
}
