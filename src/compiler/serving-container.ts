// What model and register steps share: the container that serves a model, by default that of the step that trained it.

import type {Json, JsonObject} from '../definition/json.ts'
import type {ModelSpec, RegisterSpec, TrainingSpec} from '../spec/pipeline-spec.ts'
import {compileText, compileTextMap} from './compile-value.ts'
import type {StepScope} from './context.ts'
import {compileImage} from './images.ts'
import {unlessEmpty} from './job-parts.ts'
import {memberPlaces, type Place, type PlaceScope} from './place.ts'

/** The training step whose artifact the step takes, when `model:` refers to one. */
export function trainedBy(step: ModelSpec | RegisterSpec, scope: Pick<PlaceScope, 'steps'>): TrainingSpec | undefined {
  const reference = step.model?.kind === 'reference' ? step.model.reference : undefined
  const [part] = reference?.root === 'steps' ? reference.parts : []
  const trained = part?.kind === 'name' ? scope.steps.get(part.name) : undefined
  return trained?.kind === 'training' ? trained : undefined
}

/** Image, ModelDataUrl and Environment. */
export function servingContainer(
  step: ModelSpec | RegisterSpec,
  environment: JsonObject,
  scope: StepScope,
): JsonObject {
  return {
    Image: servingImage(step, scope),
    ModelDataUrl: step.model ? compileText(step.model, scope) : '',
    ...unlessEmpty('Environment', {...environment, ...compileTextMap(step.env, scope)}),
  }
}

/** What feeds the container at `base`. */
export function servingPlaces(base: string, step: ModelSpec | RegisterSpec, scope: PlaceScope): Place[] {
  const image = step.image ?? trainedBy(step, scope)?.image ?? scope.defaults.image
  return [
    [`${base}.Image`, image?.range],
    [`${base}.ModelDataUrl`, step.model?.range],
    [`${base}.Environment`, step.keyRanges.get('env')],
    ...memberPlaces(`${base}.Environment`, step.env),
  ]
}

function servingImage(step: ModelSpec | RegisterSpec, scope: StepScope): Json {
  const value = step.image ?? trainedBy(step, scope)?.image ?? scope.defaults.image
  if (value) return compileImage(value, scope)
  scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "image"`, {
    help: 'image: the image that serves the model, an alias such as sklearn:1.2-1 or a registry URI',
  })
  return ''
}
