// Starts the job of a step, and the jobs that it starts in its turn, each with a log that is open while it runs.

import type {JsonObject} from '../../definition/json.ts'
import type {ChildJob, JobDeps, JobOutcome, JobRequest, LocalHints, RunningJob, StartJob} from '../runners/job-types.ts'
import {jobArn, region} from '../store/arns.ts'
import {findAnswer, parseAnswer} from '../store/callbacks.ts'
import type {Db} from '../store/database.ts'
import {endJob, insertJob} from '../store/jobs.ts'
import {logPath, openLog} from '../store/logs.ts'
import {findModel} from '../store/models.ts'
import type {ObjectStore} from '../store/objects.ts'
import {describePackage, findApprovedPackage} from '../store/packages.ts'
import {putTags} from '../store/tags.ts'
import {stepTags} from './instant-parts.ts'
import type {JobSlots} from './job-slots.ts'
import {withPackageContainers} from './package-containers.ts'
import type {JobStep} from './run-setup.ts'

export type LaunchDeps = {
  readonly db: Db
  readonly objects: ObjectStore
  readonly stateDirectory: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly slots: JobSlots
  now(): number
  readonly startJob: StartJob
}

export function launchJob(deps: LaunchDeps, step: JobStep, hints: LocalHints, executionArn: string): RunningJob {
  const {kind, jobName, jobArn, request, envelope, definition} = step
  const stepName = definition.Name
  return launch(deps, {
    ...{kind, jobName, jobArn, region, stepName, executionArn, envelope, hints},
    arguments: request,
  })
}

/** A runner that fails is the engine's fault, not the step's. */
function launch(deps: LaunchDeps, request: JobRequest): RunningJob {
  const {stateDirectory, now, startJob} = deps
  const startedAtMs = now()
  const log = openLog(logPath(stateDirectory, request.kind, request.jobName), now)
  const internalError = (error: unknown): JobOutcome => {
    const failureReason = `InternalServerError: ${error instanceof Error ? error.message : String(error)}`
    return {status: 'Failed', failureReason, metrics: [], startedAtMs, endedAtMs: now()}
  }
  try {
    const job = startJob(request, jobDeps(deps, request, log.write))
    return {...job, done: job.done.catch(internalError).finally(log.close)}
  } catch (error) {
    log.close()
    return {done: Promise.resolve(internalError(error)), stop() {}, kill() {}}
  }
}

function jobDeps(deps: LaunchDeps, request: JobRequest, write: (line: string) => void): JobDeps {
  const {db, objects, stateDirectory, env, now} = deps
  return {
    ...{objects, stateDirectory, env, now},
    writeLog: (_jobName, line) => write(line),
    startChild: (kind, jobName, args) => launchChild(deps, request, {kind, jobName, args}),
    approvedPackage(groupName) {
      const row = findApprovedPackage(db, groupName)
      return row && describePackage(row)
    },
    callbackAnswer(token) {
      const row = findAnswer(db, token)
      return row && parseAnswer(row)
    },
    modelRequest(modelName) {
      const row = findModel(db, modelName)
      return row && withPackageContainers(JSON.parse(row.request) as JsonObject, db)
    },
  }
}

type NewChild = {readonly kind: 'Processing' | 'Training'; readonly jobName: string; readonly args: JsonObject}

/** Records the child at once; it runs when a slot is free. */
function launchChild(deps: LaunchDeps, parent: JobRequest, {kind, jobName, args}: NewChild): ChildJob {
  const {db, slots, now} = deps
  const {executionArn, stepName, hints} = parent
  const arn = jobArn(kind, jobName)
  const row = {arn, kind, name: jobName, request: args, executionArn, stepName, createdAtMs: now()}
  db.transaction(() => {
    insertJob(db, {...row, parentArn: parent.jobArn})
    putTags(db, arn, stepTags(args, executionArn))
  })

  const request: JobRequest = {...parent, kind, jobName, jobArn: arn, arguments: args, envelope: {}, hints}
  let asked: 'nothing' | 'stop' | 'kill' = 'nothing'
  let running: RunningJob | undefined
  const run = async (): Promise<JobOutcome> => {
    await slots.take()
    try {
      const startedAtMs = now()
      if (asked !== 'nothing') return {status: 'Stopped', metrics: [], startedAtMs, endedAtMs: now()}
      running = launch(deps, request)
      return await running.done
    } finally {
      slots.release()
    }
  }
  const done = run().then((outcome) => {
    // Whoever killed the job has closed everything, perhaps the database too.
    if (asked !== 'kill') endJob(db, arn, outcome)
    return outcome
  })
  return {
    arn,
    done,
    stop() {
      if (asked === 'nothing') asked = 'stop'
      running?.stop()
    },
    kill() {
      asked = 'kill'
      running?.kill()
    },
  }
}
