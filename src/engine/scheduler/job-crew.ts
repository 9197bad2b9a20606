// The jobs of one execution: those that wait for a slot, those that run, those that will be tried again.

import type {JsonObject} from '../../definition/json.ts'
import type {JobKind, JobOutcome, RunningJob} from '../runners/job-types.ts'
import {endJob, insertJob} from '../store/jobs.ts'
import {markStopping, type StepRow, saveStep} from '../store/steps.ts'
import {putTags, simulatedTag} from '../store/tags.ts'
import {type StepEnd, stepTags} from './instant-parts.ts'
import {withOutcome} from './job-metadata.ts'
import {resolveJob} from './job-steps.ts'
import {retryDelay} from './retry-policy.ts'
import type {JobStep, RunSetup} from './run-setup.ts'

export type JobCrew = {
  /** Lets a job wait for a slot. */
  add(step: JobStep): void
  /** Starts waiting jobs, as many as may run beside those that do. */
  launch(parallelism: number): void
  hasWaiting(): boolean
  /** Whether a job runs or will be tried again. */
  isBusy(): boolean
  /** Asks every job to stop. */
  stop(): void
  /** Gives up on further attempts: their steps end as `status`. */
  dropRetries(status: 'Failed' | 'Stopped'): void
  /** Kills every job at once and forgets it. Writes nothing. */
  kill(): void
}

/** What a crew asks of the run it belongs to. */
export type CrewOwner = {
  newRow(step: JobStep): StepRow
  /** Whether nothing new may start. */
  isHalted(): boolean
  isStopping(): boolean
  /** Writes the end of a step; called inside a transaction. */
  recordEnd(row: StepRow, end: StepEnd, failedStatus: 'Failed' | 'Stopped'): void
  /** Called after something has ended. */
  onChange(): void
  onError(error: unknown): void
}

type Running = {readonly job: RunningJob}
type Retry = {readonly timer: NodeJS.Timeout; readonly row: StepRow; readonly reason: string | null}
type Start = {readonly step: JobStep; readonly row: StepRow}

/** What only waits: a callback for its answer, a tuning job for its children, which take slots of their own. */
const slotless = new Set<JobKind>(['Callback', 'Tuning'])

/** How often a retry that is due looks for a free slot. */
const fullPollMs = 50

export function createJobCrew(setup: RunSetup, owner: CrewOwner): JobCrew {
  const {db, execution, resolver, slots, now} = setup
  const waiting: JobStep[] = []
  const running = new Map<string, Running>()
  const retrying = new Map<string, Retry>()
  let isDisbanded = false

  const takeSlot = ({kind}: JobStep) => slotless.has(kind) || slots.tryTake()
  const releaseSlot = ({kind}: JobStep) => {
    if (!slotless.has(kind)) slots.release()
  }

  const launch = (starts: readonly Start[]) => {
    for (const {step, row} of recordStarts(starts)) follow(step, row)
  }

  /** All or none; a start that cannot be written gives its slot back. */
  const recordStarts = (starts: readonly Start[]): Start[] => {
    try {
      return db.transaction(() => starts.map(({step, row}) => ({step, row: recordStart(step, row)})))
    } catch (error) {
      for (const {step} of starts) releaseSlot(step)
      throw error
    }
  }

  const recordStart = (step: JobStep, row: StepRow): StepRow => {
    const {request, jobName: name, jobArn: arn, kind, metadata, signature} = step
    const executionArn = execution.arn
    insertJob(db, {arn, kind, name, request: recorded(step), executionArn, stepName: row.name, createdAtMs: now()})
    putTags(db, arn, stepTags(request, executionArn))
    const started = {...row, metadata: JSON.stringify(metadata), signature, jobArn: arn}
    saveStep(db, started)
    return started
  }

  const follow = (step: JobStep, row: StepRow) => {
    const job = setup.startJob(step)
    running.set(row.name, {job})
    job.done
      .then((outcome) => onJobEnd(step, row, outcome))
      .catch(owner.onError)
      .finally(() => {
        releaseSlot(step)
        owner.onChange()
      })
  }

  const onJobEnd = (step: JobStep, row: StepRow, outcome: JobOutcome) => {
    if (isDisbanded) return
    running.delete(row.name)
    const delayMs = owner.isHalted() ? undefined : delayBeforeRetry(step, row, outcome, now())
    db.transaction(() => {
      endJob(db, step.jobArn, outcome)
      if (delayMs !== undefined) return
      const wasAsked = outcome.status === 'Stopped' && owner.isStopping()
      const {simulated = null} = outcome
      if (simulated !== null) putTags(db, step.jobArn, [simulatedTag(simulated)])
      const description = [outcome.remark, row.description].flatMap((text) => text ?? []).join('\n') || null
      owner.recordEnd(
        {...row, simulated, description},
        stepEnd(step, outcome, wasAsked),
        wasAsked ? 'Stopped' : 'Failed',
      )
    })
    if (delayMs !== undefined) retryLater(step, row, outcome.failureReason ?? null, delayMs)
  }

  const retryLater = (step: JobStep, row: StepRow, reason: string | null, delayMs: number) => {
    const timer = setTimeout(() => {
      try {
        retry(step, row, reason)
      } catch (error) {
        owner.onError(error)
      }
    }, delayMs)
    retrying.set(row.name, {timer, row, reason})
  }

  const retry = (step: JobStep, row: StepRow, reason: string | null) => {
    if (!takeSlot(step)) {
      retryLater(step, row, reason, fullPollMs)
      return
    }
    retrying.delete(row.name)
    const again = resolveJob(step.definition, step.kind, execution.arn, resolver, setup.hints(step.definition.Name))
    // What could be resolved once still can: only the job's name is new.
    if (again.kind === 'job') launch([{step: again.step, row: {...row, attempts: row.attempts + 1}}])
  }

  return {
    add: (step) => {
      waiting.push(step)
    },
    launch(parallelism) {
      const starts: Start[] = []
      for (const step of [...waiting]) {
        if (running.size + retrying.size + starts.length >= parallelism) break
        if (!takeSlot(step)) continue
        waiting.splice(waiting.indexOf(step), 1)
        starts.push({step, row: owner.newRow(step)})
      }
      if (starts.length > 0) launch(starts)
    },
    hasWaiting: () => waiting.length > 0,
    isBusy: () => running.size + retrying.size > 0,
    stop() {
      if (running.size > 0) db.transaction(() => markStopping(db, execution.arn))
      for (const {job} of running.values()) job.stop()
    },
    dropRetries(status) {
      if (retrying.size === 0) return
      db.transaction(() => {
        for (const {timer, row, reason} of retrying.values()) {
          clearTimeout(timer)
          saveStep(db, {...row, status, endedAtMs: now(), failureReason: reason})
        }
      })
      retrying.clear()
    },
    kill() {
      isDisbanded = true
      for (const {job} of running.values()) job.kill()
      for (const {timer} of retrying.values()) clearTimeout(timer)
    },
  }
}

function stepEnd(step: JobStep, outcome: JobOutcome, wasAsked: boolean): StepEnd {
  const metadata = withOutcome(step.metadata, outcome.metadata)
  if (outcome.status === 'Completed') return {kind: 'succeeded', metadata}
  // A job that stops unasked ran out of its time: StoppingCondition.MaxRuntimeInSeconds.
  const unasked = wasAsked ? null : `ClientError: the ${step.kind.toLowerCase()} job was stopped before it had ended`
  return {kind: 'failed', reason: outcome.failureReason ?? unasked, metadata}
}

/** What describes the job later: of a Lambda or Callback step, whose Arguments are no request, its envelope too. */
function recorded({kind, request, envelope}: JobStep): JsonObject {
  return kind === 'Lambda' || kind === 'Callback' ? {...envelope, Arguments: request} : request
}

function delayBeforeRetry(step: JobStep, row: StepRow, outcome: JobOutcome, nowMs: number): number | undefined {
  if (outcome.status !== 'Failed') return undefined
  const {attempts, startedAtMs} = row
  const failure = {reason: outcome.failureReason ?? '', attempts, elapsedMs: nowMs - startedAtMs}
  return retryDelay(step.definition.RetryPolicies, failure)
}
