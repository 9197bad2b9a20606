// What a trigger gives the executions that it starts. EventBridge passes texts: constants, or what stands at a path in the event.

import {parameterValueMaximum} from '../../definition/names.ts'
import {parseParameterValue} from '../../definition/parameter-value.ts'
import type {ParameterDefinition} from '../../definition/types.ts'
import type {TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import type {Located} from '../../spec/value.ts'
import {nearestName, suggestName} from '../../text/nearest-name.ts'
import type {TriggerParameter} from '../../trigger/trigger.ts'
import {maximumParameters} from '../compile-parameters.ts'
import {isPath, pathProblem} from './event-paths.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

/** EventBridge API reference, SageMakerPipelineParameter, Name. The Scheduler's has `_` too, as SageMaker's own. */
const ruleNamePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$/

type ParameterService = 'rule' | 'scheduler'

export function compileParameters(spec: TriggerSpec, scope: Findings): TriggerParameter[] {
  const entries = spec.parameters ?? []
  const over = entries[maximumParameters]
  if (over) {
    const message = `the trigger gives ${entries.length} parameters; EventBridge allows ${maximumParameters}`
    scope.findings.error('out-of-range', over.nameRange, message)
  }
  checkRequired(spec, scope)
  const service = serviceOf(spec)
  return entries.flatMap(({name, nameRange, value}) => {
    const parameter = checkName({value: name, range: nameRange}, service, scope)
    const text = triggerText(value, scope)
    if (!text) return []
    if (parameter) checkValue(parameter, text, service, scope)
    return [{name, value: text.value}]
  })
}

function serviceOf(spec: TriggerSpec): ParameterService {
  return spec.kind === 'schedule' && spec.via?.value !== 'rule' ? 'scheduler' : 'rule'
}

/** Of a pipeline that cannot be started without them. */
function checkRequired(spec: TriggerSpec, {definition, findings}: Findings): void {
  const given = new Set(spec.parameters?.map(({name}) => name))
  for (const {Name: name, DefaultValue} of definition.Parameters) {
    if (DefaultValue !== undefined || given.has(name) || isMisspelt(name, spec, definition.Parameters)) continue
    const message = `the parameter "${name}" has no default, and trigger "${spec.name}" does not give it`
    findings.error('trigger-parameter', spec.nameRange, message, {
      help: `parameters: {${name}: …} below the trigger, or a default below the parameter`,
    })
  }
}

/** Reported where it is written. */
function isMisspelt(name: string, spec: TriggerSpec, parameters: readonly ParameterDefinition[]): boolean {
  const unknown = (spec.parameters ?? []).filter((one) => parameters.every(({Name}) => Name !== one.name))
  return unknown.some((one) => nearestName(one.name, [name]) !== undefined)
}

function checkName(
  {value: name, range}: Located<string>,
  service: ParameterService,
  {definition, findings}: Findings,
): ParameterDefinition | undefined {
  const parameter = definition.Parameters.find(({Name}) => Name === name)
  if (!parameter) {
    const known = definition.Parameters.map(({Name}) => Name)
    findings.error('trigger-parameter', range, `the pipeline has no parameter "${name}"`, {
      help: suggestName(name, known) ?? 'declare it below parameters: of the spec',
    })
    return undefined
  }
  if (service === 'rule' && !ruleNamePattern.test(name)) {
    const legal = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
    const message = `a rule cannot give "${name}": EventBridge takes letters, digits and - in names there`
    findings.error('trigger-parameter', range, message, {
      help: `rename the parameter, as in ${legal}; EventBridge Scheduler, which knows no events, takes _ too`,
    })
  }
  return parameter
}

function checkValue(
  parameter: ParameterDefinition,
  {value: text, range}: Located<string>,
  service: ParameterService,
  {findings}: Findings,
): void {
  const {Name: name} = parameter
  if (text.length > parameterValueMaximum) {
    const message = `the value of "${name}" has ${text.length} characters; EventBridge allows ${parameterValueMaximum}`
    findings.error('out-of-range', range, message)
    return
  }
  const problem = pathProblem(text)
  if (problem) {
    findings.error('trigger-parameter', range, `"${text}" ${problem.message}`, {help: problem.help})
  } else if (!isPath(text)) {
    checkConstant(parameter, text, range, findings)
  } else if (service === 'scheduler') {
    findings.error('trigger-parameter', range, `EventBridge Scheduler has no event: "${text}" leads to nothing`, {
      help: 'give a constant; "via: rule" has an event with $.time and $.id',
    })
  }
}

function checkConstant(
  {Name: name, Type: type, EnumValues: choices}: ParameterDefinition,
  text: string,
  range: Located<string>['range'],
  findings: Findings['findings'],
): void {
  if (choices && !choices.includes(text)) {
    const meant = nearestName(text, choices)
    const help = meant === undefined ? {} : {help: `did you mean "${meant}"?`}
    findings.error('trigger-parameter', range, `"${name}" takes one of ${choices.join(', ')}, not "${text}"`, help)
  } else if (parseParameterValue(type, text) === undefined) {
    findings.error(
      'trigger-parameter',
      range,
      `"${name}" takes ${type === 'Integer' ? 'an' : 'a'} ${type}, not "${text}"`,
    )
  }
}
