// What `mlpipe trigger test` tells of one event, as data.

import type {JsonObject} from '../../../definition/json.ts'
import type {Mismatch} from '../../../events/match.ts'
import type {TriggerKind} from '../../../trigger/trigger.ts'
import type {NextFirings} from '../look/trigger-report.ts'

export type TestResult = {
  readonly formatVersion: 1
  readonly kind: 'test'
  /** Absent where a bare pattern is tried. */
  readonly spec?: {readonly file: string; readonly pipeline: string; readonly target: string}
  /** `sample`: each trigger has one of its own. */
  readonly event: {readonly from: 'given' | 'sample'; readonly shown: string}
  readonly triggers: readonly TriggerVerdict[]
  /** Whether any of them starts the pipeline. */
  readonly fires: boolean
  readonly notes: readonly string[]
  /** The time zone of whoever asks. */
  readonly zone: string
}

export type TriggerVerdict = {
  /** Absent for a bare pattern. */
  readonly name?: string
  readonly kind: TriggerKind
  readonly waitsFor: string
  readonly isEnabled: boolean
  /** As if it were enabled. `cannot-start`: it fires, and SageMaker would refuse what it gives. */
  readonly verdict: 'fires' | 'cannot-start' | 'does-not-match' | 'waits-for-no-event' | 'no-sample'
  readonly parameters: readonly TestedParameter[]
  /** The fields of the pattern that failed. */
  readonly mismatches?: readonly MismatchReport[]
  /** Why there is no sample. */
  readonly why?: string
  /** The sample that was made for it. */
  readonly sample?: JsonObject
  /** Of a schedule. */
  readonly next?: NextFirings
}

export type TestedParameter = {
  readonly name: string
  /** Absent when the event has none. */
  readonly value?: string
  /** Where in the event it comes from; absent for a constant. */
  readonly path?: string
  /** Why the pipeline cannot be started with it. */
  readonly problem?: string
}

export type MismatchReport = Pick<Mismatch, 'why' | 'wanted' | 'found'> & {
  readonly field: string
  readonly hint?: string
}
