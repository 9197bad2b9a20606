// `parameters:`: the shorthand (a default) and the full form (type, default, enum, description).

import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import {entriesOf, listOf, oneOf, optional, type Reader, reader, readFields, recordSchema, text} from './fields.ts'
import {describeNode, type MapNode, type Node, type ScalarNode} from './node.ts'
import {isExact, plainText} from './parse-reference.ts'
import type {ParameterSpec, ParameterTypeName, ParameterValue, WrittenValue} from './pipeline-spec.ts'

const parameterTypes = ['String', 'Integer', 'Float', 'Boolean'] as const

const plainScalar: Reader<ScalarNode> = reader({type: ['string', 'number', 'boolean']}, (node, findings) => {
  if (node.kind === 'scalar' && node.value !== null) return plainText(node, findings) === undefined ? undefined : node
  const isEmpty = node.kind === 'scalar'
  const help = isEmpty
    ? 'a parameter that every run must set has a type only: {type: String}'
    : 'a parameter is one value'
  findings.error('wrong-type', node.range, `expected a text, a number, true or false, found ${describeNode(node)}`, {
    help,
  })
  return undefined
})

const parameterFields = {
  type: optional(oneOf(parameterTypes), 'String, Integer, Float or Boolean; taken from the default when left out'),
  default: optional(plainScalar, 'used when a run gives no value; without it a run must'),
  enum: optional(listOf(text), 'the only values allowed (String parameters)'),
  description: optional(text, 'what it is for'),
}

const parametersSchema = {
  type: 'object',
  additionalProperties: {anyOf: [plainScalar.schema, recordSchema(parameterFields)]},
}

export const parameters: Reader<ParameterSpec[]> = reader(parametersSchema, (node, findings) => {
  if (node.kind !== 'map') {
    findings.error('wrong-type', node.range, `expected a mapping, found ${describeNode(node)}`, {
      help: 'the name of a parameter is its key: epochs: 200, or epochs: {type: Integer, default: 200}',
    })
    return undefined
  }
  return node.entries.flatMap(({key, keyRange, value}) => parameter(key, keyRange, value, findings) ?? [])
})

function parameter(
  name: string,
  nameRange: Range,
  node: Node,
  findings: DiagnosticCollector,
): ParameterSpec | undefined {
  if (node.kind === 'map') return fullParameter(name, nameRange, node, findings)
  const short = plainScalar(node, findings)
  if (!short) return undefined
  const type = typeOfValue(short)
  const value = parameterValue(short, type)
  if (value === undefined) {
    findings.error('out-of-range', short.range, `${short.text} cannot be kept exactly as a number`, {help: 'quote it'})
    return undefined
  }
  return {
    name,
    nameRange,
    type,
    default: {value, text: short.text, range: short.range},
    choices: undefined,
    description: undefined,
  }
}

function fullParameter(
  name: string,
  nameRange: Range,
  node: MapNode,
  findings: DiagnosticCollector,
): ParameterSpec | undefined {
  const fields = readFields(node, parameterFields, findings, `parameter "${name}"`)
  const declared = fields.type?.value
  const type = declared ?? (fields.default ? typeOfValue(fields.default) : 'String')
  const choices = fields.enum?.map(({value}) => value)
  if (fields.enum && type !== 'String') {
    const message = `parameter "${name}" is ${article(type)}: only a String can have an enum`
    findings.error('parameter-type', fields.enum[0]?.range ?? node.range, message)
    return undefined
  }
  const value = fields.default && parameterValue(fields.default, type)
  if (fields.default && value === undefined) {
    const message = `parameter "${name}" is ${article(type)}, but its default is ${describeScalar(fields.default)}`
    const help = type === 'Boolean' ? {help: 'write true or false, without quotes'} : {}
    findings.error('parameter-type', fields.default.range, message, help)
    return undefined
  }
  if (fields.default && typeof value === 'string' && choices && !choices.includes(value)) {
    findings.error('not-in-enum', fields.default.range, `the default "${value}" is not one of ${choices.join(', ')}`)
  }
  return {
    name,
    nameRange,
    type,
    default:
      fields.default && value !== undefined
        ? {value, text: fields.default.text, range: fields.default.range}
        : undefined,
    choices,
    description: fields.description?.value,
  }
}

/** The type of a shorthand: `200` Integer, `0.5` and `6.0` Float, `true` Boolean, anything else String. */
function typeOfValue(node: ScalarNode): ParameterTypeName {
  if (typeof node.value === 'boolean') return 'Boolean'
  if (typeof node.value !== 'number') return 'String'
  return /^[-+]?\d+$|^0[xo]/i.test(node.text) ? 'Integer' : 'Float'
}

/** The value as its type wants it, or undefined when it does not fit. A number written for a String is its text. */
function parameterValue(node: ScalarNode, type: ParameterTypeName): ParameterValue | undefined {
  const {value} = node
  if (type === 'String') return node.text
  if (type === 'Boolean') return typeof value === 'boolean' ? value : undefined
  if (typeof value !== 'number' || !isExact(node)) return undefined
  return type === 'Float' || /^[-+]?\d+$|^0[xo]/i.test(node.text) ? value : undefined
}

function describeScalar({value, text}: ScalarNode): string {
  return typeof value === 'string' ? `"${text}"` : text
}

function article(type: ParameterTypeName): string {
  return type === 'Integer' ? 'an Integer' : `a ${type}`
}

const parameterOverride: Reader<WrittenValue> = reader(plainScalar.schema, (node, findings) => {
  const scalar = plainScalar(node, findings)
  return scalar && scalar.value !== null ? {value: scalar.value, text: scalar.text, range: scalar.range} : undefined
})

/** Values that a target sets in place of the defaults. */
export const parameterValues = entriesOf(parameterOverride)
