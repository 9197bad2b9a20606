// The entities that come with a job, written where the job is: its trial component with what contributed to it, and at its end what
// it produced.

import type {JsonObject} from '../../../definition/json.ts'
import type {JobKind} from '../../runners/job-types.ts'
import {resourceArn} from '../arns.ts'
import type {Db} from '../database.ts'
import {insertEntity} from './entities.ts'
import {artifactsMade, artifactsTaken} from './job-artifacts.ts'
import {associate, type Occasion, recordArtifact} from './record.ts'

export type TrackedJob = {
  readonly arn: string
  readonly kind: JobKind
  readonly name: string
  readonly request: JsonObject
  readonly executionArn: string
}

/** Ending of the trial component's name, and its type, as SageMaker gives them. A check is a processing job. */
const processing = {ending: 'aws-processing-job', type: 'SageMakerProcessingJob'}
const components: Readonly<Partial<Record<JobKind, typeof processing>>> = {
  Processing: processing,
  QualityCheck: processing,
  ClarifyCheck: processing,
  Training: {ending: 'aws-training-job', type: 'SageMakerTrainingJob'},
  Transform: {ending: 'aws-transform-job', type: 'SageMakerTransformJob'},
}

export function recordJobStart(db: Db, job: TrackedJob, atMs: number): void {
  const component = components[job.kind]
  if (!component) return
  const name = `${job.name}-${component.ending}`
  const arn = componentArn(name)
  const times = {createdAtMs: atMs, modifiedAtMs: atMs}
  insertEntity(db, {
    ...{arn, kind: 'TrialComponent', name, type: component.type, sourceUri: job.arn, described: '{}'},
    ...times,
  })
  const occasion = {atMs, executionArn: job.executionArn}
  for (const {type, uri} of artifactsTaken(db, job)) {
    associate(db, recordArtifact(db, type, uri, occasion), 'ContributedTo', arn, occasion)
  }
}

/** `modelArtifactsUri`: where a training job's model lies. A job that did not complete produced nothing. */
export function recordJobEnd(
  db: Db,
  job: TrackedJob,
  end: {readonly status: string; readonly atMs: number; readonly modelArtifactsUri: string | undefined},
): void {
  const component = components[job.kind]
  if (!component) return
  const arn = componentArn(`${job.name}-${component.ending}`)
  db.run('UPDATE lineageEntities SET modifiedAtMs = ? WHERE arn = ?', end.atMs, arn)
  if (end.status !== 'Completed') return
  const occasion: Occasion = {atMs: end.atMs, executionArn: job.executionArn}
  for (const {type, uri} of artifactsMade(job, end.modelArtifactsUri)) {
    associate(db, arn, 'Produced', recordArtifact(db, type, uri, occasion), occasion)
  }
}

/** The trial components of the jobs of an execution that have not ended, whose end comes now. */
export function touchRunningComponents(db: Db, executionArn: string, atMs: number): void {
  db.run(
    `UPDATE lineageEntities SET modifiedAtMs = ? WHERE kind = 'TrialComponent'
       AND sourceUri IN (SELECT arn FROM jobs WHERE executionArn = ? AND endedAtMs IS NULL)`,
    ...[atMs, executionArn],
  )
}

function componentArn(name: string): string {
  return resourceArn('experiment-trial-component', name)
}
