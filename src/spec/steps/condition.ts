// `type: condition`: an expression or a gate, and the steps of its two branches.

import type {Expression} from '../expressions/expression.ts'
import {parseExpression} from '../expressions/expression.ts'
import {gateReader} from '../expressions/gate.ts'
import {listOf, oneOf, optional, type Reader, reader, text} from '../fields.ts'
import {describeNode} from '../node.ts'
import {parseReference} from '../parse-reference.ts'
import {apiField, stepFields} from '../shapes/shapes.ts'
import type {Reference} from '../value.ts'

const expression: Reader<Expression> = reader({type: 'string'}, (node, findings) => {
  if (node.kind === 'scalar' && typeof node.value === 'string') return parseExpression(node, findings)
  findings.error('wrong-type', node.range, `expected an expression, found ${describeNode(node)}`, {
    help: 'for example steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy',
  })
  return undefined
})

const reportExample = 'for example steps.evaluate.reports.metrics'

/** `steps.S.reports.R`, also in braces. */
const report: Reader<Reference> = reader({type: 'string'}, (node, findings) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    const message = `expected a report, found ${describeNode(node)}`
    findings.error('wrong-type', node.range, message, {help: reportExample})
    return undefined
  }
  const [, open = '', inner = ''] = /^(\s*\$\{)(.*)\}\s*$/.exec(node.text) ?? [undefined, '', node.text]
  const reference = parseReference(inner, (index) => node.locate(open.length + index), findings)
  const [, second, third, extra] = reference?.parts ?? []
  const isReport = reference?.root === 'steps' && second?.kind === 'name' && second.name === 'reports' && third
  if (!reference || (isReport && !extra)) return reference
  findings.error('unknown-report-reference', reference.range, `"${reference.text}" names no report`, {
    help: reportExample,
  })
  return undefined
})

/** Keys that say something about a gate. */
export const gateKeys = ['report', 'group', 'withoutChampion'] as const

export const conditionFields = {
  ...stepFields,
  ...apiField,
  if: optional(
    expression,
    "such as steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy; with and, or, not, in [..]; json('s3://bucket/x.json', 'a.b') reads a value in a JSON file, join('-', a, b) puts texts together; this or gate is required unless api gives Conditions",
  ),
  gate: optional(
    gateReader,
    'what a model must come to, in place of if: accuracy >= 0.93, accuracy >= parameters.minAccuracy, accuracy >= champion - 0.01, loss <= champion * 1.05; {metric, comparison, threshold} says the same; of a list all must hold',
  ),
  report: optional(
    report,
    'the report that has the metrics of the gate: steps.evaluate.reports.metrics; not needed where the spec has one report',
  ),
  group: optional(
    text,
    'the model package group whose latest approved version is the champion; not needed where the register steps in then, or of the whole spec, name one group',
  ),
  withoutChampion: optional(
    oneOf(['pass', 'fail']),
    'pass or fail: whether a model gets through while no version is approved; pass when absent, so that the first one can get in',
  ),
  then: optional(listOf(text, {allowOne: true}), 'steps that run when it is true'),
  else: optional(listOf(text, {allowOne: true}), 'steps that run when it is false'),
}
