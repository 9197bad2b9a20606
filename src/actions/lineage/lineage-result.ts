// A provenance as it is shown and printed: times in words of ISO 8601, executions by their ids too.

import type {Held} from '../../lineage/held.ts'
import type {
  ContentIdentity,
  NamedValue,
  Provenance,
  Since,
  SourceOrigin,
  StepKey,
  Taken,
} from '../../lineage/provenance.ts'
import {executionId} from '../executions/execution-arn.ts'
import {iso, seconds} from '../executions/step-report.ts'

export type Direction = 'upstream' | 'downstream'
export type LineageFormat = 'tree' | 'json' | 'mermaid' | 'dot' | 'openlineage'

export type SubjectReport =
  | {readonly kind: 'model'; readonly name: string; readonly arn: string}
  | {readonly kind: 'execution'; readonly name: string; readonly arn: string}
  | {readonly kind: 'endpoint'; readonly name: string}
  | {readonly kind: 'object'; readonly name: string}
  | {readonly kind: 'file'; readonly name: string; readonly sha256: string; readonly isFolder?: boolean}

export type StepName = {readonly execution: string; readonly executionArn: string; readonly step: string}
export type TakenReport = Omit<Taken, 'madeBy' | 'since' | 'isManifest'> & {
  readonly madeBy?: StepName
  readonly since?: SinceReport
}
type Written = Exclude<Since, {readonly state: 'gone'}>
export type SinceReport = {readonly state: 'gone'} | (Omit<Written, 'writtenAtMs'> & {readonly writtenAt: string})
export type Measured = {readonly name: string; readonly value: number}

export type LineageStep = StepName & {
  readonly type: string
  readonly status: string
  readonly jobArn?: string
  readonly image?: string
  readonly startedAt?: string
  readonly endedAt?: string
  readonly agoSeconds?: number
  readonly durationSeconds?: number
  readonly isExecutionGone?: boolean
  readonly simulated?: string
  readonly takenOverBy: readonly {
    readonly execution: string
    readonly executionArn: string
    readonly how: 'cached' | 'reused'
  }[]
  readonly inputs: readonly TakenReport[]
  readonly code: readonly TakenReport[]
  readonly outputs: readonly {readonly name: string; readonly uri: string}[]
  readonly parameters: readonly NamedValue[]
  readonly hyperparameters: readonly NamedValue[]
  readonly environment: readonly NamedValue[]
  readonly metrics: readonly Measured[]
  readonly after: readonly StepName[]
}

export type LineageExecution = {
  readonly execution: string
  readonly arn: string
  readonly pipeline: string
  readonly status: string
  readonly startedAt: string
  readonly agoSeconds: number
  readonly parameters: readonly NamedValue[]
  readonly origin?: Omit<SourceOrigin, 'deployedAtMs'> & {readonly deployedAt?: string}
}

export type LineageModel = {
  readonly model: string
  readonly arn: string
  readonly approval: string
  readonly approvalReason?: string
  readonly createdAt: string
  readonly agoSeconds: number
  readonly modelDataUrl?: string
  readonly image?: string
  readonly metrics: readonly Measured[]
  readonly registeredBy?: StepName
  readonly goneExecutionArn?: string
  readonly endpoints: readonly string[]
}

/** A step run that took what was asked about, and what it saw there. */
export type Took = StepName & {
  readonly input: string
  readonly uri: string
  readonly content?: ContentIdentity
  /** Of a local file: its hash then, also where it went up in an archive or a folder. */
  readonly sha256?: string
  /** Of what lies in S3: whether it is today what it was then. */
  readonly held?: Held
  /** Where nothing but the URI tells what was taken: what stands there today. */
  readonly since?: SinceReport
}

export type LineageResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly direction: Direction
  readonly subject: SubjectReport
  /** What has to be known to read the rest: a file that has changed since, a direction in which nothing lies. */
  readonly notes: readonly string[]
  /** Downstream of data and code. */
  readonly took?: readonly Took[]
  /** Each after what it took. */
  readonly steps: readonly LineageStep[]
  /** Newest first; that of the subject before all others. */
  readonly executions: readonly LineageExecution[]
  readonly models: readonly LineageModel[]
  /** What could not be followed, and why. */
  readonly gaps: readonly string[]
  /** As Mermaid, DOT or OpenLineage, where that was asked for. */
  readonly document?: string
  readonly next: readonly string[]
}

type Reported = Pick<LineageResult, 'steps' | 'executions' | 'models' | 'gaps'>

export function reportProvenance({executions, steps, models, gaps}: Provenance, nowMs: number): Reported {
  return {
    executions: executions.map(({arn, pipeline, status, startedAtMs, parameters, origin}) => ({
      execution: executionId(arn),
      arn,
      pipeline,
      status,
      startedAt: iso(startedAtMs),
      agoSeconds: seconds(nowMs - startedAtMs),
      parameters,
      ...(origin ? {origin: originReport(origin)} : {}),
    })),
    steps: steps.map(({startedAtMs, endedAtMs, jobTimes: _, takenOverBy, inputs, code, after, ...step}) => ({
      ...step,
      execution: executionId(step.executionArn),
      ...(startedAtMs === undefined ? {} : {startedAt: iso(startedAtMs), agoSeconds: seconds(nowMs - startedAtMs)}),
      ...(endedAtMs === undefined ? {} : {endedAt: iso(endedAtMs)}),
      ...(startedAtMs === undefined || endedAtMs === undefined
        ? {}
        : {durationSeconds: seconds(endedAtMs - startedAtMs)}),
      takenOverBy: takenOverBy.map((taker) => ({execution: executionId(taker.executionArn), ...taker})),
      inputs: inputs.map(takenReport),
      code: code.map(takenReport),
      after: after.map(stepName),
    })),
    models: models.map(({createdAtMs, registeredBy, ...model}) => ({
      ...model,
      createdAt: iso(createdAtMs),
      agoSeconds: seconds(nowMs - createdAtMs),
      ...(registeredBy ? {registeredBy: stepName(registeredBy)} : {}),
    })),
    gaps,
  }
}

export function stepName({executionArn, step}: StepKey): StepName {
  return {execution: executionId(executionArn), executionArn, step}
}

function takenReport({madeBy, since, isManifest: _, ...taken}: Taken): TakenReport {
  return {
    ...taken,
    ...(madeBy ? {madeBy: stepName(madeBy)} : {}),
    ...(since ? {since: sinceReport(since)} : {}),
  }
}

export function sinceReport(since: Since): SinceReport {
  if (since.state === 'gone') return since
  const {writtenAtMs, ...rest} = since
  return {...rest, writtenAt: iso(writtenAtMs)}
}

function originReport({deployedAtMs, ...origin}: SourceOrigin): NonNullable<LineageExecution['origin']> {
  return {...origin, ...(deployedAtMs === undefined ? {} : {deployedAt: iso(deployedAtMs)})}
}
