// The values an execution is started with, checked against the deployed definition before anything starts.

import type {NameValue} from '../../cloud/ports.ts'
import {parameterValueMaximum} from '../../definition/names.ts'
import type {ParameterDefinition, ParameterType} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'

/** `--param name=value`. The value may hold further `=`. */
export function splitParameter(text: string): NameValue | undefined {
  const at = text.indexOf('=')
  return at > 0 ? {name: text.slice(0, at).trim(), value: text.slice(at + 1)} : undefined
}

/**
 * The parameters to send. Later values of one name win, so that a flag goes over a file. Throws one usage error that
 * names everything that is wrong, `earlierProblems` first.
 */
export function checkStartParameters(
  declared: readonly ParameterDefinition[],
  given: readonly NameValue[],
  earlierProblems: readonly string[] = [],
  whose = 'the deployed pipeline',
): NameValue[] {
  const values = new Map(given.map(({name, value}) => [name, value]))
  const known = new Map(declared.map((parameter) => [parameter.Name, parameter]))
  const problems = [...earlierProblems]
  const checked: NameValue[] = []

  for (const [name, value] of values) {
    const parameter = known.get(name)
    if (!parameter) {
      const suggestion = suggestName(name, known.keys()) ?? 'the pipeline has no parameters'
      problems.push(`"${name}" is not a parameter of ${whose}: ${suggestion}`)
      continue
    }
    const result = checkValue(parameter, value)
    if (result.ok) checked.push({name, value: result.value})
    else problems.push(result.problem)
  }
  for (const parameter of declared) {
    if (parameter.DefaultValue !== undefined || values.has(parameter.Name)) continue
    problems.push(`"${parameter.Name}" (${typeOf(parameter)}) has no default: give it with --param ${parameter.Name}=…`)
  }
  if (problems.length > 0) throw parameterError(problems)
  return checked
}

function parameterError(problems: readonly string[]): MlpipeError {
  const [only] = problems
  const message = problems.length === 1 && only !== undefined ? only : `${problems.length} parameters are wrong`
  return new MlpipeError({
    code: 'wrong-parameters',
    message: problems.length === 1 ? message : `${message}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  })
}

type Checked = {readonly ok: true; readonly value: string} | {readonly ok: false; readonly problem: string}

/** Whether a parameter takes the value, and how it is sent. */
export function checkValue(parameter: ParameterDefinition, value: string): Checked {
  const {Name: name, EnumValues: allowed} = parameter
  const type = typeOf(parameter)
  if (value.length > parameterValueMaximum) {
    return wrong(`"${name}" is ${value.length} characters long; SageMaker takes at most ${parameterValueMaximum}`)
  }
  const text = type === 'String' ? value : value.trim()
  if (!patterns[type].test(text)) {
    return wrong(`"${name}" takes ${describeType[type]}, not "${value}"`)
  }
  if (allowed && !allowed.includes(text)) {
    return wrong(`"${name}" cannot be "${value}": ${suggestName(text, allowed) ?? 'no value is allowed'}`)
  }
  return {ok: true, value: type === 'Boolean' ? capitalised(text) : text}
}

const patterns: Readonly<Record<ParameterType, RegExp>> = {
  String: /^/,
  Integer: /^[+-]?\d+$/,
  Float: /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/,
  Boolean: /^(true|false)$/i,
}

const describeType: Readonly<Record<ParameterType, string>> = {
  String: 'a String',
  Integer: 'an Integer (such as 42)',
  Float: 'a Float (such as 0.93)',
  Boolean: 'a Boolean (true or false)',
}

function typeOf(parameter: ParameterDefinition): ParameterType {
  return parameter.Type ?? 'String'
}

function wrong(problem: string): Checked {
  return {ok: false, problem}
}

/** `True` and `False`: what the SageMaker Python SDK sends for a Boolean (str of the Python value). */
function capitalised(text: string): string {
  return text.toLowerCase() === 'true' ? 'True' : 'False'
}
