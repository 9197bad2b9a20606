// What the scheduler and the runners say to each other: one job in, one outcome out.

import type {JsonObject} from '../../definition/json.ts'
import type {ObjectStore} from '../store/objects.ts'

export type JobKind = 'Processing' | 'Training'

export type JobRequest = {
  readonly kind: JobKind
  readonly jobName: string
  readonly jobArn: string
  readonly region: string
  /** The request with every reference resolved, in the shape of CreateProcessingJob or CreateTrainingJob. */
  readonly arguments: JsonObject
}

export type JobMetric = {readonly name: string; readonly value: number; readonly timestampMs: number}

export type JobOutcome = {
  readonly status: 'Completed' | 'Failed' | 'Stopped'
  readonly failureReason?: string
  /** What a processing job wrote to /opt/ml/output/message, its first 1 KB. */
  readonly exitMessage?: string
  /** The last value of every metric that a training job's log showed. */
  readonly metrics: readonly JobMetric[]
  readonly modelArtifactsUri?: string
  readonly startedAtMs: number
  readonly endedAtMs: number
}

export type RunningJob = {
  /** Never rejects: whatever goes wrong is an outcome. */
  readonly done: Promise<JobOutcome>
  /** SIGTERM to the job's main process, SIGKILL to all of the job when the grace is over. */
  stop(): void
  /** SIGKILL at once; nothing is uploaded. */
  kill(): void
}

/** What a job needs of the object store. */
export type JobObjects = Pick<ObjectStore, 'putFile' | 'head' | 'list'>

export type JobDeps = {
  readonly objects: JobObjects
  readonly stateDirectory: string
  now(): number
  readonly env: Readonly<Record<string, string | undefined>>
  writeLog(jobName: string, line: string): void
}

export type StartJob = (request: JobRequest, deps: JobDeps) => RunningJob
