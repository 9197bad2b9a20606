// The containers that serve a model, as model and register steps share them.

import {anyMap, entriesOf, listOf, optional, type Recorded, record, scalar, text} from '../fields.ts'
import {code} from './shapes.ts'

export const containerFields = {
  model: optional(scalar, 'the model artifact: ${steps.train.model}, an s3:// URI, or a local model.tar.gz'),
  image: optional(scalar, 'image that serves it; that of the step that made the model by default'),
  code: optional(code, 'inference script, or {dir, entry}'),
  env: optional(entriesOf(scalar), 'environment variables of the container'),
}

export const packageField = {
  package: optional(scalar, 'ARN of a model package, such as ${steps.register.arn}, instead of model and image'),
}

const listedFields = {
  ...containerFields,
  ...packageField,
  name: optional(text, 'host name of the container, by which it can be called'),
  api: optional(anyMap, "merged last into the container, in SageMaker's own names"),
}

/** One of several containers; the step itself has the same keys for a single one. */
export type ContainerSpec = Recorded<typeof listedFields>

const container = record(listedFields, 'container')

export const containersField = {
  containers: optional(listOf(container), 'several containers that a request passes through, instead of one'),
}
