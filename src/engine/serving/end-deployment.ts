// How a deployment ends: it answers for its endpoint from now on, or it failed, and the endpoint is as it was.

import type {JsonObject} from '../../definition/json.ts'
import {cutReason} from '../runners/exit-text.ts'
import type {Db} from '../store/database.ts'
import {seconds} from '../store/documents.ts'
import {recordDeployment} from '../store/lineage/model-entities.ts'
import {findResource, type ResourceRow, saveResource} from '../store/resources.ts'
import {
  type DeployedVariant,
  type DeploymentRow,
  failDeployment,
  findDeployment,
  findDeploymentOf,
  retireDeployment,
  startAnswering,
} from '../store/serving.ts'
import {putTags, removeTags, simulatedTag} from '../store/tags.ts'

/** What loading came to: the variants with what was found of them, or why one of them does not work. */
export type RollOut =
  | {readonly kind: 'loaded'; readonly variants: readonly DeployedVariant[]}
  | {readonly kind: 'failed'; readonly why: string}

/** A failed update leaves the endpoint in service with its former configuration, as AWS does, and says why it failed. */
export function endDeployment(db: Db, id: string, rollOut: RollOut, nowMs: number): void {
  db.transaction(() => {
    const row = findDeployment(db, id)
    const endpoint = row && findResource(db, row.endpointArn)
    if (row?.state !== 'pending' || !endpoint) return
    if (rollOut.kind === 'failed') fail(db, row, endpoint, cutReason(rollOut.why), nowMs)
    else switchOver(db, row, endpoint, rollOut.variants, nowMs)
  })
}

function fail(db: Db, row: DeploymentRow, endpoint: ResourceRow, why: string, nowMs: number): void {
  failDeployment(db, row.id, why, nowMs)
  const EndpointStatus = findDeploymentOf(db, endpoint.arn, 'live') ? 'InService' : 'Failed'
  save(db, endpoint, {...documentOf(endpoint), EndpointStatus, FailureReason: why}, nowMs)
}

function switchOver(
  db: Db,
  row: DeploymentRow,
  endpoint: ResourceRow,
  variants: readonly DeployedVariant[],
  nowMs: number,
): void {
  const before = findDeploymentOf(db, endpoint.arn, 'live')
  if (before) retireDeployment(db, before.id, nowMs)
  const simulated = variants.find((variant) => variant.simulated !== undefined)?.simulated ?? null
  startAnswering(db, row.id, {variants, simulated})
  if (simulated === null) removeTags(db, endpoint.arn, [simulatedTag('').Key])
  else putTags(db, endpoint.arn, [simulatedTag(simulated)])

  recordDeployment(
    db,
    {
      endpointArn: endpoint.arn,
      endpointName: endpoint.name,
      containers: variants.flatMap(({containers = []}) => containers),
    },
    {atMs: nowMs, executionArn: endpoint.executionArn},
  )

  const {EndpointName, EndpointArn, CreationTime} = documentOf(endpoint)
  const standing = {EndpointName, EndpointArn, CreationTime, EndpointConfigName: row.configName}
  save(db, endpoint, {...standing, EndpointStatus: 'InService', ...(JSON.parse(row.summary) as JsonObject)}, nowMs)
}

function documentOf(endpoint: ResourceRow): JsonObject {
  const {PendingDeploymentSummary: _, ...described} = JSON.parse(endpoint.described) as JsonObject
  return described
}

function save(db: Db, endpoint: ResourceRow, described: Record<string, unknown>, nowMs: number): void {
  const text = JSON.stringify({...described, LastModifiedTime: seconds(nowMs)})
  saveResource(db, {...endpoint, described: text, modifiedAtMs: nowMs})
}
