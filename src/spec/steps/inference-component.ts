// `type: inference-component`: a model on an endpoint that other models share.

import {optional, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {stepRetry} from '../shapes/retry.ts'
import {apiField, stepFields, tagsField} from '../shapes/shapes.ts'

export const inferenceComponentFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...localField,
  component: optional(scalar, 'name of the inference component; pipeline and step by default'),
  endpoint: required(scalar, 'name of the endpoint, such as ${steps.endpoint.name}'),
  variant: optional(scalar, 'production variant of the endpoint, AllTraffic by default'),
  model: optional(scalar, 'name of the model, such as ${steps.model.name}'),
  memory: optional(scalar, 'memory that each copy needs, in MB'),
  cpus: optional(scalar, 'CPU cores that each copy needs'),
  accelerators: optional(scalar, 'accelerators that each copy needs'),
  copies: optional(scalar, 'how many copies run, 1 by default'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
