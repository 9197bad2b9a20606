// What SageMaker's own lineage tells, where executions tell nothing: which jobs stand behind a model that no pipeline registered, and
// what came of it. It knows URIs only, never contents.

import type {LineageEntity} from '../../cloud/lineage-ports.ts'
import type {Cloud} from '../../cloud/ports.ts'
import {inParallel} from '../in-parallel.ts'
import type {Records} from './records.ts'

/** So much of an account's lineage is looked at for one thing. */
const mostVertices = 500
const mostDescribed = 100
const parallelReads = 8

type Wanted = {readonly lineageType: string; readonly type?: string}

/** What the entities behind or before the artifacts of these URIs stand for; undefined where lineage has none of them. */
export async function associated(
  sourceUris: readonly string[],
  direction: 'ascendants' | 'descendants',
  wanted: readonly Wanted[],
  cloud: Cloud,
  records: Records,
): Promise<readonly LineageEntity[] | undefined> {
  const what = "SageMaker's lineage"
  const found = await records.attempt(what, async () => {
    const artifacts = (await Promise.all(sourceUris.map((uri) => cloud.lineage.artifacts(uri)))).flat()
    if (artifacts.length === 0) return undefined
    const answers = await Promise.all(artifacts.map(({arn}) => cloud.lineage.query(arn, direction, mostVertices)))
    if (answers.some(({isCut}) => isCut)) {
      records.note(`${what} goes on behind ${mostVertices} entities: what lies there is left out`)
    }
    return answers.flatMap(({vertices}) => vertices)
  })
  if (!found) return undefined
  const matching = found.filter((vertex) =>
    wanted.some(({lineageType, type = vertex.type}) => vertex.lineageType === lineageType && vertex.type === type),
  )
  const arns = [...new Set(matching.map(({arn}) => arn))]
  if (arns.length > mostDescribed) {
    records.note(`of ${arns.length} entities in ${what} only ${mostDescribed} were looked at`)
  }
  const entities = new Map<string, LineageEntity>()
  await inParallel(arns.slice(0, mostDescribed), parallelReads, async (arn) => {
    const entity = await records.attempt(`${what} of ${arn}`, () => cloud.lineage.entity(arn))
    if (entity) entities.set(arn, entity)
  })
  return arns.flatMap((arn) => entities.get(arn) ?? [])
}

/** ARNs of the jobs behind a model; undefined where lineage does not know it. */
export async function jobsBehind(
  sourceUris: readonly string[],
  cloud: Cloud,
  records: Records,
): Promise<readonly string[] | undefined> {
  const wanted = [{lineageType: 'TrialComponent'}]
  const components = await associated(sourceUris, 'ascendants', wanted, cloud, records)
  return components?.flatMap(({sourceUri}) => (sourceUri?.startsWith('arn:') ? [sourceUri] : []))
}
