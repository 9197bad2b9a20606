// Takes deploy steps apart when the spec is read, so that the compiler sees ordinary steps only: `<name>-model`,
// `<name>-config`, and `<name>`, the endpoint.

import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import type {Fields, Read} from './fields.ts'
import type {KeyRanges} from './node.ts'
import type {StepOf, StepSpec} from './pipeline-spec.ts'
import type {DeployFields} from './steps/deploy.ts'
import {endpointFields} from './steps/endpoint.ts'
import {endpointConfigFields} from './steps/endpoint-config.ts'
import {modelFields} from './steps/model.ts'
import type {Located, PathPart, Reference, Value} from './value.ts'

/** Where a step stands in the spec. */
type StepPlace = {
  readonly name: string
  readonly nameRange: Range
  readonly range: Range
  readonly keyRanges: KeyRanges
}

/** The steps that a deploy step stands for, in the order in which they run; undefined when it has no model to deploy. */
export function expandDeploy(
  fields: DeployFields,
  place: StepPlace,
  findings: DiagnosticCollector,
): StepSpec[] | undefined {
  if (!fields.model) return undefined
  const makesModel = !namesModel(fields.model)
  if (!makesModel) reportModelKeys(fields, findings)
  const modelName = makesModel ? nameOf(`${place.name}-model`, fields.model.range) : fields.model
  const config = endpointConfigStep(fields, modelName, place)
  const endpoint = endpointStep(fields, config.name, place)
  if (makesModel) return [{...modelStep(fields, place), dependsOn: fields.dependsOn}, config, endpoint]
  return [{...config, dependsOn: fields.dependsOn}, endpoint]
}

/** A step is collected under the name that the user gave; whoever names it in a branch means all that it stands for. */
type Expansion = ReadonlyMap<string, readonly string[]>

/** Conditions with every deploy step in their branches replaced by the steps that it stands for. */
export function expandBranches(steps: readonly StepSpec[], expansion: Expansion): StepSpec[] {
  const expand = (names: Located<string>[] | undefined) =>
    names?.flatMap(({value, range}) => (expansion.get(value) ?? [value]).map((name) => ({value: name, range})))
  return steps.map((step) =>
    step.kind === 'condition' ? {...step, then: expand(step.then), else: expand(step.else)} : step,
  )
}

/** The steps that a deploy step adds have names that the user did not write: a step of that name is reported. */
export function reportTakenNames(
  steps: readonly StepSpec[],
  expansion: Expansion,
  findings: DiagnosticCollector,
): void {
  for (const [deployName, names] of expansion) {
    const {nameRange} = steps.find(({name}) => name === deployName) ?? {}
    for (const name of names) {
      const taken = steps.find((step) => step.name === name && step.nameRange !== nameRange)
      if (!taken || !nameRange) continue
      const message = `the deploy step "${deployName}" makes a step "${name}", but another step has that name`
      findings.error('name-collision', nameRange, message, {
        related: [{range: taken.nameRange, message: 'the other one is here'}],
      })
    }
  }
}

function modelStep(fields: DeployFields, place: StepPlace): StepOf<'model'> {
  const {model, image, code: script, env, role, tags, retry, api} = fields
  return {
    ...unset(modelFields),
    ...{model, image, code: script, env, role, tags, retry, api: api?.model},
    ...placed(place, '-model', ['model', 'image', 'code', 'env', 'role', 'tags', 'retry', 'dependsOn']),
    kind: 'model',
  }
}

function endpointConfigStep(
  fields: DeployFields,
  model: Value | undefined,
  place: StepPlace,
): StepOf<'endpoint-config'> {
  const {instance, serverless, capture, tags, retry, local, api} = fields
  const served = fields.variants?.map(({value, ...variant}) => ({
    ...variant,
    value: {...value, model: value.model ?? model},
  }))
  return {
    ...unset(endpointConfigFields),
    ...{model: served ? undefined : model, variants: served, instance, serverless, capture, tags, retry, local},
    api: api?.config,
    ...placed(place, '-config', [
      'instance',
      'serverless',
      'variants',
      'capture',
      'tags',
      'retry',
      'local',
      'dependsOn',
    ]),
    kind: 'endpoint-config',
  }
}

function endpointStep(fields: DeployFields, configStep: string, place: StepPlace): StepOf<'endpoint'> {
  const {displayName, description, endpoint, tags, retry, local, api} = fields
  return {
    ...unset(endpointFields),
    ...{displayName, description, endpoint, tags, retry, local, api: api?.endpoint},
    config: nameOf(configStep, place.nameRange),
    ...placed(place, '', ['type', 'displayName', 'description', 'endpoint', 'tags', 'retry', 'local']),
    kind: 'endpoint',
  }
}

/** `${steps.<step>.name}` and a text that is no URI name a model; anything else is an artifact to make one of. */
function namesModel(model: Value | undefined): boolean {
  if (model?.kind === 'literal') return !model.text.includes('/')
  if (model?.kind !== 'reference' || model.reference.root !== 'steps') return false
  const [, property, extra] = model.reference.parts
  return property?.kind === 'name' && !extra && (property.name === 'name' || property.name === 'ModelName')
}

function reportModelKeys(fields: DeployFields, findings: DiagnosticCollector): void {
  for (const [key, range] of [
    ['image', fields.image?.range],
    ['code', fields.code?.range],
    ['env', fields.env?.[0]?.nameRange],
  ] as const) {
    if (!range) continue
    findings.error(
      'exclusive-keys',
      range,
      `"${key}" is for making a model, but "model" names one that is there already`,
      {
        help: 'say it at the step that makes the model',
      },
    )
  }
}

/** `${steps.<step>.name}`, shown where the user wrote what it comes from. */
function nameOf(step: string, range: Range): Value {
  const part = (name: string): PathPart => ({kind: 'name', name, range})
  const reference: Reference = {root: 'steps', parts: [part(step), part('name')], text: `steps.${step}.name`, range}
  return {kind: 'reference', reference, range}
}

function placed(place: StepPlace, suffix: string, keys: readonly string[]): StepPlace {
  const keyRanges = new Map([...place.keyRanges].filter(([key]) => keys.includes(key)))
  return {...place, name: `${place.name}${suffix}`, keyRanges}
}

/** Every key of a kind, with nothing said. */
function unset<F extends Fields>(fields: F): Read<F> {
  return Object.fromEntries(Object.keys(fields).map((key) => [key, undefined])) as Read<F>
}
