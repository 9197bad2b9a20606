// What a request may ask of a variant beside its answer: one of many models, containers or inference components. Wording as seen from
// the service: the target model header, and the inference component name that is required; the other two are not documented.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import {containersOf} from '../runners/hosting/hosted-model.ts'

export type Target = {
  readonly targetModel?: string
  readonly targetContainer?: string
  readonly inferenceComponent?: string
}

/** Why the variant with this CreateModel request, or with none of its own, cannot be asked so. */
export function refuseTarget(endpointName: string, target: Target, model: JsonObject | undefined): string | undefined {
  const {targetModel, targetContainer, inferenceComponent} = target
  if (model && inferenceComponent !== undefined) {
    return `Endpoint ${endpointName} has no inference components and does not support inference component name header.`
  }
  if (!model && inferenceComponent === undefined) {
    return 'Inference Component Name header is required for endpoints to which you plan to deploy inference components. Please include Inference Component Name header or consider using SageMaker models.'
  }
  if (targetModel !== undefined && !isMultiModel(model)) {
    return `Endpoint ${endpointName} is not a multi-model endpoint and does not support target model header.`
  }
  if (targetContainer !== undefined && !isDirect(model)) {
    return `Endpoint ${endpointName} is not a multi-container endpoint with direct invocation and does not support target container hostname header.`
  }
  return undefined
}

function isMultiModel(model: JsonObject = {}): boolean {
  return containersOf(model).some(({Mode}) => Mode === 'MultiModel')
}

function isDirect(model: JsonObject = {}): boolean {
  return objectAt(model, 'InferenceExecutionConfig').Mode === 'Direct'
}
