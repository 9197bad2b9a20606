// The parameters of a start request against those of the definition: typed, checked, completed with defaults.
// Run-time values are texts on the wire ("3", "True"), parsed by the parameter's type.

import {parseParameterValue} from '../../definition/parameter-value.ts'
import type {ParameterDefinition} from '../../definition/types.ts'
import type {ParameterValue} from '../store/executions.ts'

export type StartParameters =
  | {readonly kind: 'values'; readonly values: readonly ParameterValue[]}
  | {readonly kind: 'refused'; readonly message: string}

/** Every parameter of the definition with its value in force, or why the request is refused. */
export function completeParameters(
  declared: readonly ParameterDefinition[],
  given: readonly ParameterValue[],
): StartParameters {
  const byName = new Map(declared.map((parameter) => [parameter.Name, parameter]))
  const overrides = new Map<string, string>()
  for (const {Name, Value} of given) {
    const parameter = byName.get(Name)
    if (!parameter) return refused(`Parameter [${Name}] is not defined in the pipeline definition.`)
    if (overrides.has(Name)) return refused(`Parameter [${Name}] is given more than once.`)
    const fault = findValueFault(parameter, Value)
    if (fault !== undefined) return refused(fault)
    overrides.set(Name, Value)
  }

  const values: ParameterValue[] = []
  for (const {Name, DefaultValue} of declared) {
    const value = overrides.get(Name) ?? (DefaultValue === undefined ? undefined : String(DefaultValue))
    if (value === undefined) return refused(`Parameter [${Name}] has no default value and needs a value.`)
    values.push({Name, Value: value})
  }
  return {kind: 'values', values}
}

function findValueFault(parameter: ParameterDefinition, value: string): string | undefined {
  const {Name, Type = 'String', EnumValues} = parameter
  // The service's own sentence, aws/sagemaker-python-sdk issue 4016.
  if (Type === 'String' && value === '') return '[string "" is too short (length: 0, required minimum: 1)]'
  if (parseParameterValue(Type, value) === undefined) {
    return `Parameter [${Name}] has type ${Type}; the value '${value}' is not of that type.`
  }
  if (EnumValues && !EnumValues.includes(value)) {
    return `Parameter [${Name}] has the value '${value}', which is not in its enum values: [${EnumValues.join(', ')}]`
  }
  return undefined
}

function refused(message: string): StartParameters {
  return {kind: 'refused', message}
}
