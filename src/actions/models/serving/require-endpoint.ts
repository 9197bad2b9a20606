// The endpoint of a name, or a usage error that names those that there are.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../../text/nearest-name.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {withinReach} from '../../out-of-reach.ts'
import {findEndpoint, type StandingEndpoint} from './standing-endpoint.ts'

const namesLookedAt = 100

export async function requireEndpoint(
  name: string,
  pipelineName: string,
  cloud: Cloud,
  place: Place,
): Promise<StandingEndpoint> {
  const standing = await findEndpoint(name, pipelineName, cloud)
  if (standing) return standing
  throw await unknownEndpoint(name, cloud, place)
}

export async function unknownEndpoint(name: string, {endpoints}: Cloud, place: Place): Promise<MlpipeError> {
  const names = (await withinReach(() => endpoints.endpointsNamed('', namesLookedAt))) ?? []
  const suggestion = suggestName(name, names) ?? 'there is none'
  return new MlpipeError({
    code: 'unknown-endpoint',
    message: `"${name}" is not an endpoint here: ${suggestion}`,
    nextSteps: [nextCommand(`models deploy --endpoint ${name}`, place)],
  })
}
