// What one run of an execution is given, and the shapes its parts share.

import type {Resolver} from '../../definition/evaluate.ts'
import type {JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import type {JobKind, LocalHints, RunningJob} from '../runners/job-types.ts'
import type {EndpointControl} from '../serving/endpoint-control.ts'
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
  /** The step's members beside its Arguments, resolved. */
  readonly envelope: JsonObject
  /** The step's Metadata in the API as it is while the job runs: most often the job's ARN under its kind. */
  readonly metadata: JsonObject
  readonly signature: string
}

/** What is left of a step that has succeeded: what properties are read from. */
export type StepResult = {readonly metadata: JsonObject; readonly jobArn: string | null}

export type RunSetup = {
  readonly db: Db
  readonly execution: ExecutionRow
  readonly plan: StepPlan
  readonly resolver: Resolver
  /** Of the steps that have succeeded, by name. */
  readonly results: Map<string, StepResult>
  /** Of the next step that starts: above those that the execution has already. */
  readonly firstPosition: number
  readonly slots: JobSlots
  readonly endpoints: Pick<EndpointControl, 'rollOut' | 'takeOn'>
  now(): number
  /** How the step is to run here. */
  hints(stepName: string): LocalHints
  startJob(step: JobStep): RunningJob
}
