// The status of a job has changed: what Describe says of it. Sections "Processing job state change", "Training job state change"
// and so on; how each writes its times is as its example there has them.

import type {Json} from '../../../definition/json.ts'
import type {JobKind} from '../../runners/job-types.ts'
import type {Db} from '../../store/database.ts'
import {describeJob} from '../../store/job-documents.ts'
import {findJob} from '../../store/jobs.ts'
import {secondsText} from '../seconds-text.ts'
import {inMilliseconds} from './milliseconds.ts'
import type {OwnEvent} from './own-event.ts'
import {tagsOf} from './tags-of.ts'

type JobEvents = {readonly detailType: string; writeTime(ms: number): Json}

const processing: JobEvents = {detailType: 'SageMaker Processing Job State Change', writeTime: (ms) => ms}

/** A check is a processing job on AWS. Of the other kinds SageMaker sends no event. */
const eventsByKind: Readonly<Partial<Record<JobKind, JobEvents>>> = {
  Processing: processing,
  QualityCheck: processing,
  ClarifyCheck: processing,
  Training: {detailType: 'SageMaker Training Job State Change', writeTime: String},
  Tuning: {detailType: 'SageMaker HyperParameter Tuning Job State Change', writeTime: String},
  Transform: {detailType: 'SageMaker Transform Job State Change', writeTime: secondsText},
}

export function jobEvent(db: Db, arn: string): OwnEvent | undefined {
  const row = findJob(db, arn)
  const events = row && eventsByKind[row.kind]
  if (!events) return undefined
  const detail = {...inMilliseconds(describeJob(db, row), events.writeTime), Tags: tagsOf(db, arn)}
  return {detailType: events.detailType, resources: [arn], detail}
}
