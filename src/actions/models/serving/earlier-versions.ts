// What an endpoint can go back to: the configurations that it had, as far as they are still there, and what the registry says of
// the version behind each.

import type {Cloud, ModelPackage, ModelPackageSummary} from '../../../cloud/ports.ts'
import {servingPrefix, versionInName} from '../../../definition/serving-names.ts'
import {whyNotDeployable} from './check-model.ts'
import {earlierThan} from './deployment-history.ts'
import type {ServedVersion} from './serving-results.ts'
import {packageOf, type StandingEndpoint, servedVersionOf} from './standing-endpoint.ts'

export type PassedOver = {readonly served: ServedVersion; readonly why: string}

export type EarlierVersion = {
  /** Undefined where there is none. */
  readonly to: ServedVersion | undefined
  /** Nearer ones, which a rollback does not take of itself. */
  readonly passedOver: readonly PassedOver[]
}

/** The nearest earlier version that may be deployed. Other settings of the same version are no earlier version. */
export async function earlierVersion(standing: StandingEndpoint, cloud: Cloud): Promise<EarlierVersion> {
  const {endpoint, history} = standing
  const present = servedVersionOf(standing)
  const passedOver: PassedOver[] = []
  for (const name of earlierThan(history, endpoint.configName)) {
    const served = await servedVersion(name, cloud)
    if (!served) continue
    const why = await whyPassedOver(served, present, cloud)
    if (why === undefined) return {to: served, passedOver}
    passedOver.push({served, why})
  }
  return {to: undefined, passedOver}
}

/** Also what the tag has forgotten, or what a rollback went back over; without the present configuration. */
export async function allEarlier({endpoint, history}: StandingEndpoint, cloud: Cloud): Promise<ServedVersion[]> {
  const named = await cloud.endpoints.configsNamed(servingPrefix(endpoint.name))
  const made = named.filter((name) => versionInName(endpoint.name, name) !== undefined)
  const names = new Set([...earlierThan(history, endpoint.configName), ...made])
  names.delete(endpoint.configName)
  const found: ServedVersion[] = []
  for (const name of names) {
    const served = await servedVersion(name, cloud)
    if (served) found.push(served)
  }
  return found
}

export function versionOf(endpoint: string, {config, model}: ServedVersion): number | undefined {
  return model === undefined ? versionInName(endpoint, config) : Number(model.slice(model.lastIndexOf('/') + 1))
}

/** Undefined when the configuration, or the model that it names, was deleted meanwhile. */
async function servedVersion(configName: string, {endpoints}: Cloud): Promise<ServedVersion | undefined> {
  const config = await endpoints.config(configName)
  if (!config) return undefined
  const modelName = config.variants[0]?.modelName
  const found = modelName === undefined ? undefined : await endpoints.model(modelName)
  if (modelName !== undefined && !found) return undefined
  const model = packageOf(found)
  return {config: configName, ...(model === undefined ? {} : {model})}
}

/** What was made without the registry has no approval that it could lack. */
async function whyPassedOver(served: ServedVersion, present: ServedVersion, cloud: Cloud): Promise<string | undefined> {
  const {model, config} = served
  if (model === undefined) return undefined
  if (model === present.model) return `${config} has the same version`
  const found = await registeredVersion(model, cloud)
  if (!found) return `${model} is no longer registered`
  const why = whyNotDeployable(found)
  return why === undefined ? undefined : `${model} ${why}`
}

/** Of `group/version`; undefined when it was deleted. */
export async function registeredVersion(model: string, cloud: Cloud): Promise<ModelPackage | undefined> {
  const version = Number(model.slice(model.lastIndexOf('/') + 1))
  const found = (await versionsOf(groupOf(model), cloud)).find((one) => one.version === version)
  return found && cloud.registry.describe(found.arn)
}

/** Newest first; none where the group is gone. */
export async function versionsOf(group: string, {registry}: Cloud): Promise<readonly ModelPackageSummary[]> {
  const groups = await registry.groups()
  return groups.some(({name}) => name === group) ? registry.packages(group) : []
}

export function groupOf(model: string): string {
  return model.slice(0, model.lastIndexOf('/'))
}
