// What the lifts of steps that run jobs have in common.

import {ExactNumber, isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, textAt} from '../../definition/json-members.ts'
import type {LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {residue} from '../residue.ts'

/** The key with the value as a text, when the definition has it. */
export function liftText(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  return json === undefined ? {} : {[key]: context.text(json)}
}

/** The key with the texts of a list, when there are any. */
export function liftTexts(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  return Array.isArray(json) && json.length > 0 ? {[key]: json.map((item) => context.text(item))} : {}
}

/** The key with a mapping to texts, when there is any. */
export function liftTextMap(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  if (!isJsonObject(json) || Object.keys(json).length === 0) return {}
  return {[key]: Object.fromEntries(Object.entries(json).map(([name, value]) => [name, context.text(value)]))}
}

/** What the compiler takes where a step says nothing. */
const usual = {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}

/** `instance:` of ResourceConfig or ClusterConfig. */
export function liftInstance(resources: JsonObject, context: LiftContext): SpecMap {
  const {InstanceType: type, InstanceCount: count = usual.InstanceCount, VolumeSizeInGB: volume} = resources
  if (type === undefined) return {}
  const more = {
    ...(count === usual.InstanceCount ? {} : {count: context.value(count)}),
    ...(volume === undefined || volume === usual.VolumeSizeInGB ? {} : {volume: context.value(volume)}),
  }
  const instance = context.text(type)
  return {instance: Object.keys(more).length > 0 || typeof instance === 'object' ? {type: instance, ...more} : instance}
}

/** `tags:` of a list of keys and values; none when a key stands twice. */
export function liftTags(json: Json | undefined, context: LiftContext): SpecMap {
  if (!Array.isArray(json) || json.length === 0) return {}
  const tags = new Map<string, SpecValue>()
  for (const tag of json) {
    if (!isJsonObject(tag) || typeof tag.Key !== 'string' || tag.Value === undefined || tags.has(tag.Key)) return {}
    tags.set(tag.Key, context.text(tag.Value))
  }
  return {tags: Object.fromEntries(tags)}
}

/** `timeout:` of seconds. */
export function liftTimeout(seconds: Json | undefined): SpecMap {
  return typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds > 0
    ? {timeout: shortDuration(seconds)}
    : {}
}

/** `86400` as `1d`, `5400` as `90m`: in the largest unit that leaves nothing over. */
export function shortDuration(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const
  const [unit, size] = units.find(([, length]) => seconds % length === 0) ?? ['s', 1]
  return `${seconds / size}${unit}`
}

/** `{from: x}` as `x`, where x can stand alone. */
export function shortForm(map: SpecMap, key: string): SpecValue {
  const value = map[key]
  const isSingle = value !== undefined && value !== null && typeof value !== 'object'
  return Object.keys(map).length === 1 && isSingle ? value : map
}

/** A mapping from the names in a list; nothing when two are the same, or a lift gives nothing. */
export function liftEach(
  key: string,
  list: readonly JsonObject[],
  nameMember: string,
  lift: (element: JsonObject, name: string) => SpecValue | undefined,
): SpecMap {
  const lifted = new Map<string, SpecValue>()
  for (const element of list) {
    const name = textAt(element, nameMember)
    const value = name === undefined || lifted.has(name) ? undefined : lift(element, name)
    if (name === undefined || value === undefined) return {}
    lifted.set(name, value)
  }
  return lifted.size > 0 ? {[key]: Object.fromEntries(lifted)} : {}
}

/** `{…, api}`: with what the short keys do not say of an element. `compiled` is what they come out as. */
export function withResidue(short: SpecMap, compiled: JsonObject, wanted: JsonObject, context: LiftContext): SpecMap {
  const api = residue(compiled, wanted, context.value)
  return Object.keys(api).length > 0 ? {...short, api} : short
}

/** The key with true, false or a reference to one. */
export function liftFlag(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  return typeof json === 'boolean' || isJsonObject(json) ? {[key]: context.value(json)} : {}
}

/** The key with a number or a reference to one. */
export function liftNumber(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  const isNumber = typeof json === 'number' || json instanceof ExactNumber || isJsonObject(json)
  return isNumber ? {[key]: context.value(json)} : {}
}

/** The key with a text that the spec takes as it is. */
export function liftWord(key: string, json: Json | undefined): SpecMap {
  return typeof json === 'string' && !json.includes('${') ? {[key]: json} : {}
}

/** `network:` of the members that requests have for it. */
export function liftNetwork(request: JsonObject, context: LiftContext): SpecMap {
  const vpc = objectAt(request, 'VpcConfig')
  const network = {
    ...liftNested('vpc', {
      ...liftTexts('subnets', vpc.Subnets, context),
      ...liftTexts('securityGroups', vpc.SecurityGroupIds, context),
    }),
    ...liftFlag('isolated', request.EnableNetworkIsolation, context),
    ...liftFlag('encrypted', request.EnableInterContainerTrafficEncryption, context),
  }
  return liftNested('network', network)
}

/** The key, unless there is nothing in it. */
export function liftNested(key: string, map: SpecMap): SpecMap {
  return Object.keys(map).length > 0 ? {[key]: map} : {}
}
