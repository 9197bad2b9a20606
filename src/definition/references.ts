// References: what a `{"Get": "…"}` points at, and every one of them in a value.
// Source: SageMaker Python SDK, workflow/functions.py, execution_variables.py and properties.py.

import type {Json, JsonObject} from './json.ts'
import {isJsonObject} from './json.ts'
import type {PropertyPath} from './property-path.ts'
import {formatPropertyPath, parsePropertyPath} from './property-path.ts'

export type Reference =
  | {readonly kind: 'parameter'; readonly name: string}
  | {readonly kind: 'property'; readonly stepName: string; readonly path: PropertyPath}
  | {readonly kind: 'propertyFile'; readonly stepName: string; readonly name: string}
  | {readonly kind: 'execution'; readonly variable: string}
  | {readonly kind: 'experiment'; readonly member: string}
  /** A JSON document by address. Made by evaluation only: the address itself may hold references. */
  | {readonly kind: 's3Json'; readonly uri: string}

const name = '[A-Za-z0-9_-]+'
const parameterText = new RegExp(`^Parameters\\.(${name})$`)
const executionText = /^Execution\.([A-Za-z]+)$/
const experimentText = /^PipelineExperimentConfig\.(ExperimentName|TrialName)$/
const propertyFileText = new RegExp(`^Steps\\.(${name})\\.PropertyFiles\\.(.+)$`)
const propertyText = new RegExp(`^Steps\\.(${name})\\.(.+)$`)

/** What the text of a `Get` points at; undefined when it is not a reference. */
export function parseGet(text: string): Reference | undefined {
  const parameter = parameterText.exec(text)
  if (parameter?.[1]) return {kind: 'parameter', name: parameter[1]}
  const execution = executionText.exec(text)
  if (execution?.[1]) return {kind: 'execution', variable: execution[1]}
  const experiment = experimentText.exec(text)
  if (experiment?.[1]) return {kind: 'experiment', member: experiment[1]}
  const file = propertyFileText.exec(text)
  if (file?.[1] && file[2]) return {kind: 'propertyFile', stepName: file[1], name: file[2]}

  const property = propertyText.exec(text)
  const path = property?.[2] === undefined ? undefined : parsePropertyPath(property[2])
  return property?.[1] && path ? {kind: 'property', stepName: property[1], path} : undefined
}

/** The reference as the text of a `Get` (an s3Json as its address). */
export function formatReference(reference: Reference): string {
  switch (reference.kind) {
    case 'parameter':
      return `Parameters.${reference.name}`
    case 'property':
      return `Steps.${reference.stepName}.${formatPropertyPath(reference.path)}`
    case 'propertyFile':
      return `Steps.${reference.stepName}.PropertyFiles.${reference.name}`
    case 'execution':
      return `Execution.${reference.variable}`
    case 'experiment':
      return `PipelineExperimentConfig.${reference.member}`
    case 's3Json':
      return reference.uri
  }
}

/** Every reference in a value, in the order of the text, however deep inside Std:Join or Std:JsonGet. */
export function collectReferences(value: Json): Reference[] {
  return collectGets(value).flatMap((text) => parseGet(text) ?? [])
}

/** The text of every `Get` in a value, also of those that are not references. */
export function collectGets(value: Json): string[] {
  const found: string[] = []
  walk(value, found)
  return found
}

/** The text of a `{"Get": "…"}`; undefined for everything else. */
export function getText(value: Json): string | undefined {
  return isJsonObject(value) ? soleString(value, 'Get') : undefined
}

function soleString(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' && Object.keys(object).length === 1 ? value : undefined
}

function walk(value: Json, found: string[]): void {
  if (Array.isArray(value)) {
    for (const element of value) walk(element, found)
    return
  }
  if (!isJsonObject(value)) return
  const text = getText(value)
  if (text !== undefined) found.push(text)
  else for (const member of Object.values(value)) walk(member, found)
}
