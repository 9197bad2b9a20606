// The things that operations name, or the fault AWS gives when they are not there.

import {arnOf, jobArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {type ExecutionRow, findExecution} from '../store/executions.ts'
import {findJobByName, type JobRow} from '../store/jobs.ts'
import {findGroup, findPackage, type PackageGroupRow, type PackageRow} from '../store/packages.ts'
import {findPipeline, type PipelineRow} from '../store/pipelines.ts'
import {type Fault, invalid, resourceNotFound} from './reply.ts'

type Missing = {readonly kind: 'fault'; readonly fault: Fault}
type Found<Row> = {readonly kind: 'found'; readonly row: Row}

/** Wording as seen from the service. */
export function pipelineNamed(db: Db, nameOrArn: string): Found<PipelineRow> | Missing {
  const arn = arnOf('pipeline', nameOrArn)
  const row = findPipeline(db, arn)
  return row ? {kind: 'found', row} : resourceNotFound(`Pipeline '${arn}' does not exist.`)
}

export function executionOf(db: Db, arn: string): Found<ExecutionRow> | Missing {
  const row = findExecution(db, arn)
  return row ? {kind: 'found', row} : resourceNotFound(`Pipeline execution '${arn}' does not exist.`)
}

/** A tuning, transform or AutoML job; its wording is not documented. */
export function jobNamed(db: Db, kind: JobRow['kind'], name: string): Found<JobRow> | Missing {
  const row = findJobByName(db, [kind], name)
  return row ? {kind: 'found', row} : resourceNotFound(`${kind} job '${jobArn(kind, name)}' does not exist.`)
}

/** The model registry answers ValidationException for what is missing; its wording is not documented. */
export function groupNamed(db: Db, nameOrArn: string): Found<PackageGroupRow> | Missing {
  const arn = arnOf('model-package-group', nameOrArn)
  const row = findGroup(db, arn)
  return row ? {kind: 'found', row} : invalid(`ModelPackageGroup ${arn} does not exist.`)
}

export function packageNamed(db: Db, nameOrArn: string): Found<PackageRow> | Missing {
  const arn = arnOf('model-package', nameOrArn)
  const row = findPackage(db, arn)
  return row ? {kind: 'found', row} : invalid(`ModelPackage ${arn} does not exist.`)
}
