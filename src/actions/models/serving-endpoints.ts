// Which endpoints serve which registered models, at this moment.

import type {Cloud} from '../../cloud/ports.ts'
import {inParallel} from '../in-parallel.ts'
import {withinReach} from '../out-of-reach.ts'
import {servedBy} from '../served-by.ts'

/** Each costs three calls. */
const mostEndpoints = 50
const parallelReads = 4

/**
 * Names of endpoints by the ARN of the model package. Looked at are the newest of all, whatever their names are, and the newest
 * that are called after one of the groups. Nothing where the caller may not look.
 */
export async function servingEndpoints(
  groups: readonly string[],
  {endpoints}: Pick<Cloud, 'endpoints'>,
): Promise<Map<string, string[]>> {
  const serving = new Map<string, string[]>()
  const names = new Set<string>()
  const newest = (part: string) => withinReach(() => endpoints.endpointsNamed(part, mostEndpoints))
  const all = (await newest('')) ?? []
  for (const name of all) names.add(name)
  // Those that are called after a group are among all, unless there are more.
  if (all.length >= mostEndpoints) {
    for (const group of groups) for (const name of (await newest(group)) ?? []) names.add(name)
  }
  await inParallel([...names], parallelReads, async (name) => {
    const served = await withinReach(() => servedBy(name, {endpoints}))
    if (!served?.isAnswering) return
    for (const arn of served.packages) serving.set(arn, [...(serving.get(arn) ?? []), name].sort())
  })
  return serving
}
