// What model and register steps share: the containers that serve a model, by default as the step says that made it.

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import type {ModelSpec, RegisterSpec, StepOf, StepSpec, TrainingSpec} from '../../spec/pipeline-spec.ts'
import type {ContainerSpec} from '../../spec/shapes/serving.ts'
import {referencesIn, type Value} from '../../spec/value.ts'
import type {StepScope} from '../context.ts'
import {compileImage} from '../images/images.ts'
import {archiveCode, compileLocation} from '../local-content.ts'
import {entryRange, memberPlaces, type Place, type PlaceScope} from '../place.ts'
import {compileText, compileTextMap, staticText} from '../values/compile-value.ts'
import {mergeApi} from '../values/merge-api.ts'

/** CreateModel and CreateModelPackage take as many. */
const maximumContainers = 15

export type ServingSpec = ModelSpec | RegisterSpec

/** A container, or a step that describes its only one. */
type Container = Pick<ContainerSpec, 'model' | 'image' | 'code' | 'env' | 'keyRanges'> &
  Partial<Pick<ContainerSpec, 'package'>>

/** A step that a model can come from. */
type MakerSpec = TrainingSpec | StepOf<'tuning'> | StepOf<'automl'> | ModelSpec

/** The step that made the artifact, when `model:` refers to one. */
export function madeBy(model: Value | undefined, scope: Pick<PlaceScope, 'steps'>): MakerSpec | undefined {
  for (const {root, parts} of model ? referencesIn(model) : []) {
    const [part] = root === 'steps' ? parts : []
    const step = part?.kind === 'name' ? scope.steps.get(part.name) : undefined
    if (step && isMaker(step)) return step
  }
  return undefined
}

function isMaker(step: StepSpec): step is MakerSpec {
  return step.kind === 'training' || step.kind === 'tuning' || step.kind === 'automl' || step.kind === 'model'
}

/** The inputs that the model was trained on, as far as the spec tells. */
export function trainedOn(step: ServingSpec, scope: Pick<PlaceScope, 'steps'>): readonly Value[] {
  const [first] = step.containers ?? []
  const maker = madeBy(step.model ?? first?.model, scope)
  const trained = maker?.kind === 'model' ? madeBy(maker.model, scope) : maker
  if (trained?.kind !== 'training' && trained?.kind !== 'tuning') return []
  const definitions = trained.kind === 'tuning' ? (trained.definitions ?? []) : []
  const inputs = [...(trained.inputs ?? []), ...definitions.flatMap(({value}) => value.inputs ?? [])]
  return inputs.flatMap(({value}) => value.contentType ?? [])
}

/** The containers of the step: those it lists, or the one that it describes itself. */
export function servingContainers(step: ServingSpec, scope: StepScope): JsonObject[] {
  if (!step.containers) return [servingContainer(step, step.nameRange, scope)]
  reportSingle(step, scope)
  const {length} = step.containers
  if (length > maximumContainers || length === 0) {
    const message = `step "${step.name}" has ${length} containers; SageMaker takes 1 to ${maximumContainers}`
    scope.findings.error('out-of-range', step.keyRanges.get('containers') ?? step.nameRange, message)
  }
  return step.containers.map((container) => {
    const hostname = container.name ? {ContainerHostname: container.name.value} : {}
    const own = {...hostname, ...servingContainer(container, firstKey(container) ?? step.nameRange, scope)}
    return container.api ? mergeApi(own, container.api, scope) : own
  })
}

function firstKey({keyRanges}: Container): Range | undefined {
  return keyRanges.values().next().value
}

function reportSingle(step: ServingSpec, scope: StepScope): void {
  for (const key of ['model', 'image', 'code', 'env', 'package']) {
    const range = step.keyRanges.get(key)
    if (!range) continue
    scope.findings.error('exclusive-keys', range, `"${key}" and "containers" exclude each other`, {
      help: `write "${key}" into one of the containers`,
    })
  }
}

/** Image, ModelDataUrl and Environment, or the ModelPackageName that stands for them. */
function servingContainer(container: Container, range: Range, scope: StepScope): JsonObject {
  if (container.package) {
    for (const key of ['model', 'image', 'code']) {
      const other = container.keyRanges.get(key)
      if (other) scope.findings.error('exclusive-keys', other, `"${key}" and "package" exclude each other`)
    }
    return {
      ModelPackageName: compileText(container.package, scope),
      ...(container.env ? {Environment: compileTextMap(container.env, scope)} : {}),
    }
  }
  const environment = servingEnvironment(container, scope)
  return {
    Image: servingImage(container, range, scope),
    ...(container.model ? {ModelDataUrl: modelLocation(container.model, scope)} : {}),
    ...(Object.keys(environment).length > 0 || container.env ? {Environment: environment} : {}),
  }
}

/** Models may lie behind https:// as well. Source: ContainerDefinition, ModelDataUrl. */
function modelLocation(model: Value, scope: StepScope): Json {
  const isWeb = staticText(model, scope)?.startsWith('https://')
  return isWeb ? compileText(model, scope) : compileLocation(model, 'data', scope)
}

function servingImage(container: Container, range: Range, scope: StepScope): Json {
  const maker = madeBy(container.model, scope)
  if (!container.image && maker?.kind === 'automl') return automlContainer(maker, 'Image')
  const value = imageValue(container, scope)
  if (value) return compileImage(value, scope, {isServing: true, range: container.image ? undefined : range})
  scope.findings.error('missing-key', range, `step "${scope.stepName}" has no "image"`, {
    help: 'image: the image that serves the model, an alias such as sklearn:1.2-1 or a registry URI',
  })
  return ''
}

/** The container's own, else that of the step that made the model, else that of `defaults:`. */
function imageValue(container: Container, scope: PlaceScope): Value | undefined {
  const maker = madeBy(container.model, scope)
  const ofMaker = () => {
    if (maker?.kind === 'model') return maker.containers ? undefined : imageValue(maker, scope)
    if (maker?.kind === 'automl') return undefined
    return maker?.image ?? (maker?.kind === 'tuning' ? maker.definitions?.[0]?.value.image : undefined)
  }
  return container.image ?? ofMaker() ?? scope.defaults.image
}

/** What a model made by Autopilot needs. Source: SageMaker Python SDK, workflow/automl_step.py. */
const automlVariables = [
  'MODEL_NAME',
  'SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT',
  'SAGEMAKER_INFERENCE_OUTPUT',
  'SAGEMAKER_INFERENCE_SUPPORTED',
  'SAGEMAKER_PROGRAM',
  'SAGEMAKER_SUBMIT_DIRECTORY',
]

/** Variables of the step that made the model, the inference script, then the container's own variables. */
function servingEnvironment(container: Container, scope: StepScope): JsonObject {
  const code = container.code && archiveCode(container.code, scope)
  return {
    ...inheritedEnvironment(container, scope),
    ...(code ? {SAGEMAKER_PROGRAM: code.entry, SAGEMAKER_SUBMIT_DIRECTORY: code.s3Uri} : {}),
    ...compileTextMap(container.env, scope),
  }
}

function inheritedEnvironment({model, image}: Container, scope: StepScope): JsonObject {
  const maker = image ? undefined : madeBy(model, scope)
  if (maker?.kind === 'automl') {
    return Object.fromEntries(automlVariables.map((name) => [name, automlContainer(maker, `Environment['${name}']`)]))
  }
  return maker?.kind === 'model' && !maker.containers ? servingEnvironment(maker, scope) : {}
}

function automlContainer(maker: StepOf<'automl'>, member: string): JsonObject {
  return {Get: `Steps.${maker.name}.BestCandidate.InferenceContainers[0].${member}`}
}

/** What feeds the containers at `list`, or the single one at `single`. */
export function servingPlaces(single: string, list: string, step: ServingSpec, scope: PlaceScope): Place[] {
  if (!step.containers) return containerPlaces(single, step, scope)
  return [
    [list, step.keyRanges.get('containers')],
    ...step.containers.flatMap((container, at): Place[] => [
      ...containerPlaces(`${list}[${at}]`, container, scope),
      [`${list}[${at}].ContainerHostname`, container.name?.range],
    ]),
  ]
}

function containerPlaces(base: string, container: Container, scope: PlaceScope): Place[] {
  const maker = container.image ? undefined : madeBy(container.model, scope)
  const isInherited = maker?.kind === 'automl' || maker?.kind === 'model'
  const image = maker?.kind === 'automl' ? container.model : imageValue(container, scope)
  return [
    [`${base}.Image`, image?.range],
    [`${base}.ModelDataUrl`, container.model?.range],
    [`${base}.ModelPackageName`, container.package?.range],
    [`${base}.Environment`, container.keyRanges.get('env') ?? (isInherited ? container.model?.range : undefined)],
    ...memberPlaces(`${base}.Environment`, container.env),
    [`${base}.Environment.SAGEMAKER_PROGRAM`, entryRange(container.code)],
    [`${base}.Environment.SAGEMAKER_SUBMIT_DIRECTORY`, container.code?.path.range],
  ]
}
