// What the scheduler and the runners say to each other: one job in, one outcome out.

import type {JsonObject} from '../../definition/json.ts'
import type {CallbackAnswer} from '../store/callbacks.ts'
import type {ObjectStore} from '../store/objects.ts'

export const jobKinds = [
  'Processing',
  'Training',
  'Tuning',
  'Transform',
  'AutoML',
  'Lambda',
  'Callback',
  'QualityCheck',
  'ClarifyCheck',
  'EMR',
  'EMRServerless',
  'Job',
  'BedrockCustomModel',
  'BedrockCustomModelDeployment',
  'BedrockModelImport',
  'BedrockProvisionedModelThroughput',
] as const

export type JobKind = (typeof jobKinds)[number]

/** How a step is to run here, out of the member `local-<step>` of the definition's Metadata. */
export type LocalHints = {
  readonly runner?: 'process' | 'docker' | 'simulate'
  /** The file of a Lambda function in the object store, and the function in it. */
  readonly handler?: {readonly uri: string; readonly function: string}
  /** What each property file holds. */
  readonly reports?: JsonObject
  readonly metrics?: Readonly<Record<string, number>>
  readonly outputs?: JsonObject
  /** Members that describing the result shows. */
  readonly properties?: JsonObject
}

export type JobRequest = {
  readonly kind: JobKind
  readonly jobName: string
  readonly jobArn: string
  readonly region: string
  readonly stepName: string
  readonly executionArn: string
  /** The step's Arguments with every reference resolved: of a job, the request of its Create call. */
  readonly arguments: JsonObject
  /** The step's members beside its Arguments, resolved: FunctionArn, OutputParameters, CheckType, PropertyFiles … */
  readonly envelope: JsonObject
  readonly hints: LocalHints
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
  /** What the Describe call shows besides the request and the usual members; the step's properties too. */
  readonly described?: JsonObject
  /** Laid over the step's Metadata under its kind, for example `{OutputParameters: […]}`. */
  readonly metadata?: JsonObject
  /** Why nothing really ran. */
  readonly simulated?: string
  /** What was done in another way than on AWS; it joins the step's description. */
  readonly remark?: string
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

/** A job that another one started. */
export type ChildJob = RunningJob & {readonly arn: string}

export type JobDeps = {
  readonly objects: JobObjects
  readonly stateDirectory: string
  now(): number
  readonly env: Readonly<Record<string, string | undefined>>
  writeLog(jobName: string, line: string): void
  /** Starts a job of its own, which is recorded and described as any other: what a tuning job trains. */
  startChild(kind: 'Processing' | 'Training', jobName: string, request: JsonObject): ChildJob
  /** The description of the latest approved package of a group. */
  approvedPackage(groupName: string): JsonObject | undefined
  /** What the callback step of this token has been answered with, once it has. */
  callbackAnswer(token: string): CallbackAnswer | undefined
  /** The request that a model was made by. */
  modelRequest(modelName: string): JsonObject | undefined
}

export type StartJob = (request: JobRequest, deps: JobDeps) => RunningJob
