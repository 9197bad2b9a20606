// What has changed between two definitions, by step and parameter and the path inside them. Order that means nothing to
// SageMaker is no change: that of steps, parameters, DependsOn, property files, enum values and lists whose elements carry names.

import {keyAttributes} from '../cache/key-attributes.ts'
import {keyOf} from '../cache/step-signature.ts'
import {ownContent} from '../definition/dependencies.ts'
import {type FlatStep, flattenSteps} from '../definition/flat-steps.ts'
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {type Difference, jsonDifferences} from '../definition/json-difference.ts'
import {formatPropertyPath} from '../definition/property-path.ts'
import type {ParameterDefinition, PipelineDefinition, StepDefinition} from '../definition/types.ts'

export type Change = {
  /** `added` has no `before`, `removed` no `after`. */
  readonly kind: 'added' | 'removed' | 'changed'
  /** The name is empty for the pipeline: its definition does not hold it. */
  readonly subject: {readonly kind: 'step' | 'parameter' | 'pipeline'; readonly name: string}
  /** Into the subject: `Arguments.Environment.STAGE`, `DefaultValue`, `Branch`; empty when the subject itself came or went. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
  /** Of Arguments of a step type that SageMaker caches: whether the cache key holds it. */
  readonly inKey?: boolean
}

/** First what concerns the whole pipeline, then parameters, then steps, each in the order of `before`, what is new last. */
export function definitionChanges(before: PipelineDefinition, after: PipelineDefinition): Change[] {
  return [
    ...pipelineChanges(before, after),
    ...changesByName('parameter', parametersOf(before), parametersOf(after), parameterDifferences),
    ...changesByName('step', stepsOf(before), stepsOf(after), stepDifferences),
  ]
}

type Subject = Change['subject']
type KeyedDifference = Difference & {readonly inKey?: boolean}

/** Compares what has the same name on both sides; what stands on one side only is one change. */
function changesByName<T extends {readonly content: Json}>(
  kind: Subject['kind'],
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  differences: (before: T, after: T) => readonly KeyedDifference[],
): Change[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((name) => {
    const left = before.get(name)
    const right = after.get(name)
    const found = left && right ? differences(left, right) : [{path: '', ...sides(left?.content, right?.content)}]
    return found.map((difference) => toChange({kind, name}, difference))
  })
}

export function toChange(subject: Subject, difference: KeyedDifference): Change {
  return {kind: kindOf(difference), subject, ...difference}
}

function kindOf({before, after}: Difference): Change['kind'] {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

function sides(before: Json | undefined, after: Json | undefined): Pick<Difference, 'before' | 'after'> {
  return {...(before === undefined ? {} : {before}), ...(after === undefined ? {} : {after})}
}

function pipelineChanges(before: PipelineDefinition, after: PipelineDefinition): Change[] {
  return jsonDifferences(pipelineContent(before), pipelineContent(after)).map((difference) =>
    toChange({kind: 'pipeline', name: ''}, difference),
  )
}

function pipelineContent(definition: PipelineDefinition): Json {
  const {Parameters: _parameters, Steps: _steps, ...content} = definition
  return content
}

type NamedParameter = {readonly content: JsonObject; readonly allowed: readonly string[] | undefined}

function parametersOf({Parameters: parameters}: PipelineDefinition): Map<string, NamedParameter> {
  return new Map(parameters.map((parameter) => [parameter.Name, toParameter(parameter)]))
}

/** Without a Type a parameter is a String. */
function toParameter({EnumValues: allowed, ...parameter}: ParameterDefinition): NamedParameter {
  const content = {...parameter, Type: parameter.Type ?? 'String'}
  return {content: allowed ? {...content, EnumValues: [...allowed]} : content, allowed}
}

function parameterDifferences(before: NamedParameter, after: NamedParameter): Difference[] {
  const {EnumValues: left, ...rest} = before.content
  const {EnumValues: right, ...otherRest} = after.content
  const isSameEnum = setText(before.allowed) === setText(after.allowed)
  return [...jsonDifferences(rest, otherRest), ...(isSameEnum ? [] : [{path: 'EnumValues', ...sides(left, right)}])]
}

function setText(values: readonly string[] | undefined): string | undefined {
  return values && canonicalJson([...new Set(values)].sort())
}

type PlacedStep = {readonly content: Json; readonly step: StepDefinition; readonly branch: string | undefined}

function stepsOf(definition: PipelineDefinition): Map<string, PlacedStep> {
  return new Map(flattenSteps(definition).map((flat) => [flat.step.Name, toPlacedStep(flat)]))
}

function toPlacedStep({step, parent}: FlatStep): PlacedStep {
  const branch = parent && `${parent.condition}.${parent.branch === 'If' ? 'then' : 'else'}`
  return {content: ownContent(step), step, branch}
}

function stepDifferences(before: PlacedStep, after: PlacedStep): KeyedDifference[] {
  const {Arguments: left = null, ...envelope} = comparedContent(before)
  const {Arguments: right = null, ...otherEnvelope} = comparedContent(after)
  const types = [before.step.Type, after.step.Type]
  return [
    ...(before.branch === after.branch ? [] : [{path: 'Branch', ...sides(before.branch, after.branch)}]),
    ...jsonDifferences(envelope, otherEnvelope),
    ...jsonDifferences(left, right).map((difference) => argumentDifference(difference, types)),
    ...setDifferences('DependsOn', before.step.DependsOn ?? [], after.step.DependsOn ?? []),
    ...propertyFileDifferences(before.step, after.step),
  ]
}

/** What is compared member by member; the lists left out are compared by name. */
function comparedContent({content}: PlacedStep): JsonObject {
  if (!isJsonObject(content)) return {}
  const {DependsOn: _needed, PropertyFiles: _files, ...rest} = content
  return rest
}

function argumentDifference(difference: Difference, types: readonly string[]): KeyedDifference {
  const cached = types.filter((type) => keyAttributes(type).length > 0)
  const inKey = cached.length > 0 ? {inKey: cached.some((type) => isInKey(type, difference))} : {}
  return {...difference, path: joinPath('Arguments', difference.path), ...inKey}
}

/** Inside a key attribute, or a member that holds one and came or went as a whole. */
function isInKey(type: string, {path, before, after}: Difference): boolean {
  if (keyAttributes(type).some((attribute) => isWithin(path, attribute))) return true
  const [left, right] = [before, after].map((value) => canonicalJson(keyOf(type, {[path]: value ?? null})))
  return left !== right
}

function isWithin(path: string, attribute: string): boolean {
  return path === attribute || path.startsWith(`${attribute}.`) || path.startsWith(`${attribute}[`)
}

function joinPath(base: string, path: string): string {
  return path === '' || path.startsWith('[') ? `${base}${path}` : `${base}.${path}`
}

function setDifferences(path: string, before: readonly string[], after: readonly string[]): Difference[] {
  const values = (names: readonly string[]) => new Map(names.map((name) => [name, name]))
  return differencesByName(path, values(before), values(after))
}

/** A property file is known by its PropertyFileName; two may lie in one output. */
function propertyFileDifferences(before: StepDefinition, after: StepDefinition): Difference[] {
  const files = ({PropertyFiles: list = []}: StepDefinition) =>
    new Map(list.map((file): [string, Json] => [file.PropertyFileName, file]))
  return differencesByName('PropertyFiles', files(before), files(after))
}

function differencesByName(
  path: string,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const base = `${path}${formatPropertyPath([{kind: 'key', key: name}])}`
    return jsonDifferences(before.get(name), after.get(name)).map((difference) => ({
      ...difference,
      path: joinPath(base, difference.path),
    }))
  })
}
