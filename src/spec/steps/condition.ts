// `type: condition`: an expression, and the steps of its two branches.

import type {Expression} from '../expression.ts'
import {parseExpression} from '../expression.ts'
import {listOf, optional, type Read, type Reader, reader, required, text} from '../fields.ts'
import {describeNode} from '../node.ts'
import {apiField, stepFields} from '../shapes.ts'

const expression: Reader<Expression> = reader({type: 'string'}, (node, findings) => {
  if (node.kind === 'scalar' && typeof node.value === 'string') return parseExpression(node, findings)
  findings.error('wrong-type', node.range, `expected an expression, found ${describeNode(node)}`, {
    help: 'for example steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy',
  })
  return undefined
})

export const conditionFields = {
  ...stepFields,
  ...apiField,
  if: required(expression, 'such as steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy'),
  then: optional(listOf(text, {allowOne: true}), 'steps that run when it is true'),
  else: optional(listOf(text, {allowOne: true}), 'steps that run when it is false'),
}

export type ConditionFields = Read<typeof conditionFields>
