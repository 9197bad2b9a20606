// `type: endpoint`: creates an endpoint, or gives the one that has the name another configuration.

import {optional, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {stepRetry} from '../shapes/retry.ts'
import {apiField, stepFields, tagsField} from '../shapes/shapes.ts'

export const endpointFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...localField,
  endpoint: optional(scalar, 'name of the endpoint; pipeline and step by default'),
  config: required(scalar, 'name of the endpoint configuration, such as ${steps.config.name}'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
