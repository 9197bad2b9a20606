// Where a parameter is used, and whether a change of it would reach a cache key there. Only direct use counts: what flows on
// through the outputs of a step is that step's matter.

import {flattenSteps} from '../definition/flat-steps.ts'
import type {Json, JsonObject} from '../definition/json.ts'
import {collectReferences} from '../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../definition/types.ts'
import {isCacheable, keyAttributes} from './key-attributes.ts'

/** `attribute` is the member of Arguments (or of the step itself) that uses the parameter. */
export type Place = {readonly stepName: string; readonly attribute: string}

export type ParameterReach = {
  /** In the cache key of a step whose cache is on: a new value makes it run again. */
  readonly keyed: readonly Place[]
  /** In a step whose cache is on, but not in its key: a new value changes nothing while the step is a hit. */
  readonly unkeyed: readonly Place[]
  /** In a step that is never reused, by its type or because its cache is off: a new value always counts. */
  readonly decisions: readonly Place[]
}

const envelopeKeys = new Set([
  'Name',
  'Type',
  'Arguments',
  'DependsOn',
  'CacheConfig',
  'PropertyFiles',
  'RetryPolicies',
])

/** Every place that uses the parameter, in document order. */
export function parameterReach(definition: PipelineDefinition, parameterName: string): ParameterReach {
  const keyed: Place[] = []
  const unkeyed: Place[] = []
  const decisions: Place[] = []
  for (const {step} of flattenSteps(definition)) {
    const isReusable =
      isCacheable(step.Type) && step.CacheConfig?.Enabled === true && step.CacheConfig.ExpireAfter !== undefined
    for (const {attribute, isKeyed} of usesIn(step, parameterName)) {
      const place = {stepName: step.Name, attribute}
      if (!isReusable) decisions.push(place)
      else if (isKeyed) keyed.push(place)
      else unkeyed.push(place)
    }
  }
  return {keyed, unkeyed, decisions}
}

type Use = {readonly attribute: string; readonly isKeyed: boolean}

function usesIn(step: StepDefinition, parameterName: string): Use[] {
  const uses: Use[] = []
  for (const [name, value] of Object.entries(contentOf(step))) {
    const {keyed, rest} = splitByKey(step.Type, name, value)
    for (const attribute of keyed)
      if (usesParameter(attribute.value, parameterName)) uses.push({attribute: attribute.name, isKeyed: true})
    if (usesParameter(rest, parameterName)) uses.push({attribute: name, isKeyed: false})
  }
  return uses
}

/** Arguments and the keys that some types have beside them; not the branches of a condition. */
function contentOf(step: StepDefinition): JsonObject {
  const beside = Object.entries(step as unknown as JsonObject).filter(([key]) => !envelopeKeys.has(key))
  const {IfSteps: _if, ElseSteps: _else, ...conditionArguments} = step.Arguments
  const args = step.Type === 'Condition' ? conditionArguments : step.Arguments
  return {...Object.fromEntries(beside), ...args}
}

/** The part of a member that is in the key, by attribute, and what is left of it. */
function splitByKey(type: string, name: string, value: Json): {keyed: {name: string; value: Json}[]; rest: Json} {
  const attributes = keyAttributes(type)
  if (attributes.includes(name)) return {keyed: [{name, value}], rest: null}

  const inner = new Set(
    attributes
      .filter((attribute) => attribute.startsWith(`${name}.`))
      .map((attribute) => attribute.slice(name.length + 1)),
  )
  if (inner.size === 0 || value === null || typeof value !== 'object') return {keyed: [], rest: value}
  const members = Object.entries(value as JsonObject)
  const keyed = members
    .filter(([member]) => inner.has(member))
    .map(([member, part]) => ({name: `${name}.${member}`, value: part}))
  return {keyed, rest: members.filter(([member]) => !inner.has(member)).map(([, part]) => part)}
}

function usesParameter(value: Json, parameterName: string): boolean {
  return collectReferences(value).some(
    (reference) => reference.kind === 'parameter' && reference.name === parameterName,
  )
}
