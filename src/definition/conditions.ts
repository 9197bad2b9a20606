// Evaluates the conditions of a Condition step.
// Source: SageMaker Python SDK, workflow/conditions.py. NotEquals and NotIn stand in AWS's JSON schema only; they are read too.

import type {Evaluated, Resolver} from './evaluate.ts'
import {evaluate} from './evaluate.ts'
import type {Json, JsonObject} from './json.ts'
import {isJsonObject} from './json.ts'

export type ConditionResult =
  | {readonly kind: 'known'; readonly value: boolean}
  | {readonly kind: 'unknown'; readonly reasons: readonly string[]}
  /** The condition makes no sense, such as text compared with a number: the step fails. */
  | {readonly kind: 'fault'; readonly message: string}

type Operand = Json

const comparisons: Readonly<Record<string, (left: Operand, right: Operand) => ConditionResult>> = {
  Equals: equals,
  NotEquals: (left, right) => negate(equals(left, right)),
  GreaterThan: (left, right) => order('GreaterThan', left, right, (sign) => sign > 0),
  GreaterThanOrEqualTo: (left, right) => order('GreaterThanOrEqualTo', left, right, (sign) => sign >= 0),
  LessThan: (left, right) => order('LessThan', left, right, (sign) => sign < 0),
  LessThanOrEqualTo: (left, right) => order('LessThanOrEqualTo', left, right, (sign) => sign <= 0),
}

/** True or false, or why it cannot be told, or why it never can. */
export function evaluateCondition(condition: Json, resolver: Resolver): ConditionResult {
  if (!isJsonObject(condition)) return fault('a condition must be an object')
  const type = condition.Type
  if (typeof type !== 'string') return fault('a condition needs a Type')

  const compare = Object.hasOwn(comparisons, type) ? comparisons[type] : undefined
  if (compare) return evaluateComparison(type, compare, condition, resolver)
  switch (type) {
    case 'In':
      return evaluateIn(condition, resolver)
    case 'NotIn':
      return negate(evaluateIn(condition, resolver))
    case 'Not':
      return condition.Condition === undefined
        ? fault('Not needs a Condition')
        : negate(evaluateCondition(condition.Condition, resolver))
    case 'Or':
      return evaluateOr(condition, resolver)
    default:
      return fault(`unknown condition type "${type}"`)
  }
}

/** The list of a Condition step: all must hold. One that is false settles it, whatever the others are. */
export function evaluateConditions(conditions: readonly Json[], resolver: Resolver): ConditionResult {
  return settle(conditions, false, resolver)
}

function evaluateOr(condition: JsonObject, resolver: Resolver): ConditionResult {
  if (!Array.isArray(condition.Conditions)) return fault('Or needs a list of Conditions')
  return settle(condition.Conditions, true, resolver)
}

/** One condition of the value `deciding` settles the list; else a fault, else what is unknown, else the opposite. */
function settle(conditions: readonly Json[], deciding: boolean, resolver: Resolver): ConditionResult {
  const reasons: string[] = []
  let broken: ConditionResult | undefined
  for (const condition of conditions) {
    const result = evaluateCondition(condition, resolver)
    if (result.kind === 'known' && result.value === deciding) return result
    if (result.kind === 'unknown') reasons.push(...result.reasons)
    if (result.kind === 'fault') broken ??= result
  }
  if (broken) return broken
  return reasons.length > 0 ? {kind: 'unknown', reasons: [...new Set(reasons)]} : known(!deciding)
}

function evaluateComparison(
  type: string,
  compare: (left: Operand, right: Operand) => ConditionResult,
  condition: JsonObject,
  resolver: Resolver,
): ConditionResult {
  if (condition.LeftValue === undefined) return fault(`${type} needs a LeftValue`)
  if (condition.RightValue === undefined) return fault(`${type} needs a RightValue`)
  const left = evaluate(condition.LeftValue, resolver)
  const right = evaluate(condition.RightValue, resolver)
  if (left.kind === 'unknown' || right.kind === 'unknown') return bothReasons(left, right)
  return compare(left.value, right.value)
}

function evaluateIn(condition: JsonObject, resolver: Resolver): ConditionResult {
  if (condition.QueryValue === undefined) return fault('In needs a QueryValue')
  if (!Array.isArray(condition.Values)) return fault('In needs a list of Values')
  const query = evaluate(condition.QueryValue, resolver)
  if (query.kind === 'unknown') return query
  if (!isScalar(query.value)) return fault(`In compares single values, not ${describe(query.value)}`)

  const values = condition.Values.map((value: Json) => evaluate(value, resolver))
  if (values.some((value: Evaluated) => value.kind === 'known' && value.value === query.value)) return known(true)
  const reasons = values.flatMap((value: Evaluated) => (value.kind === 'unknown' ? value.reasons : []))
  return reasons.length > 0 ? {kind: 'unknown', reasons: [...new Set<string>(reasons)]} : known(false)
}

/** Values of two types are a fault, as in the SDK's local engine; null is equal to null alone. */
function equals(left: Operand, right: Operand): ConditionResult {
  if (!isScalar(left) || !isScalar(right))
    return fault(`Equals compares single values, not ${describe(isScalar(left) ? right : left)}`)
  if (left !== null && right !== null && typeof left !== typeof right)
    return fault(cannotCompare('Equals', left, right))
  return known(left === right)
}

/** Numbers by size, texts by code unit (the service takes `"1" > "3"` as a comparison of texts). */
function order(type: string, left: Operand, right: Operand, holds: (sign: number) => boolean): ConditionResult {
  const areNumbers = typeof left === 'number' && typeof right === 'number'
  const areTexts = typeof left === 'string' && typeof right === 'string'
  if (!areNumbers && !areTexts) return fault(cannotCompare(type, left, right))
  return known(holds(left < right ? -1 : Number(left > right)))
}

function negate(result: ConditionResult): ConditionResult {
  return result.kind === 'known' ? known(!result.value) : result
}

function bothReasons(...sides: Evaluated[]): ConditionResult {
  return {
    kind: 'unknown',
    reasons: [...new Set(sides.flatMap((side) => (side.kind === 'unknown' ? side.reasons : [])))],
  }
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object'
}

function cannotCompare(type: string, left: Json, right: Json): string {
  return `${type} cannot compare ${describe(left)} with ${describe(right)}`
}

function describe(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return `the ${typeof value} ${JSON.stringify(value)}`
}

function known(value: boolean): ConditionResult {
  return {kind: 'known', value}
}

function fault(message: string): ConditionResult {
  return {kind: 'fault', message}
}
