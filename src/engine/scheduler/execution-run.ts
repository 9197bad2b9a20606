// One execution while it runs: starts what is ready, notes what has ended, and ends the execution when nothing is left.
//
// What may happen at once happens in batches: one transaction per batch, and a turn of the event loop between two
// batches, so that a client of the same process gets its answers meanwhile.

import {setImmediate as nextTurn} from 'node:timers/promises'
import type {StepDefinition} from '../../definition/types.ts'
import {endExecution, findExecution} from '../store/executions.ts'
import {endRunningSteps, type StepRow, saveStep} from '../store/steps.ts'
import {type StepEnd, type StepWait, unresolved} from './instant-parts.ts'
import {runInstantStep} from './instant-steps.ts'
import {createJobCrew, type JobCrew} from './job-crew.ts'
import {findCacheHit, jobKindOf, resolveJob} from './job-steps.ts'
import type {JobStep, RunSetup} from './run-setup.ts'

export type ExecutionRun = {
  /** Resolves when the execution has ended and everything about it is written. */
  readonly done: Promise<void>
  /** Starts what can be started. Call when a slot has become free. */
  wake(): void
  /** Looks at the stored state: another process may have asked for a stop. */
  notice(): void
  /** Ends the execution here and now: kills its jobs, writes Stopped. */
  kill(): void
}

type State = {
  position: number
  parallelism: number
  failureReason: string | undefined
  isStopping: boolean
  hasToldJobs: boolean
  /** A Lambda function that was waited for, after a stop, came to its limit instead of an end. */
  hasTimedOut: boolean
  isPumping: boolean
  isOver: boolean
}

const batchMs = 10

/** AWS's own sentence for an execution in which a step failed. */
const stepFailure = 'Step failure: One or multiple steps failed.'

export function startExecutionRun(setup: RunSetup): ExecutionRun {
  const {db, execution, plan, now} = setup
  const state = initialState(setup)
  let settle: () => void = () => {}
  const done = new Promise<void>((resolve) => {
    settle = resolve
  })

  const recordEnd = (row: StepRow, end: StepEnd, failedStatus: 'Failed' | 'Stopped' = 'Failed') => {
    writeEnd(setup, row, end, failedStatus)
    if (end.kind !== 'failed' || failedStatus !== 'Failed') return
    state.failureReason ??= executionReason(row, end.reason)
    if (state.isStopping && row.type === 'Lambda') state.hasTimedOut = true
  }

  const crew: JobCrew = createJobCrew(setup, {
    recordEnd,
    newRow: (step) => newRow(setup, step.definition, state.position++),
    isHalted: () => isHalted(state),
    isStopping: () => state.isStopping,
    onChange: () => void pump(),
    onError: (error) => abort(error),
  })

  /** Steps that wait for what they have begun, by name. */
  const waits = new Map<string, Wait>()

  const endWaits = () => {
    for (const [name, {row, wait}] of waits) {
      const stopped = state.isStopping ? ({kind: 'failed', reason: null, metadata: wait.metadata} as const) : undefined
      const end = wait.look() ?? stopped
      if (!end) continue
      db.transaction(() => recordEnd(row, end, end === stopped ? 'Stopped' : 'Failed'))
      waits.delete(name)
    }
  }

  const pump = async () => {
    if (state.isPumping || state.isOver) return
    state.isPumping = true
    try {
      while (!state.isOver && !isHalted(state) && plan.hasReady()) {
        db.transaction(runBatch)
        launchJobs()
        await nextTurn()
      }
      launchJobs()
      if (isHalted(state)) crew.dropRetries(state.isStopping ? 'Stopped' : 'Failed')
      if (!state.isOver && isDrained()) finish()
    } catch (error) {
      abort(error)
    } finally {
      state.isPumping = false
    }
  }

  const isDrained = () =>
    !crew.isBusy() && waits.size === 0 && (isHalted(state) || !(crew.hasWaiting() || plan.hasReady()))

  const launchJobs = () => {
    if (!state.isOver && !isHalted(state)) crew.launch(state.parallelism)
  }

  const runBatch = () => {
    refresh()
    const end = performance.now() + batchMs
    while (!state.isOver && !isHalted(state) && performance.now() < end) {
      const step = plan.takeReady()
      if (!step) return
      const begun = beginStep(setup, step, state, recordEnd)
      if (begun && 'wait' in begun) waits.set(step.Name, begun)
      else if (begun) crew.add(begun)
    }
  }

  /** Takes over what other processes have written about the execution. */
  const refresh = () => {
    const stored = findExecution(db, execution.arn)
    if (stored?.parallelism) state.parallelism = stored.parallelism
    if (stored?.ownerPid !== execution.ownerPid || stored.ownerStart !== execution.ownerStart) retire()
    else if (stored?.status === 'Stopping') state.isStopping = true
    else if (stored?.status !== 'Executing') retire()
  }

  /** Somebody took this process for dead and closed the execution (it may have been retried since), or deleted it: go no further, write nothing. */
  const retire = () => {
    crew.kill()
    over()
  }

  const notice = () => {
    if (state.isOver) return
    try {
      refresh()
      if (!state.isOver) endWaits()
      if (state.isStopping && !state.hasToldJobs) crew.stop()
      state.hasToldJobs = state.isStopping
    } catch (error) {
      abort(error)
    }
    void pump()
  }

  const finish = () => {
    const status = finalStatus(state)
    const failureReason = status === 'Failed' ? (state.failureReason ?? null) : null
    endExecution(db, execution, {status, failureReason, atMs: now()})
    over()
  }

  const over = () => {
    state.isOver = true
    settle()
  }

  /** The engine itself failed, for example because the disk is full: say so, if that can still be written. */
  const abort = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    try {
      close('Failed', `InternalServerError: ${message}`)
    } catch {
      // The next process to open the state directory finds the execution without its owner.
      settle()
    }
  }

  const close = (status: 'Failed' | 'Stopped', reason: string | null) => {
    if (state.isOver) return
    crew.kill()
    state.isOver = true
    db.transaction(() => {
      endRunningSteps(db, execution.arn, {status, reason, atMs: now()})
      endExecution(db, execution, {status, failureReason: reason, atMs: now()})
    })
    settle()
  }

  void pump()
  return {done, notice, wake: () => void pump(), kill: () => close('Stopped', null)}
}

function initialState({execution, firstPosition}: RunSetup): State {
  return {
    position: firstPosition,
    parallelism: execution.parallelism ?? Number.POSITIVE_INFINITY,
    failureReason: undefined,
    isStopping: execution.status === 'Stopping',
    hasToldJobs: false,
    hasTimedOut: false,
    isPumping: false,
    isOver: false,
  }
}

// AWS does not say whether a ready step of an independent branch still starts after a failure. Here it does not.
function isHalted(state: State): boolean {
  return state.isStopping || state.failureReason !== undefined
}

/** "Lambda step": if the function comes to its limit while the execution is being stopped, the execution has failed. */
function finalStatus(state: State) {
  if (state.isStopping && !state.hasTimedOut) return 'Stopped'
  return state.failureReason === undefined ? 'Succeeded' : 'Failed'
}

/** A Fail step's message says why the execution failed; of any other step AWS only says that it did. */
function executionReason(row: StepRow, reason: string | null): string {
  return row.type === 'Fail' && reason !== null ? reason : stepFailure
}

type Wait = {readonly row: StepRow; readonly wait: StepWait}

/**
 * Runs a step to its end if that takes no job: by itself, or because an earlier run is taken over. Else gives its job, or what it waits
 * for.
 */
function beginStep(
  setup: RunSetup,
  step: StepDefinition,
  state: State,
  recordEnd: (row: StepRow, end: StepEnd) => void,
): JobStep | Wait | undefined {
  const {db, execution, resolver, now} = setup
  const kind = jobKindOf(step)
  if (!kind) return runWithoutJob(setup, step, newRow(setup, step, state.position++), recordEnd)

  const hints = setup.hints(step.Name)
  const resolved = resolveJob(step, kind, execution.arn, resolver, hints)
  if (resolved.kind === 'unresolved') {
    const reason = unresolved(resolved.reasons)
    recordEnd(newRow(setup, step, state.position++), {kind: 'failed', reason, metadata: {}})
    return undefined
  }

  const hit = findCacheHit(db, execution.pipelineArn, resolved.step, hints, now())
  if (!hit) return resolved.step
  const row = {
    ...newRow(setup, step, state.position++),
    cachedFrom: hit.executionArn,
    signature: resolved.step.signature,
    jobArn: hit.jobArn,
    simulated: hit.simulated,
  }
  recordEnd(row, {kind: 'succeeded', metadata: hit.metadata})
  return undefined
}

function runWithoutJob(
  {db, execution, resolver, endpoints, now}: RunSetup,
  step: StepDefinition,
  row: StepRow,
  recordEnd: (row: StepRow, end: StepEnd) => void,
): Wait | undefined {
  const end = runInstantStep(step, {db, executionArn: execution.arn, resolver, endpoints, now})
  if (end.kind !== 'waiting') {
    recordEnd(row, end)
    return undefined
  }
  const waiting = {...row, metadata: JSON.stringify(end.metadata)}
  saveStep(db, waiting)
  return {row: waiting, wait: end}
}

function newRow({execution, now}: RunSetup, step: StepDefinition, position: number): StepRow {
  return {
    executionArn: execution.arn,
    name: step.Name,
    pipelineArn: execution.pipelineArn,
    position,
    type: step.Type,
    displayName: step.DisplayName ?? null,
    description: step.Description ?? null,
    status: 'Executing',
    startedAtMs: now(),
    endedAtMs: null,
    attempts: 1,
    failureReason: null,
    cachedFrom: null,
    metadata: '{}',
    signature: null,
    copiedFrom: null,
    jobArn: null,
    simulated: null,
  }
}

/** Writes how a step ended; a success lets go what waited for it. */
function writeEnd(
  {db, plan, results, now}: RunSetup,
  row: StepRow,
  end: StepEnd,
  failedStatus: 'Failed' | 'Stopped',
): void {
  const ended = {...row, endedAtMs: now(), metadata: JSON.stringify(end.metadata)}
  if (end.kind === 'failed') {
    saveStep(db, {...ended, status: failedStatus, failureReason: end.reason})
    return
  }
  saveStep(db, {...ended, status: 'Succeeded', simulated: end.simulated ?? row.simulated})
  results.set(row.name, {metadata: end.metadata, jobArn: row.jobArn})
  plan.succeed(row.name, end.branch)
}
