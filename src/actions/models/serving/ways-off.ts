// How an endpoint is brought off the version that it serves, as commands that work: back, else on to another version, else away.

import type {Cloud} from '../../../cloud/ports.ts'
import {inParallel} from '../../in-parallel.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {withinReach} from '../../out-of-reach.ts'
import {earlierVersion, groupOf, versionsOf} from './earlier-versions.ts'
import {findEndpoint, type StandingEndpoint, servedVersionOf} from './standing-endpoint.ts'

const parallelReads = 4

/** A command for each of the endpoints; for those that were made by others, and have no version to go to, none. */
export async function waysOff(
  names: readonly string[],
  pipelineName: string,
  cloud: Cloud,
  place: Place,
): Promise<string[]> {
  const ways = new Map<string, string | undefined>()
  await inParallel(names, parallelReads, async (name) => {
    const standing = await withinReach(() => findEndpoint(name, pipelineName, cloud))
    ways.set(name, standing && (await wayOff(standing, cloud, place)))
  })
  return names.flatMap((name) => ways.get(name) ?? [])
}

async function wayOff(standing: StandingEndpoint, cloud: Cloud, place: Place): Promise<string | undefined> {
  const {endpoint, owner} = standing
  const isOurs = owner !== 'other'
  const earlier = isOurs ? await withinReach(() => earlierVersion(standing, cloud)) : undefined
  if (earlier?.to) return nextCommand(`models rollback ${endpoint.name}`, place)
  const other = await otherDeploy(standing, cloud, place)
  return other ?? (isOurs ? nextCommand(`models undeploy ${endpoint.name}`, place) : undefined)
}

/** Of the newest approved version that is not the present one; undefined where there is none. */
export async function otherDeploy(standing: StandingEndpoint, cloud: Cloud, place: Place): Promise<string | undefined> {
  const {endpoint, owner} = standing
  const {model} = servedVersionOf(standing)
  if (model === undefined) return undefined
  const group = groupOf(model)
  const versions = (await withinReach(() => versionsOf(group, cloud))) ?? []
  const approved = versions.find(
    ({version, approval, status}) =>
      approval === 'Approved' && status === 'Completed' && `${group}/${version}` !== model,
  )
  if (!approved) return undefined
  const adopt = owner === 'other' ? ' --adopt' : ''
  return nextCommand(`models deploy ${group}/${approved.version} --endpoint ${endpoint.name}${adopt}`, place)
}
