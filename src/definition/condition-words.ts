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

/** `stepName`: the condition step, by whose name its champion is known. */
export function describeCondition(condition: Json, stepName: string): string {
  const found = championRequirement(condition, stepName)
  const compared = comparedValues(condition)
  if (found && compared) return `${describeOperand(compared.left)} ${compared.sign} ${formulaText(found.requirement)}`
  if (compared) return `${describeOperand(compared.left)} ${compared.sign} ${describeOperand(compared.right)}`
  return isJsonObject(condition) ? describeCompound(condition, stepName) : describeOperand(condition)
}

function describeCompound(condition: JsonObject, stepName: string): string {
  const {Type: type, Condition: inner = null, Conditions: many, QueryValue: item = null, Values: values} = condition
  if (type === 'Not') return `not (${describeCondition(inner, stepName)})`
  if (type === 'Or' && Array.isArray(many)) {
    return many.map((one: Json) => describeCondition(one, stepName)).join(' or ')
  }
  if ((type === 'In' || type === 'NotIn') && Array.isArray(values)) {
    return `${describeOperand(item)} ${type === 'In' ? 'in' : 'not in'} [${values.map(describeOperand).join(', ')}]`
  }
  return String(type)
}

function describeOperand(operand: Json): string {
  const get = getText(operand)
  if (get !== undefined) return get.replace(/^(?:Parameters|Steps|Execution)\b/, (root) => root.toLowerCase())
  const {Path: path, S3Uri: uri} = objectAt(operand, 'Std:JsonGet')
  if (typeof path !== 'string') return JSON.stringify(operand)
  return uri === undefined ? path : `${path} in ${typeof uri === 'string' ? uri : 'a file'}`
}
