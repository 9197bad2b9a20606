// `type: fail`: ends the execution as failed, with a message.

import {type Read, required, scalar} from '../fields.ts'
import {stepFields} from '../shapes.ts'

export const failFields = {
  ...stepFields,
  message: required(scalar, 'why the execution failed; references may stand in it'),
}

export type FailFields = Read<typeof failFields>
