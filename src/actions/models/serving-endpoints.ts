// Which endpoints serve which registered models, at this moment.

import type {Cloud} from '../../cloud/ports.ts'
import {inParallel} from '../in-parallel.ts'
import {withinReach} from '../out-of-reach.ts'
import {servedBy} from '../served-by.ts'

/** Each costs three calls. */
const mostEndpoints = 20
const parallelReads = 4

/**
 * Names of endpoints by the ARN of the model package. Looked at are the newest whose name contains `part`; with an empty text,
 * the newest of all. Nothing where the caller may not look.
 */
export async function servingEndpoints(
  part: string,
  {endpoints}: Pick<Cloud, 'endpoints'>,
): Promise<Map<string, string[]>> {
  const serving = new Map<string, string[]>()
  const names = (await withinReach(() => endpoints.endpointsNamed(part, mostEndpoints))) ?? []
  await inParallel(names, parallelReads, async (name) => {
    const served = await withinReach(() => servedBy(name, {endpoints}))
    if (!served?.isAnswering) return
    for (const arn of served.packages) serving.set(arn, [...(serving.get(arn) ?? []), name].sort())
  })
  return serving
}
