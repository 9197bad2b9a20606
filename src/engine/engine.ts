// The embedded SageMaker: requests in, responses out, executions run. All state lies in one directory; several
// processes may use it at once.

import type {StartJob} from './runners/job-types.ts'
import {startJob as startAnyJob} from './runners/start-job.ts'
import {type RecoveredExecution, recoverAbandoned} from './scheduler/recovery.ts'
import {createScheduler} from './scheduler/scheduler.ts'
import {accountId, region} from './store/arns.ts'
import {openDatabase} from './store/database.ts'
import {openObjects} from './store/objects.ts'
import {dispatch} from './wire/dispatch.ts'
import type {WireRequest, WireResponse} from './wire/message.ts'

export type EngineOptions = {
  /** Made when it is missing. */
  readonly stateDirectory: string
  now(): number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Given: a started execution is handed over, and a worker process runs it. Absent: it runs in this process. */
  readonly launch?: (executionArn: string) => void
  /** Runs jobs in some other way than on this machine. */
  readonly startJob?: StartJob
}

export type Engine = {
  readonly region: typeof region
  readonly accountId: typeof accountId
  handle(request: WireRequest): Promise<WireResponse>
  /** Executions whose process had died, found at opening and closed as Failed; each is told to one process only. */
  readonly recovered: readonly RecoveredExecution[]
  /** What a worker process calls; resolves when the execution is terminal. */
  runExecution(arn: string): Promise<void>
  /** Resolves when no execution of this process is running. */
  idle(): Promise<void>
  /** Kills the jobs of this process now and marks its executions Stopped. */
  kill(): void
  close(): void
}

/** Opens the engine on a state directory. Throws when the directory was written by a newer version. */
export function openEngine(options: EngineOptions): Engine {
  const {stateDirectory, now, env, launch, startJob = startAnyJob} = options
  const db = openDatabase(stateDirectory)
  const objects = openObjects(stateDirectory, db)
  const recovered = recoverAbandoned(db, stateDirectory, now())
  const executions = createScheduler({db, objects, stateDirectory, env, now, startJob, ...(launch ? {launch} : {})})
  const context = {db, objects, stateDirectory, executions, now}

  return {
    region,
    accountId,
    recovered,
    handle: (request) => dispatch(request, context),
    runExecution: executions.run,
    idle: executions.idle,
    kill: executions.kill,
    close() {
      executions.close()
      db.close()
    },
  }
}
