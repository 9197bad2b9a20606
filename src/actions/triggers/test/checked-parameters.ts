// What a trigger gives, beside what the pipeline takes.

import type {ParameterDefinition} from '../../../definition/types.ts'
import type {EventParameters} from '../../../trigger/event-parameters.ts'
import {checkValue} from '../../parameters/start-parameters.ts'
import type {TestedParameter} from './test-result.ts'

/** In the order of the trigger, with a problem for each that SageMaker would refuse; then what the pipeline wants besides. */
export function checkedParameters(
  {given, missing}: EventParameters,
  declared: readonly ParameterDefinition[],
): TestedParameter[] {
  const known = new Map(declared.map((parameter) => [parameter.Name, parameter]))
  const names = new Set([...given, ...missing].map(({name}) => name))
  return [
    ...given.map((one): TestedParameter => {
      const parameter = known.get(one.name)
      const checked = parameter && checkValue(parameter, one.value)
      return {...one, ...(checked === undefined || checked.ok ? {} : {problem: checked.problem})}
    }),
    ...missing.map(({name, path}) => ({name, path, problem: `the event has nothing at ${path}`})),
    ...declared
      .filter(({Name, DefaultValue}) => DefaultValue === undefined && !names.has(Name))
      .map(({Name}) => ({name: Name, problem: `"${Name}" has no default, and the trigger gives no value`})),
  ]
}
