// The conditions of a Condition step, as the spec's `if:` would have them, in few words.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {formatReference, parseGet} from '../../definition/references.ts'

const signs: Readonly<Record<string, string>> = {
  Equals: '==',
  NotEquals: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
}

/** All of them must hold. Undefined where one is of a form that is not known. */
export function conditionWords(conditions: Json | undefined): string | undefined {
  if (!Array.isArray(conditions) || conditions.length === 0) return undefined
  return joined(conditions, 'and')
}

function joined(conditions: readonly Json[], word: 'and' | 'or'): string | undefined {
  const told = conditions.map(tellCondition)
  return told.every((text) => text !== undefined) ? told.join(` ${word} `) : undefined
}

function tellCondition(condition: Json): string | undefined {
  if (!isJsonObject(condition)) return undefined
  const {Type: type} = condition
  const sign = typeof type === 'string' && Object.hasOwn(signs, type) ? signs[type] : undefined
  if (sign !== undefined) return both(condition.LeftValue, sign, condition.RightValue)
  if (type === 'In' || type === 'NotIn') {
    return both(condition.QueryValue, type === 'In' ? 'in' : 'not in', condition.Values)
  }
  if (type === 'Not') {
    const inner = tellCondition(condition.Condition ?? null)
    return inner === undefined ? undefined : `not ${inner.startsWith('(') ? inner : `(${inner})`}`
  }
  const {Conditions: inner} = condition
  const either = type === 'Or' && Array.isArray(inner) ? joined(inner, 'or') : undefined
  return either === undefined ? undefined : `(${either})`
}

function both(left: Json | undefined, sign: string, right: Json | undefined): string | undefined {
  const [one, other] = [tellOperand(left), tellOperand(right)]
  return one === undefined || other === undefined ? undefined : `${one} ${sign} ${other}`
}

function tellOperand(operand: Json | undefined): string | undefined {
  if (operand === undefined) return undefined
  if (Array.isArray(operand)) return `[${operand.map((item) => tellOperand(item) ?? '?').join(', ')}]`
  if (!isJsonObject(operand)) return typeof operand === 'string' ? JSON.stringify(operand) : String(operand)
  if (typeof operand.Get === 'string') return tellGet(operand.Get)
  const {'Std:JsonGet': read, 'Std:Join': join} = operand
  if (isJsonObject(read)) return tellRead(read)
  if (isJsonObject(join) && Array.isArray(join.Values)) {
    const separator = typeof join.On === 'string' ? join.On : ''
    return join.Values.map((part) => (typeof part === 'string' ? part : (tellOperand(part) ?? '?'))).join(separator)
  }
  return undefined
}

/** `evaluate.metrics.accuracy`, or the path in a document by its address. */
function tellRead({PropertyFile: file, S3Uri: uri, Path: path}: JsonObject): string | undefined {
  const place = isJsonObject(file) && typeof file.Get === 'string' ? tellGet(file.Get) : tellOperand(uri)
  if (typeof path !== 'string' || place === undefined) return place
  const inside = path.replace(/^\$\.?/, '')
  return inside.startsWith('[') ? place + inside : `${place}.${inside}`
}

/** `Parameters.minimum` -> `minimum`, `Steps.evaluate.PropertyFiles.metrics` -> `evaluate.metrics`. */
function tellGet(text: string): string {
  const reference = parseGet(text)
  if (!reference) return text
  if (reference.kind === 'parameter') return reference.name
  if (reference.kind === 'propertyFile') return `${reference.stepName}.${reference.name}`
  return formatReference(reference).replace(/^(Steps|Execution)\./, '')
}
