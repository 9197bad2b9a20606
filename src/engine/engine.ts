// The embedded SageMaker: requests in, responses out, executions run. All state lies in one directory; several
// processes may use it at once.

import {createBus, type ServeOptions} from './bus/bus-control.ts'
import {objectEvents} from './bus/object-events.ts'
import {tellChanges} from './bus/own-events/tell-changes.ts'
import type {OperationContext} from './operations/context.ts'
import type {StartJob} from './runners/job-types.ts'
import {startJob as startAnyJob} from './runners/start-job.ts'
import {type RecoveredExecution, recoverAbandoned} from './scheduler/recovery.ts'
import {createScheduler} from './scheduler/scheduler.ts'
import {createEndpoints, type ServingLimits, usualServingLimits} from './serving/endpoint-control.ts'
import {accountId, region} from './store/arns.ts'
import {openDatabase} from './store/database.ts'
import {recordBacklog} from './store/lineage/backlog.ts'
import {openObjects} from './store/objects.ts'
import {countTriggers, type TriggerCounts} from './store/trigger-counts.ts'
import {
  type Prepared,
  prepareBucket,
  type Watch,
  type WatchedFolder,
  type WatchListeners,
  watchFolder,
} from './watch/watch-folder.ts'
import {dispatch} from './wire/dispatch.ts'
import type {WireRequest, WireResponse} from './wire/message.ts'

export type EngineOptions = {
  /** Made when it is missing. */
  readonly stateDirectory: string
  now(): number
  /** At least 0, below 1; where nobody says, Math.random. */
  random?(): number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Given: a started execution is handed over, and a worker process runs it. Absent: it runs in this process. */
  readonly launch?: (executionArn: string) => void
  /** Where they are to be others than AWS's. */
  readonly servingLimits?: Partial<ServingLimits>
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
  /**
   * From now on delivers events to the targets of rules, also those that other processes have written, and fires what has a
   * schedule.
   */
  serveBus(options?: ServeOptions): void
  /** From now on keeps the models of endpoints loaded, also of those that other processes deploy, update and delete. */
  serveEndpoints(): void
  /** The enabled ones. */
  countTriggers(): TriggerCounts
  /** Makes the bucket when it is missing, and has it send its events. */
  prepareBucket(bucket: string): Promise<Prepared>
  /** Puts the files of the folder into the bucket as they come. */
  watchFolder(folder: WatchedFolder, listeners?: WatchListeners): Watch
  /** Resolves when no execution of this process is running, no endpoint is being deployed by it, and nothing is due that this process would deliver. */
  idle(): Promise<void>
  /** Kills the jobs and models of this process now and marks its executions Stopped. */
  kill(): void
  close(): void
}

/** Opens the engine on a state directory. Throws when the directory was written by a newer version. */
export function openEngine(options: EngineOptions): Engine {
  const {stateDirectory, now, env, launch, random = Math.random, startJob = startAnyJob} = options
  const limits = {...usualServingLimits, ...options.servingLimits}
  const db = openDatabase(stateDirectory)
  recordBacklog(db)
  const objects = openObjects(
    stateDirectory,
    db,
    objectEvents(() => context),
  )
  const endpoints = createEndpoints({db, objects, stateDirectory, env, limits, now})
  const executions = createScheduler({
    ...{db, objects, stateDirectory, env, now, startJob, endpoints},
    ...(launch ? {launch} : {}),
  })
  const bus = createBus(db)
  const context: OperationContext = {db, objects, stateDirectory, executions, bus, endpoints, now, random}
  tellChanges(context)
  const recovered = recoverAbandoned(db, stateDirectory, now())

  return {
    region,
    accountId,
    recovered,
    handle: (request) => dispatch(request, context),
    runExecution: executions.run,
    serveBus: (options) => bus.serve(context, options),
    serveEndpoints: endpoints.serve,
    countTriggers: () => countTriggers(db),
    prepareBucket: (bucket) => prepareBucket(bucket, context),
    watchFolder: (folder, listeners) => watchFolder(folder, context, {...listeners, excluded: stateDirectory}),
    async idle() {
      // A delivery starts an execution, whose events may be delivered in their turn.
      do {
        await executions.idle()
        await endpoints.idle()
        await bus.idle()
      } while (executions.isBusy())
    },
    kill() {
      bus.close()
      executions.kill()
      endpoints.close()
    },
    close() {
      bus.close()
      executions.close()
      endpoints.close()
      db.close()
    },
  }
}
