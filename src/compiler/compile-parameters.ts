// Parameters to their declarations in the definition; a target's own values replace the defaults.

import {type Json, type JsonObject, numberJson} from '../definition/json.ts'
import {parameterNamePattern} from '../definition/names.ts'
import type {DiagnosticCollector} from '../diagnostics/diagnostic.ts'
import type {ParameterSpec, ParameterValue, TargetSpec, WrittenValue} from '../spec/pipeline-spec.ts'
import {suggestName} from '../text/nearest-name.ts'

/** A pipeline has at most 200 parameters. Source: Parameter list of StartPipelineExecution. */
export const maximumParameters = 200

export function compileParameters(
  parameters: readonly ParameterSpec[],
  target: TargetSpec | undefined,
  findings: DiagnosticCollector,
): JsonObject[] {
  const overrides = checkedOverrides(parameters, target, findings)
  const last = parameters.at(maximumParameters)
  if (last) {
    findings.error(
      'out-of-range',
      last.nameRange,
      `the pipeline has ${parameters.length} parameters; SageMaker allows ${maximumParameters}`,
    )
  }
  return parameters.map((parameter) => {
    if (!parameterNamePattern.test(parameter.name)) {
      findings.error('invalid-name', parameter.nameRange, `"${parameter.name}" cannot name a parameter`, {
        help: 'letters, digits, - and _, 64 characters at most',
      })
    }
    const value = overrides.get(parameter.name) ?? parameter.default
    return {
      Name: parameter.name,
      Type: parameter.type,
      ...(value === undefined ? {} : {DefaultValue: defaultValue(value, parameter)}),
      ...(parameter.choices ? {EnumValues: [...parameter.choices]} : {}),
      ...(parameter.description === undefined ? {} : {Description: parameter.description}),
    }
  })
}

function checkedOverrides(
  parameters: readonly ParameterSpec[],
  target: TargetSpec | undefined,
  findings: DiagnosticCollector,
): Map<string, WrittenValue> {
  const overrides = new Map<string, WrittenValue>()
  for (const {name, nameRange, value} of target?.parameters ?? []) {
    const parameter = parameters.find((declared) => declared.name === name)
    if (!parameter) {
      const help = suggestName(
        name,
        parameters.map((declared) => declared.name),
      )
      findings.error('unknown-target-parameter', nameRange, `the target sets "${name}", which is not a parameter`, {
        help,
      })
      continue
    }
    if (!fits(value.value, parameter)) {
      const wanted = parameter.choices ? `one of ${parameter.choices.join(', ')}` : parameter.type
      findings.error(
        'parameter-type',
        value.range,
        `parameter "${name}" takes ${wanted}, not ${JSON.stringify(value.value)}`,
      )
      continue
    }
    overrides.set(name, value)
  }
  return overrides
}

/** Of a String what was written, of a number its own digits. */
function defaultValue({value, text}: WrittenValue, {type}: ParameterSpec): Json {
  if (type === 'String') return text
  return typeof value === 'number' ? numberJson(value, text) : value
}

function fits(value: ParameterValue, parameter: ParameterSpec): boolean {
  switch (parameter.type) {
    case 'String':
      return parameter.choices === undefined || parameter.choices.includes(String(value))
    case 'Boolean':
      return typeof value === 'boolean'
    case 'Float':
      return typeof value === 'number'
    case 'Integer':
      return Number.isInteger(value)
  }
}
