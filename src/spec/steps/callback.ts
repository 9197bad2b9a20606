// `type: callback`: sends a message to an SQS queue, and waits until the execution is called back.

import {entriesOf, optional, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {outputParameters} from '../shapes/output-parameters.ts'
import {apiField, cache, stepFields} from '../shapes/shapes.ts'

export const callbackFields = {
  ...stepFields,
  ...apiField,
  ...localField,
  queue: required(scalar, 'URL of the SQS queue that the token and the inputs are sent to'),
  inputs: optional(entriesOf(scalar), 'the arguments in the message, one value each'),
  outputs: optional(
    outputParameters,
    'values that the call back gives: names, or {name: String, Integer, Float or Boolean}',
  ),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
}
