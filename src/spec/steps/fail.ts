// `type: fail`: ends the execution as failed, with a message.

import {required, scalar} from '../fields.ts'
import {apiField, stepFields} from '../shapes/shapes.ts'

export const failFields = {
  ...stepFields,
  ...apiField,
  message: required(scalar, 'why the execution failed; references may stand in it'),
}
