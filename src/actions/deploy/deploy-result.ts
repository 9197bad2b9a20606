// What a deploy gives back, and what is shown of it before it is done.

import type {DiagnosticJson} from '../../diagnostics/render-diagnostics.ts'
import type {Difference} from '../../trigger/compare.ts'
import type {ChangeReport} from '../forecast/forecast.ts'
import type {GateReport} from '../gates/gate-report.ts'

export type NamedParameter = {readonly name: string; readonly type: string; readonly default?: string}

/** A trigger that does not stand as the spec declares it. */
export type TriggerDifference = {
  readonly name: string
  /** `keep`: the spec declares it no longer, and it stays. */
  readonly action: 'create' | 'update' | 'remove' | 'keep'
  /** The rule or schedule. */
  readonly starter: string
  readonly changes: readonly Difference[]
}

export type TriggersReport = {
  /** How many the spec declares. */
  readonly declared: number
  /** `--triggers` was given: the differences are what is done about them. */
  readonly isBroughtInLine: boolean
  readonly differences: readonly TriggerDifference[]
  /** The role and the buckets' events that go with them. */
  readonly role?: {readonly arn: string; readonly action: 'create' | 'update' | 'none'}
  readonly buckets: readonly string[]
}

export type DeployResult = {
  readonly formatVersion: 1
  /** The spec. */
  readonly file: string
  readonly pipeline: string
  readonly target: string
  readonly arn?: string
  /** `kept`: the question was answered with no. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'dry-run'
  /** Of a dry run: what a deploy would do to the pipeline. */
  readonly would?: 'create' | 'update' | 'change-nothing'
  readonly versionId?: number
  /** Of the pipeline that was there: by step and path. */
  readonly changes: readonly ChangeReport[]
  /** The pipeline that is there was made by something else than mlpipe. */
  readonly isForeign?: true
  /** What the pipeline needs in S3; `uploaded` is false where it was there already. Sizes in bytes. */
  readonly uploads: readonly {
    readonly uri: string
    readonly source: string
    readonly bytes: number
    readonly uploaded: boolean
  }[]
  /** Model package groups that were created; in a dry run those that would be. */
  readonly groupsCreated: readonly string[]
  readonly parameters: readonly NamedParameter[]
  readonly steps: readonly {readonly name: string; readonly type: string}[]
  readonly warnings: readonly DiagnosticJson[]
  /** Where the spec declares triggers, or `--triggers` was given. */
  readonly triggers?: TriggersReport
  /** Where a gate asks for the champion. */
  readonly gates?: readonly GateReport[]
  readonly next: readonly string[]
}
