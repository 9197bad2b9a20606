// `type: lambda`: calls a Lambda function.

import {entriesOf, optional, required, scalar} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {outputParameters} from '../shapes/output-parameters.ts'
import {apiField, cache, stepFields} from '../shapes/shapes.ts'

export const lambdaFields = {
  ...stepFields,
  ...apiField,
  ...localField,
  function: required(scalar, "the function: its ARN, or its name in the target's account and region"),
  inputs: optional(entriesOf(scalar), 'the event that the function is given, one value each'),
  outputs: optional(
    outputParameters,
    'members of what it returns: names, or {name: String, Integer, Float or Boolean}',
  ),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
}
