// One execution run on a real store, with jobs that a test decides about instead of processes.

import type {JsonObject} from '../../../src/definition/json.ts'
import type {PipelineDefinition} from '../../../src/definition/types.ts'
import type {JobOutcome, RunningJob} from '../../../src/engine/runners/job-types.ts'
import {type ExecutionRun, startExecutionRun} from '../../../src/engine/scheduler/execution-run.ts'
import {createJobSlots} from '../../../src/engine/scheduler/job-slots.ts'
import type {JobStep} from '../../../src/engine/scheduler/run-setup.ts'
import {planSteps} from '../../../src/engine/scheduler/step-plan.ts'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {type ExecutionRow, findExecution, insertExecution} from '../../../src/engine/store/executions.ts'
import type {StepRow} from '../../../src/engine/store/steps.ts'

export type BareRun = {
  readonly run: ExecutionRun
  execution(): ExecutionRow | undefined
  /** In the order in which they started. */
  steps(): StepRow[]
  close(): void
}

export type BareOptions = {
  readonly stateDirectory: string
  readonly definition: JsonObject
  readonly slots?: number
  readonly parallelism?: number
  /** Decides how a job ends, and when. */
  job(step: JobStep): Promise<Partial<JobOutcome>>
}

export function bareRun(options: BareOptions): BareRun {
  const db = openDatabase(options.stateDirectory)
  const row: ExecutionRow = {
    arn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p/execution/abcdefghijkl',
    pipelineArn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p',
    version: 1,
    status: 'Executing',
    displayName: null,
    description: null,
    parallelism: options.parallelism ?? null,
    failureReason: null,
    parameters: '[]',
    token: null,
    createdAtMs: 0,
    modifiedAtMs: 0,
    ownerPid: 1,
    ownerStart: '1',
    claimDeadlineMs: null,
    selection: null,
    retryToken: null,
    mlflowExperiment: null,
  }
  insertExecution(db, row)
  const wake = () => run.wake()
  const run: ExecutionRun = startExecutionRun({
    db,
    execution: row,
    plan: planSteps(options.definition as unknown as PipelineDefinition),
    resolver: () => ({kind: 'unknown', reason: 'nothing can be referenced here'}),
    results: new Map(),
    firstPosition: 0,
    slots: createJobSlots(options.slots ?? 4, wake),
    endpoints: {rollOut() {}, takeOn() {}},
    now: Date.now,
    hints: () => ({}),
    startJob: (step) => startFakeJob(options, step),
  })
  return {
    run,
    execution: () => findExecution(db, row.arn),
    steps: () => db.all<StepRow>('SELECT * FROM steps WHERE executionArn = ? ORDER BY position', row.arn),
    close: () => db.close(),
  }
}

function startFakeJob({job}: BareOptions, step: JobStep): RunningJob {
  const times = {startedAtMs: 0, endedAtMs: 0}
  const done = job(step).then((outcome): JobOutcome => ({status: 'Completed', metrics: [], ...times, ...outcome}))
  return {done, stop() {}, kill() {}}
}
