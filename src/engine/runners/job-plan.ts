// What the kinds of jobs that run a process have in common: a plan made from the request, before anything is touched.

import type {Json} from '../../definition/json.ts'
import type {JobDeps, JobOutcome, JobRequest} from './job-types.ts'
import type {MetricPattern} from './metrics.ts'

export type JobContext = {
  readonly request: JobRequest
  readonly deps: JobDeps
  /** The job's own directory on disk. */
  readonly jobDirectory: string
  /** What the job sees as /opt/ml, on disk. */
  readonly mlDirectory: string
  /** A line of the engine's own in the job's log. */
  note(text: string): void
}

export type Command = {
  readonly argv: readonly string[]
  /** Under /opt/ml. */
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string>>
}

export type Exit = {readonly code: number | null; readonly signal: string | null}

export type Ending =
  | {readonly kind: 'completed'}
  | {readonly kind: 'failed'; readonly reason: string}
  | {readonly kind: 'stopped'; readonly reason?: string}

/** What a job leaves behind for its description. */
export type Collected = Pick<JobOutcome, 'exitMessage' | 'modelArtifactsUri' | 'described' | 'metadata'>

/** Objects that are copied to a directory before the job starts. */
export type InputSource = {
  /** For messages: `input "raw"`, `channel "train"`. */
  readonly owner: string
  readonly uri: string
  readonly kind: 'S3Prefix' | 'ManifestFile'
  /** Under /opt/ml. */
  readonly localPath: string
  /** Whether it may be empty, as checkpoints are at first. */
  readonly isOptional?: boolean
}

export type JobPlan = {
  /** Under /opt/ml; there before the job starts. */
  readonly directories: readonly string[]
  readonly inputs: readonly InputSource[]
  readonly configFiles: readonly {readonly path: string; readonly content: Json}[]
  readonly metricPatterns: readonly MetricPattern[]
  readonly maxRuntimeSeconds?: number
  /** The FailureReason of a job that comes to its limit; without one it is stopped, as SageMaker's jobs are. */
  readonly timeoutReason?: string
  readonly instanceCount: number
  /** Called when the inputs are in place. */
  command(context: JobContext): Promise<Command>
  /** The program's own account of its failure as a FailureReason, which goes before every other. */
  failure?(context: JobContext): Promise<string | undefined>
  /** The FailureReason of an exit that was no success. */
  explain(context: JobContext, exit: Exit, command: Command, lastLines: readonly string[]): string
  /** Uploads what the job leaves. */
  collect(context: JobContext, ending: Ending): Promise<Collected>
}
