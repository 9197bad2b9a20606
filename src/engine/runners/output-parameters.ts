// The OutputParameters of Lambda and Callback steps: those that the step declares, and what became of them.
// Source: Developer Guide, "Lambda step" and "Callback step"; SageMaker Python SDK, workflow/lambda_step.py.

import {canonicalJson, type Json, type JsonObject} from '../../definition/json.ts'
import {objectsAt, textAt} from '../../definition/json-members.ts'
import {parseParameterValue} from '../../definition/parameter-value.ts'
import type {ParameterType} from '../../definition/types.ts'
import {clientFault} from './job-fault.ts'
import type {JobOutcome} from './job-types.ts'

export type DeclaredOutput = {readonly name: string; readonly type: ParameterType}

/** OutputParameter.Value: at most 1,024 characters. */
const longestValue = 1024

export function declaredOutputs(envelope: JsonObject): DeclaredOutput[] {
  return objectsAt(envelope, 'OutputParameters').flatMap((output) => {
    const name = textAt(output, 'OutputName')
    return name === undefined ? [] : [{name, type: parameterType(textAt(output, 'OutputType'))}]
  })
}

/** What a step gives that declares these outputs: typed for references, as texts in the step's Metadata. */
export function outputResult(values: Readonly<Record<string, Json>>): Pick<JobOutcome, 'described' | 'metadata'> {
  const listed = Object.entries(values).map(([name, value]) => ({Name: name, Value: outputText(value)}))
  return {described: {OutputParameters: values}, metadata: listed.length === 0 ? {} : {OutputParameters: listed}}
}

/** The declared outputs out of what a function returned. One that is missing or of another type is a fault. */
export function takeOutputs(declared: readonly DeclaredOutput[], returned: JsonObject): Record<string, Json> {
  const missing = declared.filter(({name}) => (returned[name] ?? null) === null).map(({name}) => `"${name}"`)
  if (missing.length > 0) {
    const keys = Object.keys(returned)
    const has = keys.length === 0 ? 'nothing' : keys.map((key) => `"${key}"`).join(', ')
    throw clientFault(`the function did not return ${missing.join(', ')}, which the step declares; it returned ${has}`)
  }
  return Object.fromEntries(declared.map((output) => [output.name, takeOutput(output, returned[output.name] ?? null)]))
}

/** The value in its declared type; undefined when it has none in it. Objects and lists are one JSON text. */
export function castOutput({type}: DeclaredOutput, value: Json): Json | undefined {
  if (type === 'String') return outputText(value)
  if (value !== null && typeof value === 'object') return undefined
  return parseParameterValue(type, String(value))
}

function takeOutput(output: DeclaredOutput, value: Json): Json {
  const cast = castOutput(output, value)
  if (cast === undefined) {
    throw clientFault(`the function returned ${canonicalJson(value)} as "${output.name}", which is no ${output.type}`)
  }
  if (outputText(cast).length > longestValue) {
    throw clientFault(`the output "${output.name}" is longer than ${longestValue} characters`)
  }
  return cast
}

function outputText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function parameterType(text: string | undefined): ParameterType {
  return text === 'Integer' || text === 'Float' || text === 'Boolean' ? text : 'String'
}
