// Values in places where SageMaker takes a number only, or true or false only.

import {type Json, numberJson} from '../../definition/json.ts'
import type {Value} from '../../spec/value.ts'
import type {Resolved, StepScope} from '../context.ts'
import {resolveReference} from '../resolve-reference.ts'

type Limits = {readonly least: number; readonly most?: number; readonly isWhole: boolean}

export const atLeastOne: Limits = {least: 1, isWhole: true}

const wholeTypes: readonly Resolved['type'][] = ['Integer', 'Number', 'Unknown']
const numberTypes: readonly Resolved['type'][] = [...wholeTypes, 'Float']
const flagTypes: readonly Resolved['type'][] = ['Boolean', 'Unknown']

/** A number in its limits, or a reference to one. `what` names it in messages. */
export function compileNumber(value: Value, what: string, limits: Limits, scope: StepScope): Json {
  const rule = `${what} must be ${describe(limits)}`
  if (value.kind === 'reference') {
    return compileReference(value, limits.isWhole ? wholeTypes : numberTypes, rule, scope) ?? ''
  }
  if (value.kind !== 'literal' || typeof value.value !== 'number') {
    scope.findings.error('wrong-type', value.range, rule)
    return ''
  }
  const {least, most = Number.POSITIVE_INFINITY, isWhole} = limits
  const fits = value.value >= least && value.value <= most && (!isWhole || Number.isInteger(value.value))
  if (!fits) scope.findings.error('out-of-range', value.range, `${rule}, not ${value.text}`)
  return numberJson(value.value, value.text)
}

/** True, false, or a reference to one. `what` names it in messages. */
export function compileFlag(value: Value, what: string, scope: StepScope): Json {
  const rule = `${what} must be true or false`
  if (value.kind === 'reference') return compileReference(value, flagTypes, rule, scope) ?? false
  if (value.kind === 'literal' && typeof value.value === 'boolean') return value.value
  scope.findings.error('wrong-type', value.range, rule)
  return false
}

/** Undefined when it was wrong and is reported. */
function compileReference(
  {reference, range}: Extract<Value, {readonly kind: 'reference'}>,
  types: readonly Resolved['type'][],
  rule: string,
  scope: StepScope,
): Json | undefined {
  const resolved = resolveReference(reference, scope)
  if (!resolved || types.includes(resolved.type)) return resolved?.json
  scope.findings.error('parameter-type', range, `${rule}, but ${reference.text} is a ${resolved.type}`)
  return undefined
}

function describe({least, most, isWhole}: Limits): string {
  const kind = isWhole ? 'a whole number' : 'a number'
  return most === undefined ? `${kind} of at least ${least}` : `${kind} from ${least} to ${most}`
}
