// The step types of Amazon Bedrock. Their Arguments are not documented, so that a spec gives them whole, under `api:`.

import {anyMap, optional} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {stepRetry} from '../shapes/retry.ts'
import {cache, stepFields} from '../shapes/shapes.ts'

export const bedrockFields = {
  ...stepFields,
  ...localField,
  api: optional(anyMap, "the whole request, in Amazon Bedrock's own names, as the step type takes it"),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
