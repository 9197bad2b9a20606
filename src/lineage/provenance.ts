// What a result was made of: the executions that really ran its steps, and what each of them took and made. Gathered from
// either backend by actions/lineage, and the same data for the tree, the JSON, the pictures, `models compare` and the report.

export type NamedValue = {readonly name: string; readonly value: string}

/** What was in it then: a hash of the content that mlpipe uploaded, or the fingerprint of the objects behind an URI. */
export type ContentIdentity = {readonly kind: 'content-hash' | 'fingerprint'; readonly value: string}

/** Something that a step took: data, or code. */
export type Taken = {
  /** The input, channel, or `code`. */
  readonly name: string
  readonly uri: string
  readonly content?: ContentIdentity
  /** The local file or folder that it was uploaded from, relative to the spec, as far as the deploy has noted it. */
  readonly file?: string
  /** Of a single file that went up in an archive: the hash of the file itself, which people can compare. */
  readonly fileSha256?: string
  /** The step run that made it. */
  readonly madeBy?: StepKey
  /** A list of what is taken; the objects lie elsewhere. */
  readonly isManifest?: boolean
  /** What stands there today, where nothing but the URI tells what was taken. */
  readonly since?: Since
}

/**
 * What stands at a place today, beside the time at which a run took it: nothing newer, something that was written after the run began or
 * after it ended, or nothing at all. Whether what was written is another content, no time tells.
 */
export type Since =
  | {readonly state: 'gone'}
  | {
      readonly state: 'older' | 'written-meanwhile' | 'written-since'
      /** When the newest of it was written. */
      readonly writtenAtMs: number
      /** Of a place that is no single object. */
      readonly among?: {
        /** So many were written after its end, where any was, else after its beginning. */
        readonly newer: number
        readonly objects: number
        /** There are more, which were not looked at. */
        readonly isCut: boolean
      }
    }

/** A span of which one end or both may not be known. */
export type Span = {readonly startedAtMs?: number; readonly endedAtMs?: number}

/**
 * The run of a step: of the execution that really ran it, never of one that took the result over. A job that no pipeline ran is a step of
 * its own name, and its ARN stands for the execution.
 */
export type StepKey = {readonly executionArn: string; readonly step: string}

export type StepRun = StepKey & {
  /** SageMaker's step type. */
  readonly type: string
  readonly status: string
  readonly jobArn?: string
  readonly image?: string
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  /** Of its job, as far as that tells them: a step begins before its job does, and its data may change in between. */
  readonly jobTimes?: Span
  /** That execution is there no more: what is told here is told by the job alone. */
  readonly isExecutionGone?: boolean
  /** Why nothing really ran. */
  readonly simulated?: string
  /** The executions that took its result over instead of running it themselves. */
  readonly takenOverBy: readonly {readonly executionArn: string; readonly how: 'cached' | 'reused'}[]
  readonly inputs: readonly Taken[]
  readonly code: readonly Taken[]
  readonly outputs: readonly {readonly name: string; readonly uri: string}[]
  /** The pipeline's parameters that its definition refers to, as its execution had them. */
  readonly parameters: readonly NamedValue[]
  readonly hyperparameters: readonly NamedValue[]
  readonly environment: readonly NamedValue[]
  readonly metrics: readonly {readonly name: string; readonly value: number}[]
  /** Other step runs that it came after: by a reference, DependsOn or a condition's branch. */
  readonly after: readonly StepKey[]
}

/** What a pipeline was deployed from, as far as the deploy has noted it. */
export type SourceOrigin = {
  readonly specSha256?: string
  readonly gitCommit?: string
  readonly gitDirty?: boolean
  readonly mlpipeVersion?: string
  readonly deployedAtMs?: number
  /**
   * What tells it: the note that the deploy has left beside the pipeline's code and data, or the pipeline's tags, where it still has
   * the definition that the execution ran.
   */
  readonly from?: 'note' | 'tags'
}

export type ExecutionFacts = {
  readonly arn: string
  readonly pipeline: string
  readonly status: string
  readonly startedAtMs: number
  /** With the defaults of its definition for those that it was not started with; without fingerprints, which stand at the inputs. */
  readonly parameters: readonly NamedValue[]
  readonly origin?: SourceOrigin
}

export type ModelFacts = {
  readonly arn: string
  /** `group/version`. */
  readonly model: string
  readonly approval: string
  readonly approvalReason?: string
  readonly createdAtMs: number
  readonly modelDataUrl?: string
  readonly image?: string
  /** The numbers of its metrics report, by dotted path. */
  readonly metrics: readonly {readonly name: string; readonly value: number}[]
  /** The execution that registered it; absent for a model that was made outside of pipelines. */
  readonly registeredBy?: StepKey
  /** ARN of the execution that registered it, where that is there no more. */
  readonly goneExecutionArn?: string
  /** Endpoints that serve it, by name. */
  readonly endpoints: readonly string[]
}

export type Provenance = {
  /** Newest first; the first is that of the subject. */
  readonly executions: readonly ExecutionFacts[]
  /** In an order in which each comes after what it took. */
  readonly steps: readonly StepRun[]
  readonly models: readonly ModelFacts[]
  /** What could not be followed, and why, a sentence each: nothing is left out silently. */
  readonly gaps: readonly string[]
}
