// The conditions of a Condition step in few words, for a picture: values are called as short as they can be told apart.

import {conditionWords} from '../../definition/condition-words.ts'
import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {formatReference, parseGet} from '../../definition/references.ts'

/** All of them must hold. Undefined where one is of a form that is not known. */
export function shortConditionWords(conditions: Json | undefined, stepName: string): string | undefined {
  if (!Array.isArray(conditions) || conditions.length === 0) return undefined
  const told = conditions.map((condition) => inBrackets(condition, conditionWords(condition, stepName, tellOperand)))
  return told.every((text) => text !== undefined) ? told.join(' and ') : undefined
}

function inBrackets(condition: Json, words: string | undefined): string | undefined {
  return words !== undefined && isJsonObject(condition) && condition.Type === 'Or' ? `(${words})` : words
}

function tellOperand(operand: Json): string | undefined {
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
function tellRead({PropertyFile: file, S3Uri: uri = null, Path: path}: JsonObject): string | undefined {
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
