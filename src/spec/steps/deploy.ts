// `type: deploy`: sugar for a model, an endpoint configuration and an endpoint.

import {anyMap, entriesOf, optional, type Read, record, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {stepRetry} from '../shapes/retry.ts'
import {code, stepFields, tagsField} from '../shapes/shapes.ts'
import {captureField, servingFields, variants} from './endpoint-config.ts'

const {displayName, description, dependsOn} = stepFields

const apiFields = {
  model: optional(anyMap, "merged last into CreateModel's request"),
  config: optional(anyMap, "merged last into CreateEndpointConfig's request"),
  endpoint: optional(anyMap, "merged last into CreateEndpoint's request"),
}

export const deployFields = {
  displayName,
  description,
  dependsOn,
  ...tagsField,
  ...localField,
  model: required(
    scalar,
    'the model artifact, such as ${steps.train.model}, or the name of a model: ${steps.model.name}',
  ),
  image: optional(scalar, 'image that serves it; that of the step that trained by default'),
  code: optional(code, 'inference script, or {dir, entry}'),
  env: optional(entriesOf(scalar), 'environment variables of the container'),
  role: optional(scalar, 'ARN of the role that the model assumes'),
  endpoint: optional(scalar, 'name of the endpoint, kept by later executions; pipeline and step by default'),
  ...servingFields,
  variants: optional(
    variants,
    'by name, in place of instance or serverless; without a model of its own each serves `model`',
  ),
  ...captureField,
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
  api: optional(
    record(apiFields, 'api'),
    "{model, config, endpoint}: merged last into each request, in SageMaker's own names",
  ),
}

export type DeployFields = Read<typeof deployFields>
