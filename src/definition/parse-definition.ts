// Text → definition. Checks the shape that everything else relies on; references and request members are checked elsewhere.
// Wording: the service begins such messages with "Unable to parse pipeline definition."

import {checkEnvelope, isPresent, listOfTexts} from './envelope-shapes.ts'
import type {Json, JsonObject} from './json.ts'
import {isJsonObject} from './json.ts'
import {parameterDefaultMaximum, parameterNamePattern, stepNamePattern} from './names.ts'
import type {ParameterDefinition, ParameterType, PipelineDefinition, StepDefinition} from './types.ts'
import {definitionVersion} from './types.ts'

export type ParsedDefinition =
  | {readonly ok: true; readonly definition: PipelineDefinition}
  | {readonly ok: false; readonly message: string}

const topLevelKeys = new Set(['Version', 'Metadata', 'Parameters', 'PipelineExperimentConfig', 'MlflowConfig', 'Steps'])
const parameterKeys = new Set(['Name', 'Type', 'DefaultValue', 'EnumValues', 'Description'])
/** Everything that walks a definition recurses; no real one is nested a tenth as deep. */
const maximumDepth = 200

/** The definition with its defaults filled in, or the first thing that is wrong with the text. */
export function parseDefinition(text: string): ParsedDefinition {
  const document = parseJson(text)
  if (document === undefined) return refuse('It is not valid JSON.')
  if (!isJsonObject(document)) return refuse('Expecting start of Json Object.')
  if (isDeeperThan(document, maximumDepth)) return refuse(`It is nested deeper than ${maximumDepth} levels.`)

  const problem =
    checkTopLevel(document) ??
    checkParameters(document.Parameters ?? []) ??
    checkSteps(document.Steps ?? null, new Set())
  if (problem) return refuse(problem)
  return {ok: true, definition: fillDefinition(document)}
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json
  } catch {
    return undefined
  }
}

function isDeeperThan(document: Json, limit: number): boolean {
  const open: {value: Json; depth: number}[] = [{value: document, depth: 1}]
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.value === null || typeof at.value !== 'object') continue
    if (at.depth > limit) return true
    for (const value of Object.values(at.value)) open.push({value, depth: at.depth + 1})
  }
  return false
}

function checkTopLevel(document: JsonObject): string | undefined {
  const stranger = Object.keys(document).find((key) => !topLevelKeys.has(key))
  if (stranger !== undefined) return `Cannot parse object, unknown property '${stranger}'`
  if (document.Version !== undefined && document.Version !== definitionVersion) {
    return `Version must be "${definitionVersion}", not ${JSON.stringify(document.Version)}`
  }
  if (isPresent(document.Metadata) && !isJsonObject(document.Metadata)) return 'Expecting start of Json Object.'
  if (isPresent(document.Parameters) && !Array.isArray(document.Parameters)) return 'Expecting start of Json Array.'
  return Array.isArray(document.Steps) ? undefined : 'Expecting start of Json Array.'
}

function checkParameters(parameters: Json): string | undefined {
  const seen = new Set<string>()
  for (const parameter of Array.isArray(parameters) ? parameters : []) {
    const problem = checkParameter(parameter, seen)
    if (problem) return problem
  }
  return undefined
}

function checkParameter(parameter: Json, seen: Set<string>): string | undefined {
  if (!isJsonObject(parameter)) return 'Expecting start of Json Object.'
  const {Name: name, Type: type = 'String', DefaultValue: fallback = null, EnumValues: allowed = null} = parameter
  if (typeof name !== 'string') return 'a parameter needs a Name'
  if (!parameterNamePattern.test(name)) return `parameter name "${name}" does not match ${parameterNamePattern.source}`
  if (seen.has(name)) return `parameter "${name}" is defined twice`
  seen.add(name)

  const stranger = Object.keys(parameter).find((key) => !parameterKeys.has(key))
  if (stranger !== undefined) return `Cannot parse object, unknown property '${stranger}'`
  if (!isParameterType(type))
    return `type ${JSON.stringify(type)} of parameter "${name}" is not one of String, Integer, Float, Boolean`
  if (fallback !== null && !hasType(fallback, type)) {
    return `DefaultValue ${JSON.stringify(fallback)} of parameter "${name}" is not of type ${type}`
  }
  if (typeof fallback === 'string' && fallback.length > parameterDefaultMaximum) {
    return `DefaultValue of parameter "${name}" is longer than ${parameterDefaultMaximum} characters`
  }
  return allowed === null ? undefined : checkEnum(name, allowed, fallback)
}

function checkEnum(name: string, allowed: Json, fallback: Json): string | undefined {
  const isTexts = Array.isArray(allowed) && allowed.every((value: Json) => typeof value === 'string')
  if (!isTexts) return `EnumValues of parameter "${name}" must be a list of Strings`
  if (fallback === null || allowed.some((value: Json) => value === fallback)) return undefined
  return `DefaultValue ${JSON.stringify(fallback)} of parameter "${name}" is not one of its EnumValues`
}

/** Names are unique over the whole document, branches of conditions included. */
function checkSteps(steps: Json, seen: Set<string>): string | undefined {
  if (!Array.isArray(steps)) return 'Expecting start of Json Array.'
  for (const step of steps) {
    const problem = checkStep(step, seen)
    if (problem) return problem
  }
  return undefined
}

function checkStep(step: Json, seen: Set<string>): string | undefined {
  if (!isJsonObject(step)) return 'Expecting start of Json Object.'
  const {Name: name, Type: type, Arguments: args} = step
  if (typeof name !== 'string') return 'a step needs a Name'
  if (!stepNamePattern.test(name)) return `step name "${name}" does not match ${stepNamePattern.source}`
  if (seen.has(name)) return `step names must be unique, "${name}" is used twice`
  seen.add(name)
  if (typeof type !== 'string' || type === '') return `step "${name}" needs a Type`
  if (!isJsonObject(args)) return `step "${name}" needs Arguments. Expecting start of Json Object.`

  return checkEnvelope(step, name) ?? (type === 'Condition' ? checkBranches(args, name, seen) : undefined)
}

function checkBranches(args: JsonObject, step: string, seen: Set<string>): string | undefined {
  if (!Array.isArray(args.Conditions))
    return `step "${step}" needs a list of Conditions. Expecting start of Json Array.`
  if (!args.Conditions.every(isJsonObject))
    return `step "${step}" has a condition that is none. Expecting start of Json Object.`
  return checkSteps(args.IfSteps ?? [], seen) ?? checkSteps(args.ElseSteps ?? [], seen)
}

// The checks above have established the shapes that the casts below state.

/** What may be absent or null, with its default; of a document that is known to be a definition. */
export function fillDefinition(document: JsonObject): PipelineDefinition {
  const {Metadata: metadata, Parameters: parameters, Steps: steps, ...rest} = withoutNulls(document)
  return {
    Version: definitionVersion,
    ...rest,
    Metadata: isJsonObject(metadata) ? metadata : {},
    Parameters: (parameters ?? []) as unknown as readonly ParameterDefinition[],
    Steps: toSteps(steps ?? []),
  }
}

function toSteps(steps: Json): StepDefinition[] {
  return (Array.isArray(steps) ? steps : []).filter(isJsonObject).map(toStep)
}

function toStep(step: JsonObject): StepDefinition {
  const {RetryPolicies: policies, CacheConfig: cache, Arguments: args, ...rest} = withoutNulls(step)
  const filled = {
    ...rest,
    ...(isJsonObject(cache ?? null) ? {CacheConfig: withoutNulls(cache as JsonObject)} : {}),
    ...(Array.isArray(policies) ? {RetryPolicies: policies.filter(isJsonObject).map(toRetryPolicy)} : {}),
    Arguments: step.Type === 'Condition' && isJsonObject(args) ? fillBranches(args) : args,
  }
  return filled as unknown as StepDefinition
}

function toRetryPolicy(policy: JsonObject): JsonObject {
  return {...withoutNulls(policy), ExceptionType: listOfTexts(policy.ExceptionType ?? null) ?? []}
}

function fillBranches(args: JsonObject): JsonObject {
  const ifSteps = toSteps(args.IfSteps ?? []) as unknown as Json
  const elseSteps = toSteps(args.ElseSteps ?? []) as unknown as Json
  return {...args, IfSteps: ifSteps, ElseSteps: elseSteps}
}

/** The SDK writes null for what is not set. */
function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}

function isParameterType(type: Json): type is ParameterType {
  return type === 'String' || type === 'Integer' || type === 'Float' || type === 'Boolean'
}

function hasType(value: Json, type: ParameterType): boolean {
  switch (type) {
    case 'String':
      return typeof value === 'string'
    case 'Integer':
      return Number.isInteger(value)
    case 'Float':
      return typeof value === 'number'
    case 'Boolean':
      return typeof value === 'boolean'
  }
}

function refuse(problem: string): ParsedDefinition {
  return {ok: false, message: `Unable to parse pipeline definition. ${problem}`}
}
