// `type: condition`: an expression, and the steps of its two branches.

import type {Expression} from '../expressions/expression.ts'
import {parseExpression} from '../expressions/expression.ts'
import {listOf, optional, type Reader, reader, text} from '../fields.ts'
import {describeNode} from '../node.ts'
import {apiField, stepFields} from '../shapes/shapes.ts'

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
  if: optional(
    expression,
    "such as steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy; with and, or, not, in [..]; json('s3://bucket/x.json', 'a.b') reads a value in a JSON file, join('-', a, b) puts texts together; required unless api gives Conditions",
  ),
  then: optional(listOf(text, {allowOne: true}), 'steps that run when it is true'),
  else: optional(listOf(text, {allowOne: true}), 'steps that run when it is false'),
}
