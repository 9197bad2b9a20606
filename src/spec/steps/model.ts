// `type: model`: creates a SageMaker model from a model artifact.

import {entriesOf, optional, type Read, required, scalar} from '../fields.ts'
import {stepRetry} from '../retry.ts'
import {apiField, code, stepFields, tagsField} from '../shapes.ts'

export const modelFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  model: required(scalar, 'the model artifact, such as ${steps.train.model}'),
  image: optional(scalar, 'image that serves it; that of the step that trained by default'),
  code: optional(code, 'inference script, or {dir, entry}'),
  env: optional(entriesOf(scalar), 'environment variables of the container'),
  role: optional(scalar, 'ARN of the role that the model assumes'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}

export type ModelFields = Read<typeof modelFields>
