// What the lifts of Lambda and callback steps have in common: free values that go in, typed values that come out.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectsAt, textAt} from '../../definition/json-members.ts'
import {functionNames} from '../../spec/value.ts'
import type {LiftContext, SpecMap, SpecValue} from '../lift.ts'

/** Single values; lists and mappings are left over. */
export function liftFreeInputs({Arguments}: JsonObject, context: LiftContext): SpecMap {
  if (!isJsonObject(Arguments)) return {}
  const inputs = Object.entries(Arguments).flatMap(([name, json]): [string, SpecValue][] =>
    isSingle(json) ? [[name, context.value(json)]] : [],
  )
  return inputs.length > 0 ? {inputs: Object.fromEntries(inputs)} : {}
}

function isSingle(json: Json): boolean {
  if (!isJsonObject(json)) return !Array.isArray(json)
  const [name, extra] = Object.keys(json)
  return extra === undefined && functionNames.some((known) => known === name)
}

/** Names, where all are texts; else names with their types. */
export function liftOutputParameters(step: JsonObject): SpecMap {
  const outputs = objectsAt(step, 'OutputParameters').flatMap((output) => {
    const name = textAt(output, 'OutputName')
    const type = textAt(output, 'OutputType') ?? 'String'
    return name === undefined ? [] : [{name, type}]
  })
  if (outputs.length === 0) return {}
  if (outputs.every(({type}) => type === 'String')) return {outputs: outputs.map(({name}) => name)}
  return {outputs: Object.fromEntries(outputs.map(({name, type}) => [name, type]))}
}
