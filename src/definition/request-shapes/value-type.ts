// The type that a reference has before anything runs, as the service compares it with the place that the reference stands in.
// Source: aws/sagemaker-python-sdk issues 2631 and 2978 ("Cannot assign property reference … to argument of type [String].").

import type {Json} from '../json.ts'
import {isJsonObject} from '../json.ts'
import type {PropertyPath} from '../property-path.ts'
import {getText, parseGet} from '../references.ts'
import type {ParameterType, StepDefinition} from '../types.ts'
import {propertyShape} from './property-shape.ts'
import type {Shape} from './shape.ts'

/** `Number`: of a property, which may be whole or not. `Unknown`: only the run can tell. */
export type ValueType = ParameterType | 'Number' | 'Unknown'

/** What references can mean. */
export type ReferenceScope = {
  readonly parameters: ReadonlyMap<string, ParameterType>
  readonly steps: ReadonlyMap<string, Pick<StepDefinition, 'Type' | 'OutputParameters'>>
}

const functions: readonly string[] = ['Get', 'Std:Join', 'Std:JsonGet']

/** The name of the function, where the value is one: a reference stands for a value that only the run has. */
export function functionName(value: Json): string | undefined {
  if (!isJsonObject(value)) return undefined
  const [name, extra] = Object.keys(value)
  return name !== undefined && extra === undefined && functions.includes(name) ? name : undefined
}

/** Of a `{Get}`, a `{Std:Join}` or a `{Std:JsonGet}`. */
export function referenceType(reference: Json, scope: ReferenceScope): ValueType {
  const text = getText(reference)
  if (text === undefined) return functionName(reference) === 'Std:Join' ? 'String' : 'Unknown'
  const target = parseGet(text)
  switch (target?.kind) {
    case 'parameter':
      return scope.parameters.get(target.name) ?? 'Unknown'
    case 'execution':
    case 'experiment':
      return 'String'
    case 'property': {
      const step = scope.steps.get(target.stepName)
      return step ? propertyType(step, target.path) : 'Unknown'
    }
    default:
      return 'Unknown'
  }
}

/** Of a property of a step, or of an output that a Lambda or Callback step declares. */
export function propertyType(step: Pick<StepDefinition, 'Type' | 'OutputParameters'>, path: PropertyPath): ValueType {
  const [first, second] = path
  if (first?.kind === 'member' && first.name === 'OutputParameters' && second?.kind === 'key') {
    return step.OutputParameters?.find(({OutputName}) => OutputName === second.key)?.OutputType ?? 'Unknown'
  }
  const found = propertyShape(step.Type, path)
  return found?.kind === 'known' ? shapeType(found.shape) : 'Unknown'
}

function shapeType({kind}: Shape): ValueType {
  if (kind === 'string') return 'String'
  if (kind === 'number') return 'Number'
  return kind === 'boolean' ? 'Boolean' : 'Unknown'
}
