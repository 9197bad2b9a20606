// `type: job`.

import {optional} from '../fields.ts'
import {localField} from '../local.ts'
import {stepRetry} from '../retry.ts'
import {apiField, cache, stepFields} from '../shapes.ts'

export const jobFields = {
  ...stepFields,
  ...apiField,
  ...localField,
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
