// Fail → fail.

import {isJsonObject} from '../../definition/json.ts'
import type {Lift} from '../lift.ts'

export const liftFail: Lift = ({Arguments}, context) =>
  isJsonObject(Arguments) && Arguments.ErrorMessage !== undefined
    ? {message: context.text(Arguments.ErrorMessage)}
    : {message: ''}
