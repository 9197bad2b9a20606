// What a definition's references mean while an execution runs.

import {localHints} from '../../cache/rehearsal.ts'
import {evaluate, type Resolution, type Resolver} from '../../definition/evaluate.ts'
import {parseFiniteJson} from '../../definition/finite-json.ts'
import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {parseParameterValue} from '../../definition/parameter-value.ts'
import {formatPropertyPath, readPath} from '../../definition/property-path.ts'
import type {Reference} from '../../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'

import {executionIdOf} from '../store/arns.ts'
import type {ExecutionRow, ParameterValue} from '../store/executions.ts'
import {parseS3Uri} from '../store/objects.ts'

export type ResolverDeps = {
  readonly definition: PipelineDefinition
  readonly execution: ExecutionRow
  readonly pipelineName: string
  findStep(name: string): StepDefinition | undefined
  /** What the step's Describe call returns; undefined before the step has succeeded. */
  findProperties(stepName: string): JsonObject | undefined
  readText(bucket: string, key: string): string | undefined
  now(): number
}

/** The resolver of one execution. Documents are read once. */
export function createResolver(deps: ResolverDeps): Resolver {
  const parameters = typedParameters(deps)
  const documents = new Map<string, Resolution>()
  const readDocument = (uri: string, what: string): Resolution => {
    const read = documents.get(uri) ?? parseDocument(uri, what, deps)
    documents.set(uri, read)
    return read
  }

  const resolve = (reference: Reference): Resolution => {
    switch (reference.kind) {
      case 'parameter': {
        const value = parameters.get(reference.name)
        return value === undefined ? unknown(`the pipeline has no parameter "${reference.name}"`) : known(value)
      }
      case 'execution':
        return resolveVariable(reference.variable, deps)
      case 'experiment':
        return resolveExperiment(reference.member, deps, resolve)
      case 'property':
        return resolveProperty(reference, deps)
      case 'propertyFile': {
        const place = locatePropertyFile(reference, deps)
        return place.kind === 'unknown' ? place : filledReport(reference, readDocument(place.uri, place.what), deps)
      }
      case 's3Json':
        return readDocument(reference.uri, `the JSON document ${reference.uri}`)
    }
  }
  return resolve
}

/** Lays the job's own name over the resolver: `Execution.TrainingJobName` means something within a job step only. */
export function withJobName(resolver: Resolver, jobName: string): Resolver {
  return (reference) => {
    const isOwnName = reference.kind === 'execution' && /^(Training|Processing)JobName$/.test(reference.variable)
    return isOwnName ? known(jobName) : resolver(reference)
  }
}

function typedParameters({definition, execution}: ResolverDeps): ReadonlyMap<string, Json> {
  const types = new Map(definition.Parameters.map(({Name, Type}) => [Name, Type]))
  const values = JSON.parse(execution.parameters) as readonly ParameterValue[]
  return new Map(values.map(({Name, Value}) => [Name, parseParameterValue(types.get(Name), Value) ?? Value]))
}

function resolveVariable(variable: string, {execution, pipelineName, now}: ResolverDeps): Resolution {
  switch (variable) {
    case 'PipelineName':
      return known(pipelineName)
    case 'PipelineArn':
      return known(execution.pipelineArn)
    case 'PipelineExecutionId':
      return known(executionIdOf(execution.arn))
    case 'PipelineExecutionArn':
      return known(execution.arn)
    case 'StartDateTime':
      return known(new Date(execution.createdAtMs).toISOString())
    case 'CurrentDateTime':
      return known(new Date(now()).toISOString())
    default:
      return unknown(`Execution.${variable} has no value here`)
  }
}

function resolveExperiment(member: string, {definition}: ResolverDeps, resolver: Resolver): Resolution {
  const config = definition.PipelineExperimentConfig
  const value = isJsonObject(config) ? config[member] : undefined
  if (value === undefined) return unknown(`the pipeline has no PipelineExperimentConfig.${member}`)
  const evaluated = evaluate(value, resolver)
  return evaluated.kind === 'known' ? evaluated : unknown(evaluated.reasons.join('; '))
}

function resolveProperty(reference: Extract<Reference, {kind: 'property'}>, deps: ResolverDeps): Resolution {
  const properties = deps.findProperties(reference.stepName)
  if (!properties) return unknown(`step "${reference.stepName}" has not succeeded`)
  const value = readPath(properties, reference.path)
  if (value !== undefined) return known(value)
  return unknown(`step "${reference.stepName}" has no property ${formatPropertyPath(reference.path)}`)
}

type Place = {readonly kind: 'place'; readonly uri: string; readonly what: string}

/** `<S3Uri of the output>/<FilePath>`, as the step's Describe call gives the output. */
function locatePropertyFile(
  {stepName, name}: Extract<Reference, {kind: 'propertyFile'}>,
  deps: ResolverDeps,
): Place | Extract<Resolution, {kind: 'unknown'}> {
  const file = deps.findStep(stepName)?.PropertyFiles?.find((one) => one.PropertyFileName === name)
  if (!file) return unknown(`step "${stepName}" has no property file "${name}"`)
  const properties = deps.findProperties(stepName)
  if (!properties) return unknown(`step "${stepName}" has not succeeded`)

  const path = [
    {kind: 'member', name: 'ProcessingOutputConfig'},
    {kind: 'member', name: 'Outputs'},
    {kind: 'key', key: file.OutputName},
    {kind: 'member', name: 'S3Output'},
    {kind: 'member', name: 'S3Uri'},
  ] as const
  const base = readPath(properties, path)
  if (typeof base !== 'string') return unknown(`step "${stepName}" has no output "${file.OutputName}"`)
  const what = `the property file "${name}" (${file.FilePath} in output "${file.OutputName}" of step "${stepName}")`
  return {kind: 'place', uri: `${base.replace(/\/+$/, '')}/${file.FilePath}`, what}
}

/** The stand-in for a report holds nothing unless it is told to: who rehearses a condition has to know. */
function filledReport(
  {stepName, name}: {stepName: string; name: string},
  read: Resolution,
  deps: ResolverDeps,
): Resolution {
  const isEmpty = read.kind === 'known' && isJsonObject(read.value) && Object.keys(read.value).length === 0
  if (!isEmpty || localHints(deps.definition.Metadata, stepName).runner !== 'simulate') return read
  return unknown(
    `step "${stepName}" is simulated, and its report "${name}" holds {}; local: {reports: {${name}: …}} gives it values`,
  )
}

function parseDocument(uri: string, what: string, {readText}: ResolverDeps): Resolution {
  const object = parseS3Uri(uri)
  if (!object) return unknown(`${what} has no S3 address: ${uri}`)
  let text: string | undefined
  try {
    text = readText(object.bucket, object.key)
    if (text === undefined) return unknown(`${what} is missing: there is no object ${uri}`)
    return known(parseFiniteJson(text))
  } catch (error) {
    // Node holds no text of more than 512 MiB.
    if (text === undefined) return unknown(`${what} cannot be read: ${messageOf(error)}`)
    if (error instanceof RangeError) return unknown(`${what} cannot be compared: ${error.message}`)
    return unknown(`${what} is not valid JSON: ${describeJsonError(error, text)}`)
  }
}

function describeJsonError(error: unknown, text: string): string {
  const message = messageOf(error)
  return /position \d+/.test(message) ? message : `${message} at position ${text.length}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function known(value: Json): Resolution {
  return {kind: 'known', value}
}

function unknown(reason: string): Extract<Resolution, {kind: 'unknown'}> {
  return {kind: 'unknown', reason}
}
