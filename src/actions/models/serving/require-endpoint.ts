// The endpoint of a name, or a usage error that names those that there are.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {nearestName, suggestName} from '../../../text/nearest-name.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {withinReach} from '../../out-of-reach.ts'
import {findEndpoint, type StandingEndpoint} from './standing-endpoint.ts'

const namesLookedAt = 100

export type AskedEndpoint = {
  readonly name: string
  /** The command that asks for it, such as `undeploy`. */
  readonly verb: string
  /** Whether the user has named it. */
  readonly isNamed: boolean
}

export async function requireEndpoint(
  asked: AskedEndpoint,
  pipelineName: string,
  cloud: Cloud,
  place: Place,
): Promise<StandingEndpoint> {
  const standing = await findEndpoint(asked.name, pipelineName, cloud)
  if (standing) return standing
  throw await unknownEndpoint(asked, cloud, place)
}

/** A name that may be mistyped is not one to deploy to. */
export async function unknownEndpoint(
  {name, verb, isNamed}: AskedEndpoint,
  {endpoints}: Cloud,
  place: Place,
): Promise<MlpipeError> {
  const names = (await withinReach(() => endpoints.endpointsNamed('', namesLookedAt))) ?? []
  const suggestion = suggestName(name, names) ?? 'there is none'
  const nearest = nearestName(name, names)
  const other = isNamed ? 'models list' : 'models deploy'
  const next = nearest === undefined ? other : `models ${verb} ${nearest}`
  return new MlpipeError({
    code: 'unknown-endpoint',
    message: `"${name}" is not an endpoint here: ${suggestion}`,
    nextSteps: [nextCommand(next, place)],
  })
}
