// Every place in a request where a mistake can be made. Which members hold free keys is AWS's knowledge, listed here by name.

import {isJsonObject, type Json, type JsonObject} from '../../src/definition/json.ts'

export type JsonPath = readonly (string | number)[]

/** Maps whose keys are the user's. Source: SageMaker API reference. */
const freeMaps = ['HyperParameters', 'StaticHyperParameters', 'Environment', 'CustomerMetadataProperties', 'tags']

/** What other services define, and nobody checks. */
const unchecked = ['jobDriver', 'configurationOverrides', 'ApplicationConfig']

const functions = ['Get', 'Std:Join', 'Std:JsonGet']

/** Paths of all members of structures. */
export function members(args: JsonObject): JsonPath[] {
  return walk(args, [], []).filter((path) => typeof path.at(-1) === 'string' && !freeMaps.includes(String(path.at(-2))))
}

/** Paths of all literal scalars. */
export function scalars(args: JsonObject): JsonPath[] {
  return walk(args, [], []).filter((path) => {
    const value = at(args, path)
    return value !== null && typeof value !== 'object'
  })
}

/** A copy with another value at the path. */
export function replaced(args: JsonObject, path: JsonPath, change: (value: Json) => Json): JsonObject {
  const swap = (value: Json, rest: JsonPath): Json => {
    const [head, ...tail] = rest
    if (head === undefined) return change(value)
    if (Array.isArray(value)) return value.map((item: Json, index) => (index === head ? swap(item, tail) : item))
    const object = value as JsonObject
    return Object.fromEntries(
      Object.entries(object).map(([key, each]) => [key, key === head ? swap(each, tail) : each]),
    )
  }
  return swap(args, path) as JsonObject
}

/** As messages and places have it: elements by their names, where each has one. */
export function shownPath(args: JsonObject, path: JsonPath): string {
  return path
    .map((step, index) => {
      if (typeof step === 'string') return index === 0 ? step : `.${step}`
      const list = at(args, path.slice(0, index)) as readonly Json[]
      const names = list.map(nameOf)
      const areNamed = names.every((name) => name !== undefined) && new Set(names).size === names.length
      return areNamed ? `['${names[step]}']` : `[${step}]`
    })
    .join('')
}

function nameOf(item: Json): string | undefined {
  if (!isJsonObject(item)) return undefined
  const name = item.OutputName ?? item.InputName ?? item.ChannelName ?? item.MetricName ?? item.Name
  return typeof name === 'string' ? name : undefined
}

function at(args: JsonObject, path: JsonPath): Json {
  return path.reduce<Json>((value, step) => (value as {readonly [key: string]: Json})[step] ?? null, args)
}

function walk(value: Json, path: JsonPath, found: JsonPath[]): JsonPath[] {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      found.push([...path, index])
      walk(item, [...path, index], found)
    }
    return found
  }
  if (!isJsonObject(value) || functions.some((name) => name in value)) return found
  for (const [key, each] of Object.entries(value)) {
    found.push([...path, key])
    if (!unchecked.includes(key)) walk(each, [...path, key], found)
  }
  return found
}
