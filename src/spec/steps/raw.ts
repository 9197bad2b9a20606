// `type: raw`: a step of any type, in SageMaker's own names, so that nothing is ever out of reach.

import {anyMap, required} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {apiField, stepFields} from '../shapes/shapes.ts'

export const rawFields = {
  ...stepFields,
  ...apiField,
  ...localField,
  definition: required(anyMap, "the step in SageMaker's own names: Type, Arguments, and what else it has"),
}
