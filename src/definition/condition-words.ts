// The conditions of a definition in the words of a spec: `accuracy >= champion - 0.01`, `not (a or b)`. For people; a value in a
// report is called by its path alone.

import {type Comparison, championRequirement, formulaText} from './champion-thresholds.ts'
import {isJsonObject, type Json, type JsonObject} from './json.ts'
import {objectAt} from './json-members.ts'
import {getText} from './references.ts'

const signs: Readonly<Record<string, Comparison | '==' | '!='>> = {
  Equals: '==',
  NotEquals: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
}

/** Two values that are compared; undefined for what is put together of others. */
export type ComparedValues = {
  readonly sign: (typeof signs)[string]
  readonly left: Json
  readonly right: Json
}

export function comparedValues(condition: Json): ComparedValues | undefined {
  if (!isJsonObject(condition) || typeof condition.Type !== 'string') return undefined
  if (condition.Type === 'Not') {
    const inner = comparedValues(condition.Condition ?? null)
    return inner?.sign === '==' ? {...inner, sign: '!='} : undefined
  }
  const sign = Object.hasOwn(signs, condition.Type) ? signs[condition.Type] : undefined
  const {LeftValue: left, RightValue: right} = condition
  return sign && left !== undefined && right !== undefined ? {sign, left, right} : undefined
}

/** What a value of a condition is called; undefined for one of a form that is not known. */
export type OperandWords = (operand: Json) => string | undefined

/** `stepName`: the condition step, by whose name its champion is known. */
export function describeCondition(condition: Json, stepName: string): string {
  const words = conditionWords(condition, stepName, describeOperand)
  if (words !== undefined) return words
  return isJsonObject(condition) ? String(condition.Type) : describeOperand(condition)
}

/** Undefined where a part of it is of a form that is not known. */
export function conditionWords(condition: Json, stepName: string, operand: OperandWords): string | undefined {
  const compared = comparedValues(condition)
  if (!compared) return isJsonObject(condition) ? compoundWords(condition, stepName, operand) : undefined
  const asked = championRequirement(condition, stepName)
  const left = operand(compared.left)
  const right = asked ? formulaText(asked.requirement) : operand(compared.right)
  return left === undefined || right === undefined ? undefined : `${left} ${compared.sign} ${right}`
}

function compoundWords(condition: JsonObject, stepName: string, operand: OperandWords): string | undefined {
  const {Type: type, Condition: inner = null, Conditions: many, QueryValue: item = null, Values: values} = condition
  if (type === 'Not') {
    const words = conditionWords(inner, stepName, operand)
    return words === undefined ? undefined : `not (${words})`
  }
  if (type === 'Or' && Array.isArray(many)) {
    const words = many.map((one: Json) => conditionWords(one, stepName, operand))
    return words.every((text) => text !== undefined) ? words.join(' or ') : undefined
  }
  if ((type === 'In' || type === 'NotIn') && Array.isArray(values)) {
    const choices = values.map((value: Json) => operand(value) ?? '?')
    const words = operand(item)
    return words === undefined ? undefined : `${words} ${type === 'In' ? 'in' : 'not in'} [${choices.join(', ')}]`
  }
  return undefined
}

function describeOperand(operand: Json): string {
  const get = getText(operand)
  if (get !== undefined) return get.replace(/^(?:Parameters|Steps|Execution)\b/, (root) => root.toLowerCase())
  const {Path: path, S3Uri: uri} = objectAt(operand, 'Std:JsonGet')
  if (typeof path !== 'string') return JSON.stringify(operand)
  return uri === undefined ? path : `${path} in ${typeof uri === 'string' ? uri : 'a file'}`
}
