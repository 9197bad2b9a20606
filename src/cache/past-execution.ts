// What an earlier execution was given and did, and from that the cache keys of the steps that really ran in it.
// Pure: definition, parameters and steps come in as data; what only a Describe call or an S3 object can tell is asked for
// as a need, and whoever asked tries again when the facts have grown.

import {evaluate, type Resolution, type Resolver} from '../definition/evaluate.ts'
import {flattenSteps} from '../definition/flat-steps.ts'
import type {Json, JsonObject} from '../definition/json.ts'
import {formatPropertyPath, type PropertyPath, readPath} from '../definition/property-path.ts'
import {formatReference, type Reference} from '../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../definition/types.ts'
import {keyAttributes} from './key-attributes.ts'
import {localHints, rehearsalSignature} from './rehearsal.ts'
import {keyOf, stepSignature} from './step-signature.ts'

export type PastStep = {
  readonly name: string
  readonly status: string
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  /** The execution that it was taken from: of a cache hit the one that really ran it; of a copy it may be a copy there. */
  readonly cachedFrom?: string
  /** The job, model or model package that the step made. */
  readonly resourceArn?: string
  /** Rehearsed by the embedded engine. */
  readonly isSimulated?: true
}

export type PastExecution = {
  readonly arn: string
  readonly pipelineName: string
  readonly startedAtMs: number
  readonly definition: PipelineDefinition
  /** Values in force, typed. */
  readonly parameters: ReadonlyMap<string, Json>
  readonly steps: ReadonlyMap<string, PastStep>
}

/** One success of a step that really ran. */
export type PastRun = {
  readonly stepName: string
  readonly executionArn: string
  readonly finishedAtMs: number
  readonly seconds: number
  /** Undefined when the key cannot be put together again, and is never equal to a later one. */
  readonly signature: string | undefined
  readonly isSimulated?: true
}

/** `ask` answers undefined for what is not known yet, and notes that it was wanted. */
export type Facts = {
  execution(arn: string): PastExecution | undefined
  /** What the Describe call of a step's resource returns; `gone` when it is there no more. */
  properties(resourceArn: string): JsonObject | 'gone' | undefined
  /** A JSON document in S3. */
  document(uri: string): {readonly json: Json} | 'gone' | undefined
}

/** The part of a step's Arguments that a property path mirrors, references and all; undefined when the request has none. */
export function requestAt(step: StepDefinition, path: PropertyPath): Json | undefined {
  return readPath(step.Arguments, path)
}

/** `<S3Uri of the output>/<FilePath>` as a property path to the URI and the file behind it. */
export function propertyFilePlace(
  step: StepDefinition | undefined,
  name: string,
): {readonly output: PropertyPath; readonly file: string} | undefined {
  const file = step?.PropertyFiles?.find((one) => one.PropertyFileName === name)
  if (!file) return undefined
  const output: PropertyPath = [
    {kind: 'member', name: 'ProcessingOutputConfig'},
    {kind: 'member', name: 'Outputs'},
    {kind: 'key', key: file.OutputName},
    {kind: 'member', name: 'S3Output'},
    {kind: 'member', name: 'S3Uri'},
  ]
  return {output, file: file.FilePath}
}

/** A property of a step as an execution saw it: that of the run which a cache hit reused. */
export function pastProperty(execution: PastExecution, stepName: string, path: PropertyPath, facts: Facts): Resolution {
  const past = execution.steps.get(stepName)
  const source = past?.cachedFrom === undefined ? execution : facts.execution(past.cachedFrom)
  if (!past || !source) return unknown(`the execution that ran "${stepName}" is not known`)
  // A selective execution may have copied what was a copy or a cache hit itself.
  if (source !== execution) return pastProperty(source, stepName, path, facts)
  const step = findStep(source.definition, stepName)
  const raw = step && requestAt(step, path)
  if (raw !== undefined) {
    const evaluated = evaluate(raw, pastResolver(source, facts))
    return evaluated.kind === 'known' ? evaluated : unknown(evaluated.reasons.join('; '))
  }
  const described = past.resourceArn === undefined ? 'gone' : facts.properties(past.resourceArn)
  const value = typeof described === 'object' ? readPath(described, path) : undefined
  return value === undefined ? unknown(`${formatPropertyPath(path)} of "${stepName}" is not known`) : known(value)
}

/** What references meant in an earlier execution. */
export function pastResolver(execution: PastExecution, facts: Facts): Resolver {
  return (reference) => {
    switch (reference.kind) {
      case 'parameter': {
        const value = execution.parameters.get(reference.name)
        return value === undefined ? unknown(`parameter ${reference.name} had no value`) : known(value)
      }
      case 'execution':
        return pastVariable(reference.variable, execution)
      case 'property':
        return pastProperty(execution, reference.stepName, reference.path, facts)
      case 'propertyFile':
        return pastDocument(execution, reference, facts)
      default:
        return unknown(`${formatReference(reference)} cannot be told afterwards`)
    }
  }
}

/** The key of a step as the execution resolved it, or undefined when it cannot be put together again. */
export function pastKey(execution: PastExecution, stepName: string, facts: Facts): JsonObject | undefined {
  const step = findStep(execution.definition, stepName)
  if (!step) return undefined
  const resolver = pastResolver(execution, facts)
  const resolved = keyArguments(step).map(([name, value]) => [name, evaluate(value, resolver)] as const)
  const values: Record<string, Json> = {}
  for (const [name, evaluated] of resolved) {
    if (evaluated.kind === 'unknown') return undefined
    values[name] = evaluated.value
  }
  return keyOf(step.Type, values)
}

/** Every step of the execution that really ran and succeeded, with its signature. */
export function pastRuns(execution: PastExecution, facts: Facts): PastRun[] {
  return [...execution.steps.values()].flatMap((past): PastRun[] => {
    const {name, status, endedAtMs, startedAtMs = endedAtMs, cachedFrom} = past
    const step = findStep(execution.definition, name)
    if (status !== 'Succeeded' || cachedFrom !== undefined || endedAtMs === undefined || !step) return []
    const key = pastKey(execution, name, facts)
    const hints = localHints(execution.definition.Metadata, name)
    return [
      {
        stepName: name,
        executionArn: execution.arn,
        finishedAtMs: endedAtMs,
        seconds: (endedAtMs - (startedAtMs ?? endedAtMs)) / 1000,
        signature: key && rehearsalSignature(step.Type, stepSignature(step.Type, key), hints),
        ...(past.isSimulated ? {isSimulated: true} : {}),
      },
    ]
  })
}

/** The members of a step's Arguments that its key is made of, unresolved; of a check, those of its envelope too. */
export function keyArguments(step: StepDefinition): [string, Json][] {
  const wanted = new Set(keyAttributes(step.Type).map((attribute) => attribute.split('.')[0]))
  return Object.entries(keyOf(step.Type, {...(step as unknown as JsonObject), ...step.Arguments})).filter(([name]) =>
    wanted.has(name),
  )
}

const stepIndex = new WeakMap<PipelineDefinition, ReadonlyMap<string, StepDefinition>>()

/** The step of that name, in branches too. */
export function findStep(definition: PipelineDefinition, name: string): StepDefinition | undefined {
  const index = stepIndex.get(definition) ?? new Map(flattenSteps(definition).map(({step}) => [step.Name, step]))
  stepIndex.set(definition, index)
  return index.get(name)
}

function pastVariable(variable: string, execution: PastExecution): Resolution {
  switch (variable) {
    case 'PipelineExecutionArn':
      return known(execution.arn)
    case 'PipelineExecutionId':
      return known(executionId(execution.arn))
    case 'StartDateTime':
      return known(new Date(execution.startedAtMs).toISOString())
    default:
      // A time of day or a job's own name: whatever it was, no later key equals it, as none holds a NUL.
      return constantVariable(variable, execution) ?? known(`\0${variable}`)
  }
}

/** The variables that are the same in every execution of a pipeline. `arn` is that of the pipeline or of an execution. */
export function constantVariable(
  variable: string,
  {arn, pipelineName}: {readonly arn: string; readonly pipelineName: string},
): Resolution | undefined {
  if (variable === 'PipelineArn') return known(arn.split('/execution/')[0] ?? arn)
  return variable === 'PipelineName' ? known(pipelineName) : undefined
}

function pastDocument(
  execution: PastExecution,
  {stepName, name}: Extract<Reference, {kind: 'propertyFile'}>,
  facts: Facts,
): Resolution {
  const past = execution.steps.get(stepName)
  const source = past?.cachedFrom === undefined ? execution : facts.execution(past.cachedFrom)
  const place = source && propertyFilePlace(findStep(source.definition, stepName), name)
  if (!place) return unknown(`the property file "${name}" of "${stepName}" is not known`)
  const uri = pastProperty(execution, stepName, place.output, facts)
  if (uri.kind === 'unknown') return uri
  const document = `${String(uri.value).replace(/\/+$/, '')}/${place.file}`
  // At a place of no execution a later run has written since: what stands there now is not what was read then.
  if (!document.includes(executionId(source.arn))) return unknown(`${document} has been overwritten since`)
  return readDocument(document, facts)
}

function executionId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

export function readDocument(uri: string, facts: Facts): Resolution {
  const read = facts.document(uri)
  return typeof read === 'object' ? known(read.json) : unknown(`${uri} is not known`)
}

function known(value: Json): Resolution {
  return {kind: 'known', value}
}

function unknown(reason: string): Resolution {
  return {kind: 'unknown', reason}
}
