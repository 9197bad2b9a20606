// What a definition has beside its steps: parameters, experiment and MLflow.

import {ExactNumber, isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {parameterNamePattern} from '../definition/names.ts'
import {isJsonNumber} from '../text/json-number.ts'
import type {LiftContext, SpecMap, SpecValue} from './lift.ts'

/** SageMaker takes no more. Source: Parameter list of StartPipelineExecution. */
const maximumParameters = 200

/** The parameters that a spec can declare, by name: enough to refer to them. What else they have is left to `definition:`. */
export function liftParameters(list: Json | undefined): Map<string, SpecValue> {
  const lifted = new Map<string, SpecValue>()
  if (!Array.isArray(list)) return lifted
  for (const parameter of list) {
    if (!isJsonObject(parameter) || lifted.size === maximumParameters) continue
    const {Name: name} = parameter
    if (typeof name !== 'string' || !parameterNamePattern.test(name) || lifted.has(name)) continue
    const value = liftParameter(parameter)
    if (value !== undefined) lifted.set(name, value)
  }
  return lifted
}

const typeNames = ['String', 'Integer', 'Float', 'Boolean']

/** The type of a parameter as the compiler will know it; undefined when a spec has no such type. */
function parameterType({Type: type = 'String'}: JsonObject): string | undefined {
  return typeof type === 'string' && typeNames.includes(type) ? type : undefined
}

/** Types by name, of the parameters that the spec declares. */
export function parameterTypes(list: Json | undefined, declared: ReadonlyMap<string, SpecValue>): Map<string, string> {
  const types = new Map<string, string>()
  for (const parameter of Array.isArray(list) ? list : []) {
    if (!isJsonObject(parameter) || typeof parameter.Name !== 'string' || types.has(parameter.Name)) continue
    const type = parameterType(parameter)
    if (type !== undefined && declared.has(parameter.Name)) types.set(parameter.Name, type)
  }
  return types
}

function liftParameter(parameter: JsonObject): SpecValue | undefined {
  const type = parameterType(parameter)
  if (type === undefined) return undefined
  const {DefaultValue: value, EnumValues: choices, Description: description} = parameter
  const hasDefault = value !== undefined && fits(value, type)
  const isShort = hasDefault && choices === undefined && description === undefined && shorthandType(value) === type
  if (isShort) return value as SpecValue
  const allowed = enumOf(choices)
  const isAllowed = !allowed || typeof value !== 'string' || allowed.includes(value)
  return {
    ...(hasDefault && isAllowed && shorthandType(value) === type ? {} : {type}),
    ...(hasDefault && isAllowed ? {default: value as SpecValue} : {}),
    ...(allowed && type === 'String' ? {enum: allowed} : {}),
    ...(typeof description === 'string' && isPlain(description) ? {description} : {}),
  }
}

function enumOf(choices: Json | undefined): readonly string[] | undefined {
  if (!Array.isArray(choices)) return undefined
  return choices.every((choice) => typeof choice === 'string' && isPlain(choice)) ? (choices as string[]) : undefined
}

/** Whether a spec can give this default to a parameter of this type. */
function fits(value: Json, type: string): boolean {
  if (typeof value === 'string') return type === 'String' && isPlain(value)
  if (typeof value === 'boolean') return type === 'Boolean'
  const text = numberText(value)
  if (text === undefined) return false
  return type === 'Float' || (type === 'Integer' && /^-?\d+$/.test(text))
}

/** The type that the compiler sees in a default alone. */
function shorthandType(value: Json): string | undefined {
  if (typeof value === 'string') return 'String'
  if (typeof value === 'boolean') return 'Boolean'
  const text = numberText(value)
  if (text === undefined) return undefined
  return /^-?\d+$/.test(text) ? 'Integer' : 'Float'
}

function numberText(value: Json): string | undefined {
  if (typeof value === 'number') return String(value)
  return value instanceof ExactNumber && isJsonNumber(value.text) ? value.text : undefined
}

/** References cannot stand in a parameter. */
function isPlain(text: string): boolean {
  return !text.includes('${')
}

export function liftExperiment(config: Json | undefined, context: LiftContext): SpecMap | undefined {
  if (!isJsonObject(config) || config.ExperimentName === undefined || config.TrialName === undefined) return undefined
  return scalars({name: context.text(config.ExperimentName), trial: context.text(config.TrialName)})
}

export function liftMlflow(config: Json | undefined, context: LiftContext): SpecMap | undefined {
  if (!isJsonObject(config) || config.MlflowResourceArn === undefined) return undefined
  const {MlflowResourceArn: server, MlflowExperimentName: experiment} = config
  return scalars({
    server: context.text(server),
    ...(experiment === undefined ? {} : {experiment: context.text(experiment)}),
  })
}

/** Undefined where a value is no single one. */
function scalars(values: SpecMap): SpecMap | undefined {
  const areSingle = Object.values(values).every(
    (value) => value !== null && (typeof value !== 'object' || value instanceof ExactNumber),
  )
  return areSingle ? values : undefined
}
