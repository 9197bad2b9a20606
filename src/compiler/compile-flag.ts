// Values in places where SageMaker takes true or false only.

import type {Json} from '../definition/json.ts'
import type {Value} from '../spec/value.ts'
import type {StepScope} from './context.ts'
import {resolveReference} from './resolve-reference.ts'

/** True, false, or a reference to one. `what` names it in messages. */
export function compileFlag(value: Value, what: string, scope: StepScope): Json {
  if (value.kind === 'reference') {
    const resolved = resolveReference(value.reference, scope)
    if (!resolved || resolved.type === 'Boolean' || resolved.type === 'Unknown') return resolved?.json ?? false
    const message = `${what} must be true or false, but ${value.reference.text} is a ${resolved.type}`
    scope.findings.error('parameter-type', value.range, message)
    return false
  }
  if (value.kind === 'literal' && typeof value.value === 'boolean') return value.value
  scope.findings.error('wrong-type', value.range, `${what} must be true or false`)
  return false
}
