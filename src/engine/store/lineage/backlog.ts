// What was made before the state had lineage (versions 1 to 5): recorded once, by the first engine that opens the upgraded file, with
// the times at which it happened.

import {objectsAt, textAt} from '../../../definition/json-members.ts'
import type {Db} from '../database.ts'
import {type JobRow, parseOutcome, parseRequest} from '../jobs.ts'
import type {PackageRow} from '../packages.ts'
import {describeResource, findResourceByName, type ResourceRow} from '../resources.ts'
import {containersOfModel} from './containers.ts'
import {recordJobEnd, recordJobStart} from './job-entities.ts'
import {recordApproval, recordDeployment, recordPackage} from './model-entities.ts'

const waiting = 'arn IN (SELECT arn FROM lineageBacklog)'

export function recordBacklog(db: Db): void {
  if (!hasBacklog(db)) return
  db.transaction(() => {
    // Another process may have recorded it while this one waited for the lock.
    if (!hasBacklog(db)) return
    for (const job of db.all<JobRow>(`SELECT * FROM jobs WHERE ${waiting} ORDER BY createdAtMs, arn`))
      recordJob(db, job)
    for (const row of db.all<PackageRow>(`SELECT * FROM packages WHERE ${waiting} ORDER BY createdAtMs, arn`)) {
      recordOldPackage(db, row)
    }
    for (const row of db.all<ResourceRow>(`SELECT * FROM resources WHERE ${waiting} ORDER BY createdAtMs, arn`)) {
      recordEndpoint(db, row)
    }
    db.run('DELETE FROM lineageBacklog')
  })
}

function hasBacklog(db: Db): boolean {
  return db.get('SELECT 1 FROM lineageBacklog LIMIT 1') !== undefined
}

function recordJob(db: Db, row: JobRow): void {
  const job = {...row, request: parseRequest(row)}
  recordJobStart(db, job, row.createdAtMs)
  if (row.endedAtMs === null) return
  const {modelArtifactsUri} = parseOutcome(row)
  recordJobEnd(db, job, {status: row.status, atMs: row.endedAtMs, modelArtifactsUri})
}

/** Which approval it was registered with is not known any more. */
function recordOldPackage(db: Db, row: PackageRow): void {
  const {createdAtMs: atMs, modifiedAtMs, generatedBy: executionArn, approval} = row
  const isDecided = approval !== 'PendingManualApproval' && modifiedAtMs !== null
  recordPackage(db, isDecided ? {...row, approval: 'PendingManualApproval'} : row, {atMs, executionArn})
  if (isDecided) recordApproval(db, row, {atMs: modifiedAtMs, executionArn: null})
}

/** The configuration that it has now stands for those that it had. */
function recordEndpoint(db: Db, row: ResourceRow): void {
  const config = findResourceByName(db, 'EndpointConfig', textAt(describeResource(row), 'EndpointConfigName') ?? '')
  const variants = config ? objectsAt(describeResource(config), 'ProductionVariants') : []
  const containers = variants.flatMap((variant) => containersOfModel(db, textAt(variant, 'ModelName') ?? ''))
  const {arn: endpointArn, name: endpointName, modifiedAtMs: atMs, executionArn} = row
  recordDeployment(db, {endpointArn, endpointName, containers}, {atMs, executionArn})
}
