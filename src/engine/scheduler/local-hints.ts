// How steps are to run here: the members `local-<step>` of the definition's Metadata, each of them JSON text.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {LocalHints} from '../runners/job-types.ts'

/** The hints of one step; none when there are none that can be read. */
export function readHints(metadata: JsonObject, stepName: string): LocalHints {
  const hints = parseObject(metadata[`local-${stepName}`])
  const runner = hints.runner
  const handler = readHandler(hints.handler)
  return {
    ...(runner === 'process' || runner === 'docker' || runner === 'simulate' ? {runner} : {}),
    ...(handler ? {handler} : {}),
    ...(isJsonObject(hints.reports) ? {reports: hints.reports} : {}),
    ...(isJsonObject(hints.metrics) ? {metrics: numbersOf(hints.metrics)} : {}),
    ...(isJsonObject(hints.outputs) ? {outputs: hints.outputs} : {}),
    ...(isJsonObject(hints.properties) ? {properties: hints.properties} : {}),
  }
}

function parseObject(text: Json | undefined): JsonObject {
  if (typeof text !== 'string') return {}
  try {
    const document = JSON.parse(text) as Json
    return isJsonObject(document) ? document : {}
  } catch {
    return {}
  }
}

function readHandler(handler: Json | undefined): LocalHints['handler'] {
  if (!isJsonObject(handler) || typeof handler.uri !== 'string') return undefined
  return {uri: handler.uri, function: typeof handler.function === 'string' ? handler.function : 'handler'}
}

function numbersOf(object: JsonObject): Record<string, number> {
  const entries = Object.entries(object).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return Object.fromEntries(entries)
}
