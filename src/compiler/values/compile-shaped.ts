// Values of `api:` and `definition:` at places whose shape is known: a `${…}` that is no String is cast where a text is
// wanted, as everywhere else in a spec. What is written in SageMaker's own form stays as it is written.

import type {Json} from '../../definition/json.ts'
import {type Shape, structure} from '../../definition/request-shapes/shape.ts'
import {stepRequest} from '../../definition/request-shapes/step-requests.ts'
import type {Value} from '../../spec/value.ts'
import type {StepScope} from '../context.ts'
import {compileText, compileValue} from './compile-value.ts'

/** The shape of the Arguments of a step type; undefined where none is known. */
export function argumentsShape(stepType: string): Shape | undefined {
  const {request} = stepRequest(stepType)
  return request === undefined ? undefined : {kind: 'structure', name: request}
}

/** Of a member, where the shape has it. */
export function memberShape(shape: Shape | undefined, member: string): Shape | undefined {
  if (shape?.kind === 'structure') return structure(shape.name).members.get(member)
  return shape?.kind === 'map' ? shape.value : undefined
}

export function compileShaped(value: Value, shape: Shape | undefined, scope: StepScope): Json {
  if (value.kind === 'reference' && shape?.kind === 'string') return compileText(value, scope)
  if (value.kind === 'list' && shape?.kind === 'list') {
    return value.items.map((item) => compileShaped(item, shape.item, scope))
  }
  if (value.kind === 'map' && shape) {
    const members = value.entries.map(({key, value: member}) => [
      key,
      compileShaped(member, memberShape(shape, key), scope),
    ])
    return Object.fromEntries(members)
  }
  return compileValue(value, scope)
}
