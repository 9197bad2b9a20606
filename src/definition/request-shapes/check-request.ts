// Whether the Arguments of a step are a request that SageMaker can read: its members, their types, what must be there, the
// values of enums, and limits. Pure, and told nothing but the definition.

import {nearestName} from '../../text/nearest-name.ts'
import {isJsonObject, type Json, type JsonObject} from '../json.ts'
import {getText} from '../references.ts'
import {type Limit, memberLimit} from './limits.ts'
import {enumValues, type Shape, structure} from './shape.ts'
import {conditionOperands, stepRequest} from './step-requests.ts'
import {formatTrail, type TrailStep} from './trail.ts'
import {functionName, type ReferenceScope, referenceType, type ValueType} from './value-type.ts'

export type WantedType = 'String' | 'Number' | 'Boolean' | 'List' | 'Map' | 'Structure'

/** `path` is below the Arguments. `owner` is the structure, named as in the API reference. */
export type RequestFinding = {readonly path: string} & (
  | {
      readonly kind: 'unknown-member'
      readonly owner: string
      readonly member: string
      readonly known: readonly string[]
    }
  | {readonly kind: 'missing-member'; readonly owner: string; readonly member: string}
  | {readonly kind: 'wrong-type'; readonly wanted: WantedType; readonly found: Json}
  | {
      readonly kind: 'wrong-reference'
      readonly wanted: WantedType
      readonly reference: Json
      /** The text of a Get. */
      readonly target: string | undefined
      readonly type: ValueType
    }
  | {
      readonly kind: 'not-in-enum'
      readonly enumName: string
      readonly value: string
      readonly choices: readonly string[]
    }
  | {readonly kind: 'out-of-range'; readonly problem: RangeProblem; readonly limit: Limit}
)

export type RangeProblem =
  | {readonly of: 'count' | 'key-length' | 'text-length'; readonly value: number}
  | {readonly of: 'number' | 'whole-number'; readonly value: number}

/** Everything that is wrong with the Arguments; nothing for a step type of which no request is known. */
export function checkRequest(stepType: string, args: JsonObject, scope: ReferenceScope): RequestFinding[] {
  const {request, madeName} = stepRequest(stepType)
  if (request === undefined) return []
  const walk: Walk = {scope, trail: [], findings: []}
  checkStructure(args, request, walk, madeName)
  return walk.findings
}

/** `trail` is where the walk stands. */
type Walk = {
  readonly scope: ReferenceScope
  readonly trail: TrailStep[]
  readonly findings: RequestFinding[]
}

/** A member that is required and misspelt is one mistake. */
function checkStructure(value: JsonObject, name: string, walk: Walk, madeName?: string): void {
  const {members, required} = structure(name)
  const meant = new Set<string | undefined>()
  for (const [member, inner] of Object.entries(value)) {
    walk.trail.push(member)
    const shape = members.get(member)
    if (shape) checkValue(inner, shape, memberLimit(name, member), walk)
    else {
      const known = [...members.keys()]
      walk.findings.push({kind: 'unknown-member', path: formatTrail(walk.trail), owner: name, member, known})
      meant.add(nearestName(member, known))
    }
    walk.trail.pop()
  }
  // Null is an operand like others; elsewhere it is as good as nothing. A member that is not known may be meant for one.
  const operands = name === 'Condition' && meant.size === 0 ? conditionOperands(value) : []
  const absent = [
    ...required.filter((member) => (value[member] ?? null) === null),
    ...operands.filter((member) => !Object.hasOwn(value, member)),
  ]
  for (const member of absent) {
    if (member === madeName || meant.has(member)) continue
    walk.trail.push(member)
    walk.findings.push({kind: 'missing-member', path: formatTrail(walk.trail), owner: name, member})
    walk.trail.pop()
  }
}

/** A null is as good as a member that is left out. */
function checkValue(value: Json, shape: Shape, limit: Limit | undefined, walk: Walk): void {
  if (value === null || shape.kind === 'any') return
  if (functionName(value) !== undefined) {
    checkReference(value, shape, walk)
    return
  }
  switch (shape.kind) {
    case 'structure':
      if (isJsonObject(value)) checkStructure(value, shape.name, walk)
      else reportType(value, 'Structure', walk)
      return
    case 'list':
      if (Array.isArray(value)) checkList(value, shape.item, limit, walk)
      else reportType(value, 'List', walk)
      return
    case 'map':
      if (isJsonObject(value)) checkMap(value, shape.value, limit, walk)
      else reportType(value, 'Map', walk)
      return
    default:
      checkScalar(value, shape, limit, walk)
  }
}

function checkList(list: readonly Json[], item: Shape, limit: Limit | undefined, walk: Walk): void {
  checkCount(list.length, limit, walk)
  for (const [index, value] of list.entries()) {
    walk.trail.push({list, index})
    checkValue(value, item, undefined, walk)
    checkTextLength(value, limit, walk)
    walk.trail.pop()
  }
}

function checkMap(map: JsonObject, shape: Shape, limit: Limit | undefined, walk: Walk): void {
  const entries = Object.entries(map)
  checkCount(entries.length, limit, walk)
  for (const [key, value] of entries) {
    walk.trail.push(key)
    if (limit?.keyLength !== undefined && key.length > limit.keyLength) {
      reportRange({of: 'key-length', value: key.length}, limit, walk)
    }
    checkValue(value, shape, undefined, walk)
    checkTextLength(value, limit, walk)
    walk.trail.pop()
  }
}

type ScalarShape = Extract<Shape, {readonly kind: 'string' | 'number' | 'boolean' | 'time'}>

function checkScalar(value: Json, shape: ScalarShape, limit: Limit | undefined, walk: Walk): void {
  switch (shape.kind) {
    case 'string':
      if (typeof value !== 'string') reportType(value, 'String', walk)
      else if (shape.enumName !== undefined) checkEnum(value, shape.enumName, walk)
      return
    case 'number':
      if (typeof value === 'number') checkNumber(value, limit, walk)
      else reportType(value, 'Number', walk)
      return
    case 'boolean':
      if (typeof value !== 'boolean') reportType(value, 'Boolean', walk)
      return
    case 'time':
      if (typeof value !== 'string' && typeof value !== 'number') reportType(value, 'String', walk)
  }
}

function checkEnum(value: string, enumName: string, walk: Walk): void {
  const choices = enumValues(enumName)
  if (!choices.includes(value)) {
    walk.findings.push({kind: 'not-in-enum', path: formatTrail(walk.trail), enumName, value, choices})
  }
}

const wantedTypes = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  time: 'String',
  list: 'List',
  map: 'Map',
  structure: 'Structure',
} as const

/** A reference stands for one value, so it fits where a scalar does; one whose type is known must be of the place's type. */
function checkReference(reference: Json, shape: Exclude<Shape, {readonly kind: 'any'}>, walk: Walk): void {
  const type = referenceType(reference, walk.scope)
  const wanted = wantedTypes[shape.kind]
  if (type === 'Unknown' || shape.kind === 'time' || family(type) === wanted) return
  const target = getText(reference)
  walk.findings.push({kind: 'wrong-reference', path: formatTrail(walk.trail), wanted, reference, target, type})
}

function family(type: Exclude<ValueType, 'Unknown'>): WantedType {
  return type === 'Integer' || type === 'Float' ? 'Number' : type
}

function checkCount(count: number, limit: Limit | undefined, walk: Walk): void {
  if (limit && isOutside(count, limit)) reportRange({of: 'count', value: count}, limit, walk)
}

function checkTextLength(value: Json, limit: Limit | undefined, walk: Walk): void {
  if (limit?.textLength === undefined || typeof value !== 'string' || value.length <= limit.textLength) return
  reportRange({of: 'text-length', value: value.length}, limit, walk)
}

function checkNumber(value: number, limit: Limit | undefined, walk: Walk): void {
  if (!limit) return
  if (limit.isWhole && !Number.isInteger(value)) reportRange({of: 'whole-number', value}, limit, walk)
  else if (isOutside(value, limit)) reportRange({of: 'number', value}, limit, walk)
}

function isOutside(value: number, {least = -Infinity, most = Infinity}: Limit): boolean {
  return value < least || value > most
}

function reportType(found: Json, wanted: WantedType, walk: Walk): void {
  walk.findings.push({kind: 'wrong-type', path: formatTrail(walk.trail), wanted, found})
}

function reportRange(problem: RangeProblem, limit: Limit, walk: Walk): void {
  walk.findings.push({kind: 'out-of-range', path: formatTrail(walk.trail), problem, limit})
}
