// Why an endpoint cannot go back, and what else would bring the wanted version there.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {withinReach} from '../../out-of-reach.ts'
import {whyNotDeployable} from './check-model.ts'
import {groupOf, type PassedOver, registeredVersion, versionOf} from './earlier-versions.ts'
import type {ServedVersion} from './serving-results.ts'
import {type StandingEndpoint, servedVersionOf} from './standing-endpoint.ts'
import {otherDeploy} from './ways-off.ts'

const code = 'nothing-to-roll-back-to'
const mostShown = 12

export async function nothingEarlier(
  standing: StandingEndpoint,
  passedOver: readonly PassedOver[],
  cloud: Cloud,
  place: Place,
): Promise<MlpipeError> {
  const {name} = standing.endpoint
  const message =
    passedOver.length === 0
      ? `endpoint "${name}" has had no other configuration that is still there: there is nothing to go back to`
      : `endpoint "${name}" has no earlier version that may be deployed: ${passedOver.map(({why}) => why).join('; ')}`
  const {model} = servedVersionOf(standing)
  const list = nextCommand(model === undefined ? 'models list' : `models list ${groupOf(model)}`, place)
  const other = await otherDeploy(standing, cloud, place)
  const back = settingsBack(standing, passedOver, place)
  return new MlpipeError({code, message, nextSteps: [list, ...back, ...(other === undefined ? [] : [other])]})
}

function settingsBack(standing: StandingEndpoint, passedOver: readonly PassedOver[], place: Place): string[] {
  const {name} = standing.endpoint
  const present = servedVersionOf(standing)
  if (!passedOver.some(({served}) => served.model === present.model)) return []
  const command = nextCommand(`models rollback ${name} --to ${versionOf(name, present)}`, place)
  return [`${command}  (back to the settings that it had)`]
}

/** `earlier`: what it could go back to. */
export async function notServedBefore(
  version: number,
  standing: StandingEndpoint,
  earlier: readonly ServedVersion[],
  cloud: Cloud,
  place: Place,
): Promise<MlpipeError> {
  const {name} = standing.endpoint
  const present = servedVersionOf(standing)
  const others = [...new Set(earlier.map(({config, model}) => model ?? config))].slice(0, mostShown).join(', ')
  const had = others === '' ? 'no other version' : others
  if (versionOf(name, present) === version) {
    const message = `endpoint "${name}" serves version ${version} at this moment; before, it had ${had}`
    return new MlpipeError({code, message, nextSteps: [showCommand(present, place)]})
  }
  const message = `endpoint "${name}" has not served version ${version} before, or its configuration is gone: it had ${had}`
  const nextSteps = await waysTo(version, present, name, cloud, place)
  return new MlpipeError({code, message, nextSteps})
}

/** Only a version that is there, and approved, can be deployed. */
async function waysTo(
  version: number,
  {model: present}: ServedVersion,
  endpoint: string,
  cloud: Cloud,
  place: Place,
): Promise<string[]> {
  if (present === undefined) return [nextCommand('models list', place)]
  const model = `${groupOf(present)}/${version}`
  const found = await withinReach(() => registeredVersion(model, cloud))
  if (!found) return [nextCommand(`models list ${groupOf(present)}`, place)]
  if (whyNotDeployable(found) !== undefined) return [nextCommand(`models show ${model}`, place)]
  return [nextCommand(`models deploy ${model} --endpoint ${endpoint}`, place)]
}

/** Whether it was approved can no longer be told. */
export function notRegistered(model: string, place: Place): MlpipeError {
  return new MlpipeError({
    code: 'unknown-model',
    message: `${model} is no longer registered, and so is not deployed`,
    nextSteps: [nextCommand(`models list ${groupOf(model)}`, place)],
  })
}

export function showCommand({model}: ServedVersion, place: Place): string {
  return nextCommand(model === undefined ? 'models list' : `models show ${model}`, place)
}
