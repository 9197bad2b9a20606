// What a run would do, as plain data for people and scripts: the shapes that `diff`, `why` and `run` share.

import type {Json} from '../../definition/json.ts'
import type {GateReport} from '../gates/gate-report.ts'

/** Stable codes; see cache/verdict.ts for what each means. Times are ISO 8601 in UTC, lengths in seconds. */
export type ReasonReport = {
  readonly code:
    | 'cache-off'
    | 'no-expiry'
    | 'type-never-cached'
    | 'no-earlier-success'
    | 'only-simulated'
    | 'key-differs'
    | 'expired'
    | 'fresh-value'
    | 'decided-by-run'
    | 'history-incomplete'
  /** Into the step's Arguments: `ProcessingInputs['raw'].S3Input.S3Uri`. */
  readonly path?: string
  readonly before?: Json
  readonly after?: Json
  /** What is fresh or decided by the run: `Execution.PipelineExecutionId`, `Steps.train.ModelArtifacts.S3ModelArtifacts`. */
  readonly value?: string
  /** The step that the value comes from. */
  readonly step?: string
  readonly execution?: string
  readonly detail?: string
  readonly expiredAt?: string
  /** Line of the spec that feeds the path, from 1. */
  readonly line?: number
}

export type StepForecast = {
  readonly name: string
  readonly type: string
  /** `always`: never reused, by its type or because its cache is off. `skipped`: in a branch that is not taken. */
  readonly verdict: 'hit' | 'rerun' | 'unknown' | 'always' | 'skipped'
  /** Not empty: the step is reached only if these conditions take these branches; of a skipped step, the one that does not. */
  readonly conditional: readonly {
    readonly condition: string
    readonly branch: 'then' | 'else'
    readonly on: readonly string[]
  }[]
  /** Of a condition whose outcome is known before. */
  readonly outcome?: boolean
  readonly reasons: readonly ReasonReport[]
  /** The execution whose result is reused. */
  readonly from?: {
    readonly execution: string
    readonly arn: string
    readonly endedAt: string
    readonly agoSeconds: number
  }
  readonly expiresAt?: string
  /** How long the step took when it last really ran. */
  readonly lastSeconds?: number
  /** Steps that rerun and that this hit reads all the same, from a place that never changes. */
  readonly staleFrom?: readonly string[]
}

export type ForecastCounts = {
  readonly hit: number
  readonly rerun: number
  readonly always: number
  readonly unknown: number
  readonly skipped: number
  /** Of those above, how many depend on a condition that the run decides. */
  readonly conditional: number
}

/** Where SageMaker will do what nobody wants. */
export type ForecastWarning = {
  readonly code: 'changed-without-rerun' | 'stale-hit' | 'never-hits' | 'duplicate-registration' | 'months-not-minutes'
  readonly message: string
  readonly steps: readonly string[]
  readonly line?: number
}

/** The data of an input with a fingerprint: as it is now, beside what the last execution that looked at it saw. */
export type DataReport = {
  readonly step: string
  readonly input: string
  readonly uri: string
  /** The parameter that the run gets the digest by. */
  readonly parameter: string
  /** How many objects there are now. */
  readonly objects: number
  /** Digests. Without `before` no execution has looked yet. */
  readonly before?: string
  readonly after: string
  /** How many objects; absent where it is not known what was there before. */
  readonly added?: number
  readonly changed?: number
  readonly removed?: number
}

export type RunForecast = {
  /** Absent where no input has a fingerprint. */
  readonly data?: readonly DataReport[]
  readonly parameters: readonly {readonly name: string; readonly value: string; readonly isDefault: boolean}[]
  readonly steps: readonly StepForecast[]
  readonly counts: ForecastCounts
  /** The same cause for many steps, told once; the steps it makes rerun directly or through others. */
  readonly causes: readonly {readonly cause: string; readonly steps: readonly string[]}[]
  /** Sums of last durations; steps that never ran count in `untimed`. */
  readonly time: {
    readonly savedSeconds: number
    readonly spentSeconds: number
    readonly openSeconds: number
    readonly untimed: readonly string[]
  }
  /** Where a gate asks for the champion. */
  readonly gates?: readonly GateReport[]
  readonly warnings: readonly ForecastWarning[]
  /** How far back was looked, and how many calls that took. */
  readonly history: {readonly executions: number; readonly calls: number; readonly gap?: string}
}

export type ChangeReport = {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly subject: {readonly kind: 'step' | 'parameter' | 'pipeline'; readonly name: string}
  /** Into the subject: `Arguments.Environment.STAGE`, `DefaultValue`, `CacheConfig.ExpireAfter`; empty for the whole. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
  /** Of a step's arguments: whether SageMaker compares it when it looks for an earlier result. */
  readonly inKey?: boolean
  readonly line?: number
}

export type DiffResult = {
  readonly formatVersion: 1
  readonly file: string
  readonly pipeline: string
  readonly target: string
  /** What the spec is compared with; `nothing` when the pipeline is not deployed yet. */
  readonly against: {readonly kind: 'deployed' | 'execution' | 'file' | 'nothing'; readonly name?: string}
  readonly deploy: {
    readonly outcome: 'create' | 'update' | 'none'
    readonly changes: readonly ChangeReport[]
  }
  readonly run: RunForecast
  /** The plan file that was written. */
  readonly plan?: string
}

export type WhyResult = {
  readonly formatVersion: 1
  readonly file: string
  readonly pipeline: string
  readonly target: string
  /** Absent for the next run; else the past execution that is explained. */
  readonly execution?: string
  readonly step: StepForecast
  /** The whole key, part by part; empty for a step that is never reused. */
  readonly key: readonly {
    readonly attribute: string
    readonly parts: readonly {
      readonly path: string
      /** Absent: not there, or not known. */
      readonly before?: Json
      readonly after?: Json
      readonly state: 'same' | 'differs' | 'fresh' | 'open'
      readonly value?: string
      readonly line?: number
    }[]
  }[]
  /** The nearest earlier success. */
  readonly nearest?: {
    readonly execution: string
    readonly endedAt: string
    readonly differing: number
    readonly parts: number
  }
  /** From the step to the root cause: each because of the next. */
  readonly chain: readonly {
    readonly step: string
    readonly verdict: StepForecast['verdict']
    readonly because: string
  }[]
  /** The smallest change that would make it a hit, in words; absent when it is one or nothing would. */
  readonly toHit?: string
}
