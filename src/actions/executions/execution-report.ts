// What one execution did, as plain data for people and scripts: the result of `run` and of `executions show`.

import type {ApprovalStatus, Callback, ExecutionStatus, NameValue} from '../../cloud/ports.ts'
import type {Json} from '../../definition/json.ts'

/** `not-run`: in the definition, but never started (an untaken branch, or something before it ended the execution). */
export type StepState =
  | 'waiting'
  | 'running'
  | 'stopping'
  | 'succeeded'
  /** SageMaker found an earlier result by the step's cache key. */
  | 'cached'
  /** Left out of a selective execution, and its result taken from the source execution. */
  | 'reused'
  | 'failed'
  | 'stopped'
  | 'not-run'

/** An earlier execution whose result was taken. */
export type ResultSource = {
  readonly execution: string
  readonly arn: string
  readonly endedAt?: string
  readonly agoSeconds?: number
}

export type StepReport = {
  readonly name: string
  readonly type: string
  readonly state: StepState
  readonly startedAt?: string
  readonly endedAt?: string
  readonly durationSeconds?: number
  readonly attempts?: number
  /** Of a cached step. */
  readonly cachedFrom?: ResultSource
  /** Of a reused step. */
  readonly reusedFrom?: ResultSource
  readonly outcome?: {readonly result: boolean; readonly branch: readonly string[]}
  readonly registered?: {readonly model: string; readonly arn: string}
  /** Of a Lambda or Callback step. */
  readonly outputs?: readonly NameValue[]
  /** The S3 URI of what violates the baseline of a check step. */
  readonly violationReport?: string
  readonly failureReason?: string
  readonly jobArn?: string
  /** Why nothing really ran: the embedded engine has stood in for the step. */
  readonly simulated?: string
  /** What a callback step waits by. */
  readonly callback?: Callback
}

export type StepCounts = {readonly [state in StepState]?: number}

export type MetricReport = {readonly step: string; readonly name: string; readonly value: number}

export type ReportValues = {
  readonly step: string
  readonly report: string
  readonly uri: string
  readonly values: readonly {readonly path: string; readonly value: number}[]
  /** Numbers left out of `values`. */
  readonly more: number
}

/** Two values that a condition compared. */
export type ComparisonReport = {
  /** As the spec has it: `accuracy >= champion - 0.01`. */
  readonly text: string
  readonly left: Json
  readonly sign: string
  readonly right: Json
  readonly holds: boolean
  /** The model that a gate compared with; absent for other comparisons, and while no model was approved. */
  readonly champion?: {readonly model: string; readonly value?: number}
  /** In words: `accuracy 0.9431 is not >= 0.9521 (champion churn/3: 0.9621 - 0.01)`. */
  readonly told: string
}

/** Why a condition came out as it did, as far as it can be told; all comparisons have to hold. */
export type ConditionReport = {
  readonly step: string
  readonly result: boolean
  readonly comparisons: readonly ComparisonReport[]
}

export type RegisteredModel = {
  readonly step: string
  readonly model: string
  readonly arn: string
  readonly approval: ApprovalStatus
}

export type FailureReport = {
  readonly step?: string
  readonly reason: string
  /** The last log lines of the job that failed. */
  readonly log: readonly string[]
}

/** What is told of an execution beside its steps, and can be out of reach for itself alone. */
export type ReportPart =
  | 'metrics'
  | 'reports'
  | 'models'
  | 'history'
  | 'verdicts'
  | 'lineage'
  | 'logs'
  | 'spec'
  | 'definition'

/** What could not be told, and why, in a sentence. */
export type Gap = {readonly part: ReportPart; readonly reason: string}

/** A long stretch in which no step that is listed ran. */
export type IdleStretch = {
  readonly startedAt: string
  readonly endedAt: string
  readonly durationSeconds: number
  /** The step whose start was its end; absent when nothing has started since. */
  readonly before?: string
}

export type ExecutionReport = {
  readonly pipeline: string
  readonly target: string
  readonly execution: string
  readonly arn: string
  readonly status: ExecutionStatus
  readonly startedAt: string
  readonly endedAt?: string
  readonly agoSeconds: number
  readonly durationSeconds: number
  /** What of the duration no step ran in, where it is much. */
  readonly idle?: readonly IdleStretch[]
  readonly versionId?: number
  /** Of a selective execution: the steps that run, and the execution that the results of others come from. */
  readonly selection?: {readonly steps: readonly string[]; readonly source?: string}
  readonly parameters: readonly {readonly name: string; readonly value: string}[]
  readonly steps: readonly StepReport[]
  readonly counts: StepCounts
  readonly metrics: readonly MetricReport[]
  readonly reports: readonly ReportValues[]
  readonly conditions?: readonly ConditionReport[]
  readonly models: readonly RegisteredModel[]
  readonly failure?: FailureReport
  readonly foretold?: ForetoldReport
  readonly gaps?: readonly Gap[]
}

/** How the steps did beside what `diff` could say before: `open` where only the run could tell. */
export type ForetoldReport = {
  readonly asForetold: number
  readonly open: number
  readonly otherwise: readonly {readonly step: string; readonly foretold: string; readonly happened: StepState}[]
}
