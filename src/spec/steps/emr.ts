// `type: emr`: a step on an EMR cluster, one that runs already or one made for it.

import {entriesOf, listOf, optional, required, scalar, value} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {apiField, cache, stepFields} from '../shapes/shapes.ts'

export const emrFields = {
  ...stepFields,
  ...apiField,
  ...localField,
  cluster: optional(
    value,
    "id of a running cluster, or a mapping for a new one: RunJobFlow's request without Name and Steps",
  ),
  role: optional(scalar, 'ARN of the runtime role; for a running cluster only'),
  jar: required(scalar, 'the JAR file to run, such as command-runner.jar or an s3:// URI'),
  mainClass: optional(scalar, 'class whose main function is run; that of the manifest by default'),
  args: optional(listOf(scalar), 'arguments of the main function'),
  properties: optional(entriesOf(scalar), 'Java properties that are set while it runs'),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
}
