// Everything of one trigger, as plain data: the result of `trigger show`.

import type {NameValue} from '../../../cloud/ports.ts'
import type {JsonObject} from '../../../definition/json.ts'
import type {StartReport, TriggerReport} from './trigger-report.ts'

export type TargetReport = {
  readonly roleArn?: string
  /** `path`: the value is a path into the event. */
  readonly parameters: readonly {readonly name: string; readonly value: string; readonly from: 'constant' | 'path'}[]
  /** In force, said or not. */
  readonly retry: {readonly attempts: number; readonly maximumAgeSeconds: number}
  readonly deadLetterArn?: string
  /** On target `local`: what the queue holds of this trigger. */
  readonly deadLetters?: DeadLetters
}

export type DeadLetters = {
  readonly file: string
  readonly count: number
  /** Of the last one. */
  readonly errorCode?: string
  readonly message?: string
}

export type AlarmReport = {
  readonly name: string
  /** Absent when there is no metric alarm of that name. */
  readonly standing?: {
    readonly state: string
    readonly metric: string
    readonly namespace: string
    readonly dimensions: readonly NameValue[]
    readonly threshold: number
    readonly periodSeconds: number
  }
}

export type BucketReport = {
  readonly bucket: string
  /** Whether its events go to EventBridge; `unknown` when it may not be looked at, or is not there. */
  readonly events: 'on' | 'off' | 'unknown'
}

export type TriggerDetail = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly isDeployed: boolean
  /** Of whoever looks. */
  readonly zone: string
  readonly trigger: TriggerReport
  readonly description?: string
  readonly pattern?: JsonObject
  readonly schedule?: {
    readonly expression: string
    /** Absent where no words are certain. */
    readonly words?: string
    readonly windowMinutes?: number
    readonly startsAt?: string
    readonly endsAt?: string
  }
  /** Those that start the pipeline; a rule may have several. */
  readonly targets: readonly TargetReport[]
  /** ARNs of what else the rule starts. */
  readonly alsoStarts: readonly string[]
  readonly tags: readonly {readonly key: string; readonly value: string}[]
  readonly alarms: readonly AlarmReport[]
  readonly buckets: readonly BucketReport[]
  /** The last five, newest first. */
  readonly executions: readonly (StartReport & {readonly parameters: readonly NameValue[]})[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}
