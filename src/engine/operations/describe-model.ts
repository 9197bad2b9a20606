// DescribeModel.

import {resourceArn} from '../store/arns.ts'
import {describeModel as describe, findModel} from '../store/models.ts'
import type {describeModelShape} from '../validations/describe-model.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply} from './reply.ts'

export function describeModel(input: InputOf<typeof describeModelShape>, {db}: OperationContext): Reply {
  const row = findModel(db, input.ModelName)
  return row ? ok(describe(row)) : invalid(`Could not find model "${resourceArn('model', input.ModelName)}".`)
}
