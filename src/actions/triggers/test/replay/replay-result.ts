// What `mlpipe trigger test --replay` tells of many events, as data.

import type {TriggerKind} from '../../../../trigger/trigger.ts'

export type ReplayResult = {
  readonly formatVersion: 1
  readonly kind: 'replay'
  /** Absent where a bare pattern is tried. */
  readonly spec?: {readonly file: string; readonly pipeline: string; readonly target: string}
  readonly from: string
  readonly events: number
  /** Of the events, as far as they tell; ISO 8601. */
  readonly first?: string
  readonly last?: string
  readonly broken: {readonly count: number /** The first of them. */; readonly records: readonly BrokenRecord[]}
  readonly triggers: readonly TriggerReplay[]
  /** What the executions would run. Absent for a bare pattern, and where nothing would have started. */
  readonly runs?: RunsReport
  /** Whether any of them starts the pipeline. */
  readonly fires: boolean
}

export type BrokenRecord = {/** From 1. */ readonly line: number; readonly problem: string}

export type TriggerReplay = {
  /** Absent for a bare pattern. */
  readonly name?: string
  readonly kind: TriggerKind
  readonly waitsFor: string
  readonly isEnabled: boolean
  /** As if it were enabled. */
  readonly fires: number
  /** Fires for an event that it fired for already: EventBridge delivers at least once. */
  readonly repeatedEvents: number
  /** Fires for another event of the same happening: services may send several. */
  readonly repeatedHappenings: number
  readonly first?: string
  readonly last?: string
  /** Fires that start nothing. */
  readonly refused: number
  /** Why, the first few. */
  readonly problems: readonly string[]
  /** Of a trigger that never fires: the field at which most events fail. */
  readonly failsAt?: {readonly field: string; readonly events: number}
}

export type RunsReport = {
  /** Fires of triggers that are enabled, and start the pipeline. */
  readonly executions: number
  readonly parameterSets: number
  /** `none`: as if nothing had run yet. */
  readonly history: {readonly from: 'none' | 'target'; readonly executions: number}
  readonly steps: readonly StepRuns[]
  readonly total: StepCounts
}

export type StepCounts = {
  readonly runs: number
  /** Runs that depend on a condition whose outcome only the run can tell. */
  readonly conditional: number
  readonly reused: number
  /** Of the runs, by how long each step took when it last ran; absent where that is not known. */
  readonly seconds?: number
}

export type StepRuns = StepCounts & {readonly name: string; readonly type: string}
