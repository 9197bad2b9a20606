// Deployments: what an endpoint answers with, or is to answer with. A deployment keeps what it serves, so that an endpoint goes on
// when its configuration or its models are deleted, as on AWS.

import type {JsonObject} from '../../definition/json.ts'
import type {HostedModel} from '../runners/hosting/hosted-model.ts'
import type {Db} from './database.ts'
import type {ModelContainer} from './lineage/containers.ts'
import type {ProcessIdentity} from './process-identity.ts'

/** Pending: being loaded. Live: what answers. At most one of each for an endpoint. */
export type DeploymentState = 'pending' | 'live' | 'failed' | 'retired'

export type DeploymentRow = {
  readonly id: string
  readonly endpointArn: string
  readonly state: DeploymentState
  readonly configName: string
  /** JSON of what describing the endpoint shows of its variants. */
  readonly summary: string
  /** JSON of `DeployedVariant[]`. */
  readonly variants: string
  readonly failureReason: string | null
  /** Why nothing answers at one of the variants. */
  readonly simulated: string | null
  /** Who loads it, while it is pending. */
  readonly ownerPid: number | null
  readonly ownerStart: string | null
  readonly createdAtMs: number
  readonly endedAtMs: number | null
}

export type DeployedVariant = {
  readonly name: string
  /** The CreateModel request; absent for a variant without a model of its own. */
  readonly request?: JsonObject
  /** What lineage is to know of its model. */
  readonly containers?: readonly ModelContainer[]
  readonly isServerless: boolean
  readonly loadSeconds?: number
  /** What was found in the request once it was looked at: a model that runs here, or why there is none. */
  readonly model?: HostedModel
  readonly simulated?: string
}

export type NewDeployment = Pick<DeploymentRow, 'id' | 'endpointArn' | 'configName' | 'createdAtMs'> & {
  readonly summary: JsonObject
  readonly variants: readonly DeployedVariant[]
  readonly owner: ProcessIdentity
}

export function insertDeployment(db: Db, {summary, variants, owner, ...row}: NewDeployment): void {
  db.run(
    `INSERT INTO deployments (id, endpointArn, state, configName, summary, variants, ownerPid, ownerStart, createdAtMs)
     VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?)`,
    ...[row.id, row.endpointArn, row.configName, JSON.stringify(summary), JSON.stringify(variants)],
    ...[owner.pid, owner.start, row.createdAtMs],
  )
}

export function findDeployment(db: Db, id: string): DeploymentRow | undefined {
  return db.get('SELECT * FROM deployments WHERE id = ?', id)
}

/** The endpoint's deployment of that state. */
export function findDeploymentOf(db: Db, endpointArn: string, state: 'pending' | 'live'): DeploymentRow | undefined {
  return db.get('SELECT * FROM deployments WHERE endpointArn = ? AND state = ?', endpointArn, state)
}

export function findPendingDeployments(db: Db): DeploymentRow[] {
  return db.all("SELECT * FROM deployments WHERE state = 'pending'")
}

/** Failed or retired at that time or before it. */
export function findEndedDeployments(db: Db, untilMs: number): DeploymentRow[] {
  return db.all("SELECT * FROM deployments WHERE state IN ('failed', 'retired') AND endedAtMs <= ?", untilMs)
}

/** Makes a deployment that nobody loads any more this process's own; false when another came first. */
export function claimDeployment(db: Db, row: DeploymentRow, owner: ProcessIdentity): boolean {
  const changed = db.run(
    `UPDATE deployments SET ownerPid = ?, ownerStart = ?
     WHERE id = ? AND state = 'pending' AND ownerPid IS ? AND ownerStart IS ?`,
    ...[owner.pid, owner.start, row.id, row.ownerPid, row.ownerStart],
  )
  return changed === 1
}

/** Leaves a pending deployment to whoever comes next. */
export function abandonDeployment(db: Db, id: string): void {
  db.run("UPDATE deployments SET ownerPid = NULL, ownerStart = NULL WHERE id = ? AND state = 'pending'", id)
}

export function startAnswering(
  db: Db,
  id: string,
  found: {readonly variants: readonly DeployedVariant[]; readonly simulated: string | null},
): void {
  const sql = "UPDATE deployments SET state = 'live', variants = ?, simulated = ? WHERE id = ?"
  db.run(sql, JSON.stringify(found.variants), found.simulated, id)
}

export function failDeployment(db: Db, id: string, failureReason: string, atMs: number): void {
  db.run(
    "UPDATE deployments SET state = 'failed', failureReason = ?, endedAtMs = ? WHERE id = ?",
    ...[failureReason, atMs, id],
  )
}

export function retireDeployment(db: Db, id: string, atMs: number): void {
  db.run("UPDATE deployments SET state = 'retired', endedAtMs = ? WHERE id = ?", atMs, id)
}

export function removeDeployment(db: Db, id: string): void {
  db.run('DELETE FROM deployments WHERE id = ?', id)
}

export function parseVariants({variants}: Pick<DeploymentRow, 'variants'>): readonly DeployedVariant[] {
  return JSON.parse(variants) as readonly DeployedVariant[]
}
