// condition → Condition: the expression as the conditions that SageMaker has. The branches are nested in afterwards.

import {type Json, type JsonObject, numberJson} from '../../definition/json.ts'
import type {ComparisonOperator, Expression, Operand} from '../../spec/expression.ts'
import type {ConditionSpec, ParameterTypeName} from '../../spec/pipeline-spec.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {itemPlaces} from '../place.ts'
import {resolveReference} from '../resolve-reference.ts'

export const conditionCompiler: StepCompiler<ConditionSpec> = {
  type: 'Condition',
  propertyNames: ['outcome'],

  compile(step, scope) {
    const conditions = step.if ? conjuncts(step.if).map((each) => compileCondition(each, scope)) : []
    return {Arguments: {Conditions: conditions, IfSteps: [], ElseSteps: []}}
  },

  property(step, [part, extra]) {
    if (part?.kind !== 'name' || extra || part.name !== 'outcome') return 'unknown'
    return {json: {Get: `Steps.${step.name}.Outcome`}, type: 'Boolean'}
  },

  places: (step) => [
    ['Conditions', step.keyRanges.get('if')],
    ...(step.if ? itemPlaces('Conditions', conjuncts(step.if)) : []),
  ],
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
      `${expression.left.kind === 'reference' ? expression.left.reference.text : expression.left.text} is a ${left.type}, compared with a ${right.type}`,
      {help: 'values of different types are never equal, and comparing them fails the step'},
    )
  }
  const sides = {LeftValue: left.json, RightValue: right.json}
  if (expression.operator === '!=') return negate({Type: 'Equals', ...sides})
  return {Type: conditionTypes[expression.operator], ...sides}
}

type TypedOperand = {readonly json: Json; readonly type: ParameterTypeName | 'Unknown'}

function compileOperand(operand: Operand, scope: StepScope): TypedOperand {
  if (operand.kind === 'reference') return resolveReference(operand.reference, scope) ?? {json: '', type: 'Unknown'}
  const {value} = operand
  if (value === null) return {json: null, type: 'Unknown'}
  if (typeof value === 'number') return {json: numberJson(value, operand.text), type: 'Float'}
  if (typeof value === 'boolean') return {json: value, type: 'Boolean'}
  return {json: value, type: 'String'}
}

/** Integers and floats compare with each other. */
function family(type: ParameterTypeName): string {
  return type === 'Integer' || type === 'Float' ? 'number' : type
}
