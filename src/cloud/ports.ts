// What the actions may ask of a target. Plain camelCase data; times are epoch milliseconds.
// One implementation (the SDK adapters of this room) serves AWS and the embedded engine alike.

import type {JsonObject} from '../definition/json.ts'
import type {AccessPort, BucketsPort, IdentityPort, ImagesPort, QuotasPort} from './account-ports.ts'
import type {EndpointsPort, LineagePort} from './lineage-ports.ts'
import type {AlarmsPort, MonitorsPort, TriggersPort} from './trigger-ports.ts'

export type ExecutionStatus = 'Executing' | 'Stopping' | 'Stopped' | 'Failed' | 'Succeeded'
export type StepStatus = 'Starting' | 'Executing' | 'Stopping' | 'Stopped' | 'Failed' | 'Succeeded'
export type ApprovalStatus = 'Approved' | 'Rejected' | 'PendingManualApproval'

export type NameValue = {readonly name: string; readonly value: string}
export type Tag = {readonly key: string; readonly value: string}

export type Pipeline = {
  readonly arn: string
  readonly name: string
  readonly definition: string
  readonly description?: string
  readonly roleArn: string
  /** How many steps may run at the same time; absent where nothing limits it. */
  readonly parallelism?: number
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

export type PipelineUpload = {
  readonly name: string
  readonly definition: string
  /** Where the definition lies in S3, when it is too long for the request (SageMaker's SDK moves it there from 100 KiB on). */
  readonly definitionUri?: string
  readonly description?: string
  readonly roleArn: string
  readonly parallelism?: number
}

export type Execution = {
  readonly arn: string
  readonly pipelineName: string
  readonly status: ExecutionStatus
  readonly startedAtMs: number
  readonly modifiedAtMs: number
  readonly failureReason?: string
  readonly displayName?: string
  readonly description?: string
  readonly versionId?: number
  /** ARN of the user, or of the assumed role, that started it. */
  readonly createdBy?: string
  /** Absent when the whole pipeline runs. */
  readonly selection?: StepSelection
}

/** A selective execution: the steps that run, and the execution that the results of steps before them come from. */
export type StepSelection = {readonly steps: readonly string[]; readonly sourceArn?: string}

export type ExecutionSummary = {
  readonly arn: string
  readonly status: ExecutionStatus
  readonly startedAtMs: number
  readonly failureReason?: string
  readonly displayName?: string
  readonly description?: string
}

export type JobKind =
  | 'Processing'
  | 'Training'
  | 'Tuning'
  | 'Transform'
  | 'AutoML'
  | 'Lambda'
  | 'Callback'
  | 'QualityCheck'
  | 'ClarifyCheck'
  | 'EMR'

/** What a step started. Of a Lambda step `arn` is its function, and the times tell its invocation from others; of a callback it is its token. */
export type StepJob = {
  readonly kind: JobKind
  readonly arn: string
  readonly startedAtMs?: number
  readonly endedAtMs?: number
}

/** A callback step's token and queue. */
export type Callback = {readonly token: string; readonly queueUrl?: string}

/** What a callback step is answered with. */
export type CallbackAnswer =
  | {readonly kind: 'success'; readonly outputs: readonly NameValue[]}
  | {readonly kind: 'failure'; readonly reason?: string}

export type ExecutionStep = {
  readonly name: string
  readonly displayName?: string
  readonly status: StepStatus
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  readonly attempts?: number
  /** The execution whose result was reused, when the step was a cache hit. */
  readonly cachedFrom?: string
  /** The source of a selective execution, when the step was left out and its result taken from there. */
  readonly reusedFrom?: string
  readonly failureReason?: string
  readonly job?: StepJob
  readonly callback?: Callback
  /** Of a Lambda or Callback step that has ended. */
  readonly outputs?: readonly NameValue[]
  /** Where a check step wrote what violates its baseline, if anything does. */
  readonly violationReport?: string
  /** Why nothing really ran: the embedded engine has stood in for the step. */
  readonly simulated?: string
  readonly modelArn?: string
  readonly modelPackageArn?: string
  readonly outcome?: 'True' | 'False'
  readonly failMessage?: string
}

export type TrainingJob = {
  readonly name: string
  readonly metrics: readonly {readonly name: string; readonly value: number}[]
  readonly modelArtifact?: string
  readonly failureReason?: string
}

export type ProcessingJob = {
  readonly name: string
  readonly outputs: readonly {readonly name: string; readonly s3Uri: string}[]
  readonly exitMessage?: string
  readonly failureReason?: string
}

/** A training job of a tuning job. */
export type TunedJob = {
  readonly name: string
  readonly status: string
  readonly endedAtMs?: number
  readonly objective?: {readonly name: string; readonly value: number}
  readonly hyperparameters: readonly NameValue[]
}

export type ModelPackageGroup = {
  readonly name: string
  readonly arn: string
  readonly description?: string
  readonly createdAtMs: number
}

export type ModelPackageSummary = {
  readonly arn: string
  readonly group: string
  readonly version: number
  readonly status: string
  readonly approval: ApprovalStatus
  readonly description?: string
  readonly createdAtMs: number
}

export type ModelPackage = ModelPackageSummary & {
  readonly approvalDescription?: string
  readonly image?: string
  readonly modelDataUrl?: string
  readonly contentTypes: readonly string[]
  readonly responseTypes: readonly string[]
  /** The pipeline execution that registered it. */
  readonly generatedBy?: string
  readonly metricsUri?: string
  readonly properties: readonly NameValue[]
  readonly modifiedAtMs?: number
}

export type LogEvent = {
  readonly timestampMs: number
  readonly message: string
  /** Which of a job's instances wrote it, such as `algo-2`; absent where jobs do not tell them apart. */
  readonly stream?: string
}

export type LogSpan = {
  /** Nothing older than this. */
  readonly fromMs?: number
  /** Only the last lines of each stream, and what comes after them. */
  readonly tail?: number
}

/** Reads one job's log on and on. */
export type LogReader = {
  /** What has been written since the last read, oldest first; nothing while there is no log yet. */
  read(): Promise<LogEvent[]>
}

export type PipelinesPort = {
  /** Undefined when there is no pipeline of that name. */
  describe(name: string): Promise<Pipeline | undefined>
  create(upload: PipelineUpload, tags: readonly Tag[]): Promise<{arn: string}>
  update(upload: PipelineUpload): Promise<{arn: string; versionId?: number}>
  tags(arn: string): Promise<readonly Tag[]>
  tag(arn: string, tags: readonly Tag[]): Promise<void>
  /** Its executions go with it. */
  delete(name: string): Promise<void>
}

export type StartRequest = {
  readonly pipelineName: string
  readonly parameters: readonly NameValue[]
  readonly displayName?: string
  readonly description?: string
  /** Idempotency token, 32 to 128 characters: a retried start with the same token starts nothing new. */
  readonly token: string
  readonly selection?: StepSelection
  /** The newest version when absent. */
  readonly versionId?: number
}

export type ExecutionsPort = {
  start(request: StartRequest): Promise<{arn: string}>
  describe(arn: string): Promise<Execution>
  /** All pages, in the order the steps started. */
  steps(arn: string): Promise<ExecutionStep[]>
  /** Newest first, at most `limit`; with `sinceMs` only those that started then or later. */
  list(pipelineName: string, limit: number, sinceMs?: number): Promise<ExecutionSummary[]>
  /** The same, page by page as they are asked for, without a limit. */
  pages(pipelineName: string, sinceMs?: number): AsyncIterable<readonly ExecutionSummary[]>
  /** Those it was started with. */
  parameters(arn: string): Promise<NameValue[]>
  /** The definition that the execution runs. */
  definition(arn: string): Promise<string>
  stop(arn: string): Promise<void>
  /** Answers the callback step of the token; gives the execution's ARN. */
  answerCallback(token: string, answer: CallbackAnswer, requestToken: string): Promise<string>
  /** Runs the failed and stopped steps of an execution once more; `token` as in StartRequest. */
  retry(arn: string, token: string): Promise<void>
}

export type JobsPort = {
  /**
   * What a step's property references see: the whole answer of the Describe call of a job, model or model package, in
   * AWS's own casing. Undefined when the thing is there no more, or of a kind that steps do not make.
   */
  properties(arn: string): Promise<JsonObject | undefined>
  training(arn: string): Promise<TrainingJob>
  processing(arn: string): Promise<ProcessingJob>
  /** The training jobs that a tuning job has started. */
  tuned(arn: string): Promise<readonly TunedJob[]>
}

export type RegistryPort = {
  /** Creates the group when it is missing; true when it did. */
  ensureGroup(name: string): Promise<boolean>
  groups(): Promise<ModelPackageGroup[]>
  /** Newest version first. */
  packages(group: string): Promise<ModelPackageSummary[]>
  describe(arn: string): Promise<ModelPackage>
  setApproval(arn: string, approval: ApprovalStatus, reason?: string): Promise<void>
}

export type ObjectFacts = {
  readonly key: string
  /** Without quotes. */
  readonly etag: string
  readonly size: number
  /** S3 tells whole seconds; of what went up in parts, those in which the upload began. Absent in a listing that was kept. */
  readonly modifiedAtMs?: number
}

/** One page of a listing. */
export type ObjectsPage = {
  readonly objects: readonly ObjectFacts[]
  /** Nothing comes after it. */
  readonly isWhole: boolean
}

export type PutFileOptions = {
  /** Told of every piece that has arrived, as the sum of bytes so far. */
  readonly onBytes?: (sent: number) => void
}

export type ObjectsPort = {
  exists(uri: string): Promise<boolean>
  /** Every object whose key begins with the URI's, as SageMaker takes an S3 prefix; all pages. */
  list(uri: string): Promise<ObjectFacts[]>
  /** The beginning of what `list` gives, at most 1000, in the order of their keys: one request, however much lies there. */
  firstPage(uri: string): Promise<ObjectsPage>
  put(uri: string, body: Uint8Array): Promise<void>
  /**
   * A large file goes up in parts, several at a time, each with its checksum; what an earlier try that broke off has
   * brought there is not sent again.
   */
  putFile(uri: string, path: string, options?: PutFileOptions): Promise<void>
  /** Undefined when there is no such object. */
  getText(uri: string): Promise<string | undefined>
  /** Deletes what `list` of the same URI would give. */
  removeAll(uri: string): Promise<void>
}

export type LogsPort = {
  open(job: StepJob, span?: LogSpan): Promise<LogReader>
  /** Of an endpoint's containers. */
  openEndpoint(name: string, span?: LogSpan): Promise<LogReader>
}

/** Executions that were found without the process that ran them, and were closed as failed. */
export type RecoveredExecution = {
  readonly arn: string
  readonly pipelineName: string
  readonly interruptedSteps: readonly string[]
}

export type Cloud = {
  readonly pipelines: PipelinesPort
  readonly executions: ExecutionsPort
  readonly jobs: JobsPort
  readonly registry: RegistryPort
  readonly objects: ObjectsPort
  readonly logs: LogsPort
  readonly identity: IdentityPort
  readonly buckets: BucketsPort
  readonly access: AccessPort
  readonly quotas: QuotasPort
  readonly images: ImagesPort
  readonly triggers: TriggersPort
  readonly alarms: AlarmsPort
  readonly monitors: MonitorsPort
  readonly lineage: LineagePort
  readonly endpoints: EndpointsPort
}
