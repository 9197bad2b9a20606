// The executions that this process runs: who owns them, when they begin, how they are told of a stop.

import {availableParallelism} from 'node:os'
import {setImmediate as nextTurn} from 'node:timers/promises'
import type {JsonObject} from '../../definition/json.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import type {ExecutionControl} from '../operations/context.ts'
import type {StartJob} from '../runners/job-types.ts'
import type {Db} from '../store/database.ts'
import {
  claimExecution,
  type ExecutionRow,
  endExecution,
  findExecution,
  isTerminal,
  parseSelection,
} from '../store/executions.ts'
import type {ObjectStore} from '../store/objects.ts'
import {findPipeline, findVersion} from '../store/pipelines.ts'
import {ownIdentity, type ProcessIdentity} from '../store/process-identity.ts'
import {type ExecutionRun, startExecutionRun} from './execution-run.ts'
import {createJobSlots} from './job-slots.ts'
import {keptSteps} from './kept-steps.ts'
import {launchJob} from './launch-job.ts'
import {readHints} from './local-hints.ts'
import {closeAbandoned, closeUnfinished} from './recovery.ts'
import {createResolver} from './resolver.ts'
import type {JobStep, RunSetup} from './run-setup.ts'
import {planSteps} from './step-plan.ts'
import {readProperties} from './step-properties.ts'

export type SchedulerDeps = {
  readonly db: Db
  readonly objects: ObjectStore
  readonly stateDirectory: string
  readonly env: Readonly<Record<string, string | undefined>>
  now(): number
  /** Given: a started execution is left to a worker process that this call brings about. */
  readonly launch?: (executionArn: string) => void
  readonly startJob: StartJob
  readonly endpoints: RunSetup['endpoints']
}

export type Scheduler = ExecutionControl & {
  /** Runs an execution that nobody runs yet; resolves when it has ended, at once if it is not this process's to run. */
  run(arn: string): Promise<void>
  /** Resolves when no execution of this process is running. */
  idle(): Promise<void>
  isBusy(): boolean
  kill(): void
  close(): void
}

/** How long a worker process may take to claim the execution it was started for. */
const claimMs = 60_000

/** How soon a stop that another process asks for is noticed. */
const pollMs = 200

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const {db, now, launch} = deps
  const self = ownIdentity()
  const runs = new Map<string, ExecutionRun>()
  /** Every execution that this process follows, from its start to its end. */
  const followed = new Map<string, Promise<void>>()
  /** Those whose end could not be written, for example because the disk was full. */
  const lost = new Set<string>()
  const slots = createJobSlots(availableParallelism(), () => {
    for (const run of runs.values()) run.wake()
  })
  let poll: NodeJS.Timeout | undefined
  let isClosed = false

  const follow = async (arn: string): Promise<void> => {
    // Whoever started the execution gets the answer first.
    await nextTurn()
    if (isClosed) return
    const execution = findExecution(db, arn)
    if (!execution || isTerminal(execution.status)) return
    const setup = prepareRun(deps, execution, slots)
    if (setup.kind === 'unrunnable') {
      endExecution(db, execution, {status: 'Failed', failureReason: setup.reason, atMs: now()})
      return
    }
    const run = startExecutionRun(setup.setup)
    runs.set(arn, run)
    poll ??= setInterval(() => {
      for (const one of runs.values()) one.notice()
    }, pollMs)
    await run.done
    runs.delete(arn)
    if (runs.size === 0) stopPolling()
  }

  const stopPolling = () => {
    clearInterval(poll)
    poll = undefined
  }

  /** Follows an execution that this process owns; once, however often it is asked. */
  const start = (arn: string): Promise<void> => followed.get(arn) ?? startAnew(arn)

  /** What still follows the execution follows its run before this one, which has ended: it was started again. */
  const startAnew = (arn: string): Promise<void> => {
    lost.delete(arn)
    const before = followed.get(arn) ?? Promise.resolve()
    const end = before
      .then(() => follow(arn))
      .catch((error) => giveUp(arn, self, `InternalServerError: ${messageOf(error)}`))
      .catch(() => undefined)
      .finally(() => {
        if (followed.get(arn) !== end) return
        followed.delete(arn)
        if (!isClosed && isUnfinished(arn)) lost.add(arn)
      })
    followed.set(arn, end)
    return end
  }

  const isUnfinished = (arn: string): boolean => {
    const execution = findExecution(db, arn)
    return execution !== undefined && !isTerminal(execution.status)
  }

  const giveUp = (arn: string, owner: ProcessIdentity | undefined, failureReason: string) => {
    const row = {arn, ownerPid: owner?.pid ?? null, ownerStart: owner?.start ?? null}
    endExecution(db, row, {status: 'Failed', failureReason, atMs: now()})
  }

  const handOver = (arn: string, bringAbout: (arn: string) => void) => {
    try {
      bringAbout(arn)
    } catch (error) {
      const reason = `the process that was to run this execution could not be started: ${messageOf(error)}`
      giveUp(arn, undefined, reason)
    }
  }

  /** Also those that have not come to their first step. */
  const killAll = () => {
    for (const run of runs.values()) run.kill()
    for (const arn of followed.keys()) {
      const row = {arn, ownerPid: self.pid, ownerStart: self.start}
      endExecution(db, row, {status: 'Stopped', failureReason: null, atMs: now()})
    }
  }

  return {
    get starter() {
      return launch ? {owner: undefined, claimDeadlineMs: now() + claimMs} : {owner: self, claimDeadlineMs: undefined}
    },
    begin(arn) {
      if (launch) handOver(arn, launch)
      else void startAnew(arn)
    },
    notice: (arn) => runs.get(arn)?.notice(),
    closeIfAbandoned: (execution) =>
      (lost.has(execution.arn) ? closeUnfinished : closeAbandoned)(db, execution, now()) !== undefined,
    run: (arn) => (followed.has(arn) || claimExecution(db, arn, self) ? start(arn) : Promise.resolve()),
    async idle() {
      while (followed.size > 0) await Promise.all(followed.values())
    },
    isBusy: () => followed.size > 0,
    kill: killAll,
    close() {
      isClosed = true
      stopPolling()
    },
  }
}

type Prepared =
  | {readonly kind: 'setup'; readonly setup: RunSetup}
  | {readonly kind: 'unrunnable'; readonly reason: string}

/** Reads the execution's definition, once, and lays out its run. */
function prepareRun(deps: SchedulerDeps, execution: ExecutionRow, slots: RunSetup['slots']): Prepared {
  const {db, objects, now, endpoints} = deps
  const version = findVersion(db, execution.pipelineArn, execution.version)
  const parsed = parseDefinition(version?.definition ?? '')
  if (!parsed.ok) return {kind: 'unrunnable', reason: parsed.message}

  const {definition} = parsed
  const {succeeded, results, firstPosition} = keptSteps(db, execution.arn)
  const selection = parseSelection(execution)
  const plan = planSteps(definition, {succeeded, selected: selection && new Set(selection.steps)})
  const properties = new Map<string, JsonObject>()
  const findProperties = (stepName: string): JsonObject | undefined => {
    const result = results.get(stepName)
    if (!result) return undefined
    const read = properties.get(stepName) ?? readProperties(db, result)
    properties.set(stepName, read)
    return read
  }
  const pipelineName = findPipeline(db, execution.pipelineArn)?.name ?? ''
  const {readText} = objects
  const resolver = createResolver({
    ...{definition, execution, pipelineName, now, readText},
    findStep: plan.find,
    findProperties,
  })
  const hints = (stepName: string) => readHints(definition.Metadata, stepName)
  const startJob = (step: JobStep) => launchJob({...deps, slots}, step, hints(step.definition.Name), execution.arn)
  const setup = {db, execution, plan, resolver, results, firstPosition, slots, endpoints, now, hints, startJob}
  return {kind: 'setup', setup}
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
