// Condition → condition. The conditions become an expression; what no expression says stays under `api:`. The branches
// are the importer's business.

import {ExactNumber, isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext} from '../lift.ts'

export const liftCondition: Lift = (step, context) => {
  const {Conditions: conditions} = objectAt(step, 'Arguments')
  if (conditions === undefined) return {}
  const parts = Array.isArray(conditions) ? conditions.map((each) => writeCondition(each, context)) : []
  const isSayable = parts.length > 0 && parts.every((part) => part !== undefined)
  if (!isSayable) return {api: {Conditions: context.value(conditions)}}
  return {if: parts.map((part) => (parts.length > 1 ? inner(part) : part.text)).join(' and ')}
}

/** `or` and `and` need parentheses inside another condition. */
type Written = {readonly text: string; readonly isChain: boolean}

function inner({text, isChain}: Written): string {
  return isChain ? `(${text})` : text
}

const operators: Readonly<Record<string, string>> = {
  Equals: '==',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
}

function writeCondition(condition: Json, context: LiftContext): Written | undefined {
  if (!isJsonObject(condition) || typeof condition.Type !== 'string') return undefined
  const operator = Object.hasOwn(operators, condition.Type) ? operators[condition.Type] : undefined
  if (operator) return writeComparison(condition, operator, context)
  switch (condition.Type) {
    case 'In':
      return writeMembership(condition, 'in', context)
    case 'Or':
      return writeOr(condition, context)
    case 'Not':
      return writeNot(condition, context)
    default:
      return undefined
  }
}

function writeComparison(condition: JsonObject, operator: string, context: LiftContext): Written | undefined {
  const left = writeOperand(condition.LeftValue, context)
  const right = writeOperand(condition.RightValue, context)
  return left === undefined || right === undefined ? undefined : plain(`${left} ${operator} ${right}`)
}

function writeMembership(condition: JsonObject, word: string, context: LiftContext): Written | undefined {
  const item = writeOperand(condition.QueryValue, context)
  const values = Array.isArray(condition.Values)
    ? condition.Values.map((value: Json) => writeOperand(value, context))
    : []
  if (item === undefined || values.length === 0 || values.includes(undefined)) return undefined
  return plain(`${item} ${word} [${values.join(', ')}]`)
}

function writeOr({Conditions: conditions}: JsonObject, context: LiftContext): Written | undefined {
  const items = Array.isArray(conditions) ? conditions.map((each: Json) => writeCondition(each, context)) : []
  if (items.length < 2 || !items.every((item) => item !== undefined)) return undefined
  return {text: items.map(inner).join(' or '), isChain: true}
}

/** A Not in a Not would come out as neither. */
function writeNot({Condition: condition}: JsonObject, context: LiftContext): Written | undefined {
  if (!isJsonObject(condition) || condition.Type === 'Not') return undefined
  if (condition.Type === 'Equals') return writeComparison(condition, '!=', context)
  if (condition.Type === 'In') return writeMembership(condition, 'not in', context)
  const item = writeCondition(condition, context)
  return item && plain(`not ${inner(item)}`)
}

function writeOperand(json: Json | undefined, context: LiftContext): string | undefined {
  if (json === undefined || Array.isArray(json)) return undefined
  if (json instanceof ExactNumber) return json.text
  if (typeof json === 'string') return quote(json.replaceAll('${', () => '$${'))
  if (!isJsonObject(json)) return String(json)
  const written = context.value(json)
  if (typeof written === 'string') return isReference(written) ? unbraced(written) : quote(written)
  return writeJoin(json['Std:Join'], context) ?? writeJson(json['Std:JsonGet'], context)
}

/** `join('-', a, b)`, separator and all. */
function writeJoin(join: Json | undefined, context: LiftContext): string | undefined {
  if (!isJsonObject(join) || typeof join.On !== 'string' || !Array.isArray(join.Values)) return undefined
  const values = join.Values.map((value: Json) => writeOperand(value, context))
  return values.includes(undefined) ? undefined : `join(${[quote(join.On), ...values].join(', ')})`
}

/** `json('s3://bucket/x.json', 'a.b')`. */
function writeJson(get: Json | undefined, context: LiftContext): string | undefined {
  if (!isJsonObject(get) || get.S3Uri === undefined || typeof get.Path !== 'string') return undefined
  const uri = writeOperand(get.S3Uri, context)
  return uri === undefined ? undefined : `json(${uri}, ${quote(get.Path)})`
}

function plain(text: string): Written {
  return {text, isChain: false}
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

function isReference(text: string): boolean {
  return /^\$\{[^}]*\}$/.test(text)
}

/** A path stands bare where the expression can read it so. */
function unbraced(reference: string): string {
  const path = reference.slice(2, -1)
  return /^[A-Za-z_](?:[\w-]|\.\w|\[[^\]]*\])*$/.test(path) ? path : reference
}
