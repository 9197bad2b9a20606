// `type: endpoint-config`: which models an endpoint serves, on which machines.

import type {Range} from '../../diagnostics/diagnostic.ts'
import {anyMap, entriesOf, integer, optional, type Read, record, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {stepRetry} from '../shapes/retry.ts'
import {apiField, cache, instance, stepFields, tagsField} from '../shapes/shapes.ts'

const serverless = record(
  {
    memory: required(scalar, 'memory in MB: 1024 to 6144, in steps of 1024'),
    concurrency: required(scalar, 'most invocations at the same time, 200 at most'),
  },
  'serverless',
)

const capture = record(
  {
    to: required(scalar, 'S3 URI that requests and responses are copied to'),
    percent: optional(integer(0, 100), 'share of the requests that is copied, 100 by default'),
  },
  'capture',
)

/** How a model is served; a deploy step has these too. */
export const servingFields = {
  instance: optional(instance, 'instance type, or {type, count, volume}'),
  serverless: optional(serverless, '{memory, concurrency}, in place of an instance'),
}

export const captureField = {
  capture: optional(capture, '{to, percent}: keep requests and responses, for monitoring'),
}

const variantFields = {
  model: optional(scalar, 'name of the model, such as ${steps.model.name}; none when inference components bring it'),
  ...servingFields,
  weight: optional(scalar, 'share of the traffic beside the other variants, 1 by default'),
  api: optional(anyMap, "merged last into the variant, in SageMaker's own names"),
}

export type VariantSpec = Read<typeof variantFields> & {readonly range: Range}

export const variants = entriesOf(record(variantFields, 'variant'))

export const endpointConfigFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...localField,
  config: optional(scalar, 'its name, new in every execution; pipeline, step and execution id by default'),
  variants: optional(variants, 'by name, each with model, instance or serverless, and weight'),
  model: optional(scalar, 'name of the model of the only variant, AllTraffic, such as ${steps.model.name}'),
  ...servingFields,
  ...captureField,
  role: optional(scalar, 'ARN of the role of variants without a model'),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
