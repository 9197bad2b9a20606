// condition → Condition: the expression, or the gate, as the conditions that SageMaker has. The branches are nested in afterwards.

import {type JsonObject, numberJson} from '../../definition/json.ts'
import type {ComparisonOperator, Expression, Operand} from '../../spec/expressions/expression.ts'
import type {ConditionSpec} from '../../spec/pipeline-spec.ts'
import {gateKeys} from '../../spec/steps/condition.ts'
import type {LiteralValue} from '../../spec/value.ts'
import type {Resolved, StepCompiler, StepScope} from '../context.ts'
import {itemPlaces} from '../place.ts'
import {resolveReference} from '../resolve-reference.ts'
import {compileText} from '../values/compile-value.ts'

export const conditionCompiler: StepCompiler<ConditionSpec> = {
  type: 'Condition',
  propertyNames: ['outcome'],

  compile(step, scope) {
    checkKeys(step, scope)
    const conditions = step.if
      ? conjuncts(step.if).map((each) => compileCondition(each, scope))
      : (scope.compileGate?.(step, scope) ?? [])
    return {Arguments: {Conditions: conditions, IfSteps: [], ElseSteps: []}}
  },

  property(step, [part, extra]) {
    if (part?.kind !== 'name' || extra || part.name !== 'outcome') return 'unknown'
    return {json: {Get: `Steps.${step.name}.Outcome`}, type: 'Boolean'}
  },

  places: (step) => [
    ['Conditions', step.keyRanges.get('if') ?? step.keyRanges.get('gate')],
    ...itemPlaces('Conditions', step.if ? conjuncts(step.if) : step.gate),
  ],
}

function checkKeys(step: ConditionSpec, scope: StepScope): void {
  const {keyRanges, name, nameRange} = step
  const gate = keyRanges.get('gate')
  checkGateKeys(step, scope)
  if (gate && keyRanges.has('if')) {
    const help = 'let one condition say both with if:, or stand in a branch of the other'
    scope.findings.error('exclusive-keys', gate, '"gate" and "if" exclude each other', {help})
  } else if (!gate && !keyRanges.has('if') && !givesConditions(step)) {
    scope.findings.error('missing-key', nameRange, `condition "${name}" has no "if" and no "gate"`, {
      help: 'if: such as steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy',
    })
  }
}

/** Keys beside the gate, where there is none. */
function checkGateKeys(step: ConditionSpec, scope: StepScope): void {
  const {keyRanges} = step
  if (keyRanges.has('gate')) return
  for (const key of gateKeys) {
    const range = keyRanges.get(key)
    const message = `"${key}" says something about a gate, and condition "${step.name}" has none`
    if (range) scope.findings.error('missing-key', range, message, {help: 'gate: such as accuracy >= champion - 0.01'})
  }
}

/** Whether the conditions stand under `api:` or `definition:`, in SageMaker's own names. */
function givesConditions({api, definition}: ConditionSpec): boolean {
  const own = definition?.entries.find(({key}) => key === 'Arguments')?.value
  return [api, own].some((map) => map?.kind === 'map' && map.entries.some(({key}) => key === 'Conditions'))
}

/** The list of conditions is ANDed, so an `and` at the top needs no condition of its own. */
function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? expression.items.flatMap(conjuncts) : [expression]
}

/** SageMaker has Or and Not but no And: `a and b` is `not (not a or not b)`. */
function compileCondition(expression: Expression, scope: StepScope): JsonObject {
  switch (expression.kind) {
    case 'or':
      return {Type: 'Or', Conditions: expression.items.map((item) => compileCondition(item, scope))}
    case 'and': {
      const conditions = expression.items.map((item) => negate(compileCondition(item, scope)))
      return negate({Type: 'Or', Conditions: conditions})
    }
    case 'not':
      return negate(compileCondition(expression.item, scope))
    case 'in':
      return {
        Type: 'In',
        QueryValue: compileOperand(expression.item, scope).json,
        Values: expression.choices.map((choice) => compileOperand(choice, scope).json),
      }
    case 'compare':
      return compileComparison(expression, scope)
  }
}

function negate(condition: JsonObject): JsonObject {
  const inner = condition.Type === 'Not' ? condition.Condition : undefined
  return inner === undefined ? {Type: 'Not', Condition: condition} : (inner as JsonObject)
}

const conditionTypes: Readonly<Record<Exclude<ComparisonOperator, '!='>, string>> = {
  '==': 'Equals',
  '<': 'LessThan',
  '<=': 'LessThanOrEqualTo',
  '>': 'GreaterThan',
  '>=': 'GreaterThanOrEqualTo',
}

function compileComparison(expression: Extract<Expression, {kind: 'compare'}>, scope: StepScope): JsonObject {
  const left = compileOperand(expression.left, scope)
  const right = compileOperand(expression.right, scope)
  if (left.type !== 'Unknown' && right.type !== 'Unknown' && family(left.type) !== family(right.type)) {
    scope.findings.error(
      'invalid-expression',
      expression.range,
      `${describeOperand(expression.left)} is a ${left.type}, compared with a ${right.type}`,
      {help: 'values of different types are never equal, and comparing them fails the step'},
    )
  }
  const sides = {LeftValue: left.json, RightValue: right.json}
  if (expression.operator === '!=') return negate({Type: 'Equals', ...sides})
  return {Type: conditionTypes[expression.operator], ...sides}
}

function compileOperand(operand: Operand, scope: StepScope): Resolved {
  switch (operand.kind) {
    case 'reference':
      return resolveReference(operand.reference, scope) ?? {json: '', type: 'Unknown'}
    case 'text':
      return {json: compileText(operand.value, scope), type: 'String'}
    case 'json': {
      const uri = compileOperand(operand.uri, scope).json
      return {json: {'Std:JsonGet': {S3Uri: uri, Path: operand.path}}, type: 'Unknown'}
    }
    case 'join': {
      const values = operand.items.map((item) => compileOperand(item, scope).json)
      return {json: {'Std:Join': {On: operand.separator, Values: values}}, type: 'String'}
    }
    case 'literal':
      return compileLiteral(operand)
  }
}

function compileLiteral({value, text}: LiteralValue): Resolved {
  if (value === null) return {json: null, type: 'Unknown'}
  if (typeof value === 'number') return {json: numberJson(value, text), type: 'Float'}
  if (typeof value === 'boolean') return {json: value, type: 'Boolean'}
  return {json: value, type: 'String'}
}

function describeOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'reference':
      return operand.reference.text
    case 'literal':
      return operand.text
    case 'text':
      return 'the text in quotes'
    case 'json':
    case 'join':
      return `${operand.kind}(..)`
  }
}

/** Integers and floats compare with each other. */
function family(type: Resolved['type']): string {
  return type === 'Integer' || type === 'Float' ? 'Number' : type
}
