// A spec in the making: for each step how it is written, and the whole put together.

import {isJsonObject, type JsonObject} from '../definition/json.ts'
import type {StepKindName} from '../spec/step-kinds.ts'
import {stepKinds} from '../spec/step-kinds.ts'
import {liftEnvelope} from './envelope.ts'
import type {Fault} from './evaluate.ts'
import {hasKey} from './kinds.ts'
import type {LiftContext, SpecMap, SpecValue} from './lift.ts'
import {lifts} from './lifts.ts'
import type {SourceDefinition, StepNode} from './read-definition.ts'
import {createReferences, type Names, type ReferenceStyle} from './references.ts'
import {liftExperiment, liftMlflow} from './top-level.ts'
import {writeText, writeValue} from './values.ts'
import type {SpecDocument} from './write-yaml.ts'

/** `lifted`: in short keys; `essential`: with those alone that the kind cannot do without; `raw`: in none. */
export type StepForm = 'lifted' | 'essential' | 'raw'

export type StepDraft = {
  readonly node: StepNode
  /** The step's name in the spec. */
  readonly key: string
  readonly kind: StepKindName
  readonly form: StepForm
  readonly style: ReferenceStyle
  /** Short keys that did not do. */
  readonly dropped: ReadonlySet<string>
  /** What has to be laid over the short keys; undefined until it was found out. */
  readonly overlay?: Overlay
}

export type Overlay = {readonly api: SpecMap; readonly definition: SpecMap}

export type Draft = {
  readonly pipelineName: string
  /** Beside the definition: `description` and `parallelism`. */
  readonly beside: SpecMap
  readonly source: SourceDefinition
  readonly names: Omit<Names, 'isShort'>
  readonly keys: ReadonlyMap<string, string>
  readonly parameters: ReadonlyMap<string, SpecValue>
  readonly defaults: SpecMap
  readonly steps: readonly StepDraft[]
  /** Keys at the top that did not do. */
  readonly dropped: ReadonlySet<string>
  readonly style: ReferenceStyle
  readonly definition?: SpecMap
}

/** A draft that compiles to its source; or why no draft does. */
export type Settled =
  | {readonly ok: true; readonly draft: Draft}
  | {readonly ok: false; readonly faults: readonly Fault[]}

/** What references can name as the draft stands. */
export function namesIn({names, steps}: Pick<Draft, 'names' | 'steps'>): Names {
  const short = new Set(steps.filter(({form}) => form === 'lifted').map(({node}) => node.name))
  return {...names, isShort: (name) => short.has(name)}
}

export function liftContext(names: Names, style: ReferenceStyle): LiftContext {
  const references = createReferences(names, style)
  return {
    value: (json) => writeValue(json, references),
    text: (json) => writeText(json, references),
    steps: names.steps,
  }
}

/** The whole spec. */
export function composeSpec(draft: Draft): SpecDocument {
  const {document} = draft.source
  const names = namesIn(draft)
  const context = liftContext(names, draft.style)
  const experiment = liftExperiment(document.PipelineExperimentConfig, context)
  const mlflow = liftMlflow(document.MlflowConfig, context)
  const steps = draft.steps.map((step): [string, SpecValue] => [
    step.key,
    withoutDefaults(composeStep(step, names, draft.keys), draft.defaults),
  ])
  const keys: SpecDocument = {
    ...draft.beside,
    ...(experiment ? {experiment} : {}),
    ...(mlflow ? {mlflow} : {}),
    ...(draft.parameters.size > 0 ? {parameters: draft.parameters} : {}),
    ...unlessEmpty('defaults', draft.defaults),
    steps: new Map(steps),
    ...unlessEmpty('definition', draft.definition ?? {}),
  }
  return {name: draft.pipelineName, ...without(keys, draft.dropped)}
}

/** The short keys of a step, and the keys around them. */
export function composeStep(draft: StepDraft, names: Names, keys: Draft['keys']): SpecMap {
  const {node, kind, form, style, dropped, overlay} = draft
  const context = liftContext(names, style)
  const keyOf = (name: string) => keys.get(name)
  // DependsOn comes out with the spec's names, so that it can name a step only that has kept its own.
  const {before, after} = liftEnvelope(node.step, form === 'raw' ? 'raw' : kind, (name) => keyOf(name) === name)
  const around = {before: without(before, dropped), after: without(after, dropped)}
  if (form === 'raw')
    return {type: 'raw', ...around.before, ...around.after, definition: rawStep(draft, around, context)}
  const lifted = without(liftedKeys(draft, context), dropped)
  return {
    type: kind,
    ...around.before,
    ...lifted,
    ...branches(node, keyOf),
    ...around.after,
    ...unlessEmpty('api', {...ownConditions(node, lifted, context), ...ownAlgorithm(draft, lifted, context)}),
    ...unlessEmpty('definition', overlay?.definition ?? {}),
  }
}

/** What the kind's lift says, less keys that steps of this kind do not have. */
function liftedKeys({node, kind, form}: StepDraft, context: LiftContext): SpecMap {
  const lift = lifts[kind]
  const lifted = lift ? lift(node.step, context) : {}
  const wanted = Object.entries(lifted).filter(
    ([key]) => hasKey(kind, key) && (form === 'lifted' || isEssential(kind, key)),
  )
  return Object.fromEntries(wanted)
}

/** Also the image and the role, which the compiler asks for where `defaults:` and the target have none. */
function isEssential(kind: StepKindName, key: string): boolean {
  const fields: Readonly<Record<string, {readonly isRequired: boolean}>> = stepKinds[kind]
  return key === 'image' || key === 'role' || fields[key]?.isRequired === true
}

/** Without an expression, the compiler asks a condition for SageMaker's own. */
function ownConditions({branches: own, step}: StepNode, lifted: SpecMap, context: LiftContext): SpecMap {
  if (!own || lifted.if !== undefined || !isJsonObject(step.Arguments)) return {}
  return {Conditions: context.value(step.Arguments.Conditions ?? [])}
}

/** What is laid over; without an image, the compiler asks a training step what runs in its place. */
function ownAlgorithm({node, kind, overlay}: StepDraft, lifted: SpecMap, context: LiftContext): SpecMap {
  const api = overlay?.api ?? {}
  if (kind !== 'training' || lifted.image !== undefined || !isJsonObject(node.step.Arguments)) return api
  const {AlgorithmSpecification: algorithm} = node.step.Arguments
  if (!isJsonObject(algorithm)) return {...api, AlgorithmSpecification: null}
  const {AlgorithmName: name} = algorithm
  if (name === undefined) return api
  const laidOver = api.AlgorithmSpecification as SpecMap | undefined
  return {...api, AlgorithmSpecification: {AlgorithmName: context.value(name), ...laidOver}}
}

/** A condition needs a branch, be it an empty one. */
function branches({branches: own}: StepNode, keyOf: (name: string) => string | undefined): SpecMap {
  if (!own) return {}
  const then = own.then.flatMap(({name}) => keyOf(name) ?? [])
  const otherwise = own.else.flatMap(({name}) => keyOf(name) ?? [])
  return {
    ...(then.length > 0 || otherwise.length === 0 ? {then} : {}),
    ...(otherwise.length > 0 ? {else: otherwise} : {}),
  }
}

/** Everything that the keys around it do not say. */
function rawStep({node, key}: StepDraft, around: {before: SpecMap; after: SpecMap}, context: LiftContext): SpecMap {
  const {Name: name, Type: type, Arguments, ...rest} = node.step
  const said = new Set<string>([
    ...(around.before.displayName === undefined ? [] : ['DisplayName']),
    ...(around.before.description === undefined ? [] : ['Description']),
    ...(around.after.dependsOn === undefined ? [] : ['DependsOn']),
  ])
  const members = Object.entries(rest).filter(([member]) => !said.has(member))
  return {
    ...(name === key ? {} : {Name: context.value(name ?? null)}),
    Type: context.value(type ?? null),
    Arguments: Arguments === undefined ? null : rawArguments(node, context),
    ...Object.fromEntries(members.map(([member, value]) => [member, context.value(value)])),
  }
}

/** The compiler gives every condition both branches. */
function rawArguments({type, step}: StepNode, context: LiftContext): SpecValue {
  const written = context.value(step.Arguments ?? null)
  if (type !== 'Condition' || !isJsonObject(written)) return written
  const absent = ['IfSteps', 'ElseSteps'].filter((side) => !Object.hasOwn(written, side))
  return {...written, ...Object.fromEntries(absent.map((side) => [side, null]))}
}

function without<Value>(
  map: {readonly [key: string]: Value},
  keys: ReadonlySet<string>,
): {readonly [key: string]: Value} {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.has(key)))
}

function withoutDefaults(step: SpecMap, defaults: SpecMap): SpecMap {
  return Object.fromEntries(
    Object.entries(step).filter(([key, value]) => !Object.hasOwn(defaults, key) || !isSame(value, defaults[key])),
  )
}

function isSame(a: SpecValue | undefined, b: SpecValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function unlessEmpty(key: string, map: SpecMap): SpecMap {
  return Object.keys(map).length > 0 ? {[key]: map} : {}
}

/** A name for each step that a spec can have: its own, or one made from it. */
export function specKeys(flat: readonly StepNode[]): Map<string, string> {
  const keys = new Map<string, string>()
  const taken = new Set(flat.map(({name}) => name).filter(isStepName))
  for (const {name} of flat) {
    const key = isStepName(name) ? name : freeKey(name, taken)
    taken.add(key)
    keys.set(name, key)
  }
  return keys
}

function isStepName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(name)
}

function freeKey(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 58) || 'step'
  if (!taken.has(plain)) return plain
  let number = 2
  while (taken.has(`${plain}-${number}`)) number += 1
  return `${plain}-${number}`
}

/** Steps that keep their name can be referred to by it. */
export function nameable(flat: readonly StepNode[], keys: ReadonlyMap<string, string>): Map<string, JsonObject> {
  return new Map(flat.filter(({name}) => keys.get(name) === name).map(({name, step}) => [name, step]))
}
