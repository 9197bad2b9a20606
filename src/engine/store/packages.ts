// Model package groups and the versioned packages in them.

import type {JsonObject} from '../../definition/json.ts'
import {resourceArn} from './arns.ts'
import {telling} from './changes.ts'
import type {Db} from './database.ts'
import {compact, seconds} from './documents.ts'
import {recordApproval, recordContents, recordPackage} from './lineage/model-entities.ts'

export type ApprovalStatus = 'Approved' | 'Rejected' | 'PendingManualApproval'

export type PackageGroupRow = {
  readonly arn: string
  readonly name: string
  readonly description: string | null
  readonly createdAtMs: number
  /** The highest version ever given: a deleted version's number is not used again. */
  readonly lastVersion: number
  /** ManagedConfiguration's ManagedStorageType. */
  readonly managedStorage: string | null
}

export type PackageRow = {
  readonly arn: string
  readonly groupName: string
  readonly version: number
  /** JSON of the CreateModelPackage request, with later updates laid over it. */
  readonly request: string
  readonly approval: ApprovalStatus
  readonly createdAtMs: number
  readonly modifiedAtMs: number | null
  /** The pipeline execution that registered the package. */
  readonly generatedBy: string | null
  /** The ClientToken of the last update. */
  readonly updateToken: string | null
}

export function insertGroup(db: Db, group: PackageGroupRow): void {
  db.run(
    `INSERT INTO packageGroups (arn, name, description, createdAtMs, lastVersion, managedStorage)
     VALUES (?, ?, ?, ?, ?, ?)`,
    ...[group.arn, group.name, group.description, group.createdAtMs, group.lastVersion, group.managedStorage],
  )
}

export function findGroup(db: Db, arn: string): PackageGroupRow | undefined {
  return db.get('SELECT * FROM packageGroups WHERE arn = ?', arn)
}

export function deleteGroup(db: Db, group: PackageGroupRow): void {
  db.run('DELETE FROM packageGroups WHERE arn = ?', group.arn)
  db.run('DELETE FROM tags WHERE arn = ?', group.arn)
}

export function hasPackages(db: Db, group: PackageGroupRow): boolean {
  return db.get('SELECT 1 FROM packages WHERE groupName = ? LIMIT 1', group.name) !== undefined
}

/** Adds the next version to a group. Call inside a transaction. */
export function addPackage(
  db: Db,
  group: PackageGroupRow,
  init: {readonly request: JsonObject; readonly createdAtMs: number; readonly generatedBy: string | null},
): PackageRow {
  const version = group.lastVersion + 1
  const row: PackageRow = {
    arn: resourceArn('model-package', `${group.name}/${version}`),
    groupName: group.name,
    version,
    request: JSON.stringify(init.request),
    approval: approvalOf(init.request),
    createdAtMs: init.createdAtMs,
    modifiedAtMs: null,
    generatedBy: init.generatedBy,
    updateToken: null,
  }
  db.run('UPDATE packageGroups SET lastVersion = ? WHERE arn = ?', version, group.arn)
  tellingOfPackage(db, row.arn, undefined, () => {
    db.run(
      `INSERT INTO packages (arn, groupName, version, request, approval, createdAtMs, modifiedAtMs, generatedBy)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[row.arn, row.groupName, row.version, row.request, row.approval],
      ...[row.createdAtMs, row.modifiedAtMs, row.generatedBy],
    )
  })
  recordPackage(db, row, {atMs: init.createdAtMs, executionArn: init.generatedBy})
  return row
}

function tellingOfPackage(db: Db, arn: string, edited: readonly string[] | undefined, write: () => void): void {
  telling(
    db,
    () => undefined,
    write,
    () => (edited?.length === 0 ? [] : [{kind: 'package', arn, edited}]),
  )
}

function approvalOf(request: JsonObject): ApprovalStatus {
  const given = request.ModelApprovalStatus
  return given === 'Approved' || given === 'Rejected' ? given : 'PendingManualApproval'
}

/** `edited`: the members that have another value than before. Call inside a transaction. */
export function updatePackage(db: Db, row: PackageRow, edited: readonly string[]): void {
  tellingOfPackage(db, row.arn, edited, () => {
    db.run(
      'UPDATE packages SET request = ?, approval = ?, modifiedAtMs = ?, updateToken = ? WHERE arn = ?',
      ...[row.request, row.approval, row.modifiedAtMs, row.updateToken, row.arn],
    )
  })
  const occasion = {atMs: row.modifiedAtMs ?? row.createdAtMs, executionArn: null}
  if (edited.includes('ModelApprovalStatus')) recordApproval(db, row, occasion)
  if (edited.includes('InferenceSpecification')) recordContents(db, row, occasion)
}

export function findPackage(db: Db, arn: string): PackageRow | undefined {
  return db.get('SELECT * FROM packages WHERE arn = ?', arn)
}

/** The version that a request with this token has made. */
export function findPackageByToken(db: Db, group: PackageGroupRow, token: string): PackageRow | undefined {
  return db.get(
    "SELECT * FROM packages WHERE groupName = ? AND json_extract(request, '$.ClientToken') = ?",
    ...[group.name, token],
  )
}

/** The newest approved version of a group, by the group's name or ARN. */
export function findApprovedPackage(db: Db, groupNameOrArn: string): PackageRow | undefined {
  const name = groupNameOrArn.slice(groupNameOrArn.lastIndexOf('/') + 1)
  return db.get(
    "SELECT * FROM packages WHERE groupName = ? AND approval = 'Approved' ORDER BY version DESC LIMIT 1",
    name,
  )
}

export function deletePackage(db: Db, arn: string): void {
  db.run('DELETE FROM packages WHERE arn = ?', arn)
  db.run('DELETE FROM tags WHERE arn = ?', arn)
}

/** What DescribeModelPackage answers; also the properties of a RegisterModel step. */
export function describePackage(row: PackageRow): JsonObject {
  const {Tags: _tags, ClientToken: _token, ...described} = JSON.parse(row.request) as JsonObject
  const metadata = described.MetadataProperties as JsonObject | undefined
  const generated = row.generatedBy === null ? metadata : {GeneratedBy: row.generatedBy, ...metadata}
  return {
    ...described,
    ...compact({
      ModelPackageGroupName: row.groupName,
      ModelPackageVersion: row.version,
      ModelPackageArn: row.arn,
      ModelPackageStatus: 'Completed',
      ModelPackageStatusDetails: {ValidationStatuses: [], ImageScanStatuses: []},
      ModelApprovalStatus: row.approval,
      MetadataProperties: generated,
      CreationTime: seconds(row.createdAtMs),
      LastModifiedTime: seconds(row.modifiedAtMs),
    }),
  }
}
