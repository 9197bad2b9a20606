// What one run of an execution is given, and the shapes its parts share.

import type {Resolver} from '../../definition/evaluate.ts'
import type {JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import type {JobKind, RunningJob} from '../runners/job-types.ts'
import type {Db} from '../store/database.ts'
import type {ExecutionRow} from '../store/executions.ts'
import type {JobSlots} from './job-slots.ts'
import type {StepPlan} from './step-plan.ts'

/** A job step whose arguments are resolved, ready to start. */
export type JobStep = {
  readonly definition: StepDefinition
  readonly kind: JobKind
  readonly jobName: string
  readonly jobArn: string
  readonly request: JsonObject
  /** The step's Metadata in the API: the job's ARN under its kind. */
  readonly metadata: JsonObject
  readonly signature: string
}

export type RunSetup = {
  readonly db: Db
  readonly execution: ExecutionRow
  readonly plan: StepPlan
  readonly resolver: Resolver
  /** Metadata of the steps that have succeeded, by name: what `resolver` reads properties from. */
  readonly results: Map<string, JsonObject>
  /** Of the next step that starts: above those that the execution has already. */
  readonly firstPosition: number
  readonly slots: JobSlots
  now(): number
  startJob(step: JobStep): RunningJob
}
