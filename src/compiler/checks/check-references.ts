// References in SageMaker's own form (`{Get: …}`, Std:Join, Std:JsonGet), as `api:`, `definition:` and raw steps have them:
// their shape, what they name, and the edges they make. References in `${…}` have been checked where they were resolved.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {elementName, type PropertyPath, readPath} from '../../definition/property-path.ts'
import {parseGet, type Reference} from '../../definition/references.ts'
import {formatTrail, type TrailStep} from '../../definition/request-shapes/trail.ts'
import {functionName} from '../../definition/request-shapes/value-type.ts'
import type {StepDefinition} from '../../definition/types.ts'
import type {DiagnosticCode} from '../../diagnostics/diagnostic.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {missingProperty} from './check-properties.ts'

/** `path` is below the step. */
export type ReferenceFinding = {
  readonly code: DiagnosticCode
  readonly path: string
  readonly message: string
  readonly help?: string
}

/** What the references of a definition can name. `unread` are steps that were wrong beyond reading. */
export type Names = {
  readonly parameters: ReadonlySet<string>
  readonly steps: ReadonlyMap<string, StepDefinition>
  readonly unread: ReadonlySet<string>
}

/** Every step that the references of a step name, each with the path of the first. */
export function namedSteps(step: StepDefinition): Map<string, string> {
  const named = new Map<string, string>()
  visitFunctions(ownParts(step), [], (name, value, trail) => {
    const reference = name === 'Get' && typeof value === 'string' ? parseGet(value) : undefined
    if (!reference || !('stepName' in reference) || named.has(reference.stepName)) return
    named.set(reference.stepName, formatTrail(trail))
  })
  return named
}

export function checkReferences(step: StepDefinition, names: Names): ReferenceFinding[] {
  const findings: ReferenceFinding[] = []
  visitFunctions(ownParts(step), [], (name, value, trail, parent) => {
    const problem = checkFunction(name, value, parent, step, names)
    if (problem) findings.push({...problem, path: formatTrail(trail)})
  })
  return findings
}

type Problem = Omit<ReferenceFinding, 'path'>

/** The step without what is nested in it. */
function ownParts({Arguments, ...step}: StepDefinition): JsonObject {
  const {IfSteps: _if, ElseSteps: _else, ...own} = Arguments
  return {...step, Arguments: step.Type === 'Condition' ? own : Arguments} as unknown as JsonObject
}

type Visit = (name: string, value: Json, trail: readonly TrailStep[], parent: string | undefined) => void

/** Calls back for every function; `parent` is the function that it stands in, with the member where that counts. */
function visitFunctions(value: Json, trail: TrailStep[], visit: Visit, parent?: string): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      trail.push({list: value, index})
      visitFunctions(item, trail, visit, parent)
      trail.pop()
    }
    return
  }
  if (!isJsonObject(value)) return
  const name = functionName(value)
  if (name !== undefined) {
    const inner = value[name] ?? null
    visit(name, inner, trail, parent)
    if (name === 'Get' || !isJsonObject(inner)) return
    for (const [member, each] of Object.entries(inner)) visitFunctions(each, trail, visit, `${name}.${member}`)
    return
  }
  for (const [member, inner] of Object.entries(value)) {
    trail.push(member)
    visitFunctions(inner, trail, visit, parent)
    trail.pop()
  }
}

function checkFunction(
  name: string,
  value: Json,
  parent: string | undefined,
  step: StepDefinition,
  names: Names,
): Problem | undefined {
  if (name === 'Std:Join') return checkJoin(value)
  if (name === 'Std:JsonGet') return checkJsonGet(value)
  if (typeof value !== 'string') return malformed('a Get takes one text', knownForms)
  const reference = parseGet(value)
  if (!reference) return malformed(`"${value}" is no reference`, knownForms)
  return checkTarget(reference, value, parent, step, names)
}

const knownForms = 'known: Parameters.<name>, Steps.<step>.<property>, Execution.<variable>'

function malformed(message: string, help?: string): Problem {
  return {code: 'invalid-reference', message, ...(help === undefined ? {} : {help})}
}

/** Source: SageMaker Python SDK, workflow/functions.py. */
function checkJoin(value: Json): Problem | undefined {
  const help = 'write {Std:Join: {On: "/", Values: [s3://bucket, {Get: Parameters.folder}]}}'
  if (!isJsonObject(value) || !Array.isArray(value.Values)) return malformed('a Std:Join needs a list of Values', help)
  const stranger = Object.keys(value).find((key) => key !== 'On' && key !== 'Values')
  if (stranger !== undefined) return malformed(`a Std:Join has no "${stranger}"`, help)
  if (value.On !== undefined && typeof value.On !== 'string') return malformed('On of a Std:Join is a text', help)
  const isFlat = value.Values.every((item: Json) => !isContainer(item) || functionName(item) !== undefined)
  return isFlat ? undefined : malformed('the Values of a Std:Join are single values and references', help)
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

/** The Path is fixed: the service refuses a reference there. Source: aws/sagemaker-python-sdk issues 3463 and 4418. */
function checkJsonGet(value: Json): Problem | undefined {
  const help = 'write {Std:JsonGet: {PropertyFile: {Get: Steps.<step>.PropertyFiles.<file>}, Path: metrics.accuracy}}'
  if (!isJsonObject(value)) return malformed('a Std:JsonGet takes a PropertyFile or S3Uri, and a Path', help)
  const stranger = Object.keys(value).find((key) => !['PropertyFile', 'S3Uri', 'Path'].includes(key))
  if (stranger !== undefined) return malformed(`a Std:JsonGet has no "${stranger}"`, help)
  if (typeof value.Path !== 'string' || value.Path === '') {
    return malformed('the Path of a Std:JsonGet must be a text, without references', help)
  }
  const sources = [value.PropertyFile, value.S3Uri].filter((source) => source !== undefined)
  if (sources.length !== 1) return malformed('a Std:JsonGet takes either a PropertyFile or an S3Uri', help)
  if (value.S3Uri !== undefined) return undefined
  const file = value.PropertyFile ?? null
  const text = functionName(file) === 'Get' && isJsonObject(file) ? file.Get : undefined
  const isFile = typeof text === 'string' && parseGet(text)?.kind === 'propertyFile'
  return isFile ? undefined : malformed('the PropertyFile of a Std:JsonGet is a Get of a property file', help)
}

function checkTarget(
  reference: Reference,
  text: string,
  parent: string | undefined,
  step: StepDefinition,
  names: Names,
): Problem | undefined {
  switch (reference.kind) {
    case 'parameter':
      return checkParameter(reference.name, step, names)
    case 'execution':
      return checkVariable(reference.variable, step)
    case 'property':
      return checkStepName(reference.stepName, step, names) ?? checkProperty(reference.stepName, reference.path, names)
    case 'propertyFile':
      if (parent !== 'Std:JsonGet.PropertyFile') return malformed(`"${text}" can stand in a Std:JsonGet only`)
      return (
        checkStepName(reference.stepName, step, names) ?? checkPropertyFile(reference.stepName, reference.name, names)
      )
    case 'experiment':
    case 's3Json':
      return undefined
  }
}

function checkParameter(name: string, step: StepDefinition, {parameters}: Names): Problem | undefined {
  if (parameters.has(name)) return undefined
  const message = `step "${step.Name}" refers to the parameter "${name}", which is not declared`
  return problem('unknown-parameter-reference', message, suggestName(name, parameters))
}

function problem(code: DiagnosticCode, message: string, help: string | undefined): Problem {
  return {code, message, ...(help === undefined ? {} : {help})}
}

/** Source: SageMaker Python SDK, workflow/execution_variables.py; the names of jobs are known in steps of their own type. */
const variables: Readonly<Record<string, string | undefined>> = {
  StartDateTime: undefined,
  CurrentDateTime: undefined,
  PipelineName: undefined,
  PipelineArn: undefined,
  PipelineExecutionId: undefined,
  PipelineExecutionArn: undefined,
  TrainingJobName: 'Training',
  ProcessingJobName: 'Processing',
}

function checkVariable(variable: string, step: StepDefinition): Problem | undefined {
  if (!Object.hasOwn(variables, variable)) {
    return malformed(`there is no "Execution.${variable}"`, suggestName(variable, Object.keys(variables)))
  }
  const type = variables[variable]
  if (type === undefined || type === step.Type) return undefined
  return malformed(`"Execution.${variable}" is known in ${type} steps only, and "${step.Name}" is a ${step.Type} step`)
}

function checkStepName(name: string, step: StepDefinition, {steps, unread}: Names): Problem | undefined {
  const found = steps.get(name)
  if (found?.Type === 'Fail') {
    return problem('unsupported-reference', 'a fail step has no values: nothing can depend on it', undefined)
  }
  if (found || unread.has(name)) return undefined
  const message = `step "${step.Name}" reads from "${name}", which is not a step in this pipeline`
  return problem('unknown-step-reference', message, suggestName(name, steps.keys()))
}

function checkProperty(name: string, path: PropertyPath, {steps}: Names): Problem | undefined {
  const step = steps.get(name)
  if (!step) return undefined
  const missing = missingProperty(name, step.Type, path)
  if (missing) return problem('unknown-property', missing.message, missing.help)
  return checkOutputParameter(step, path) ?? checkElement(step, path)
}

function checkOutputParameter({Name, OutputParameters}: StepDefinition, path: PropertyPath): Problem | undefined {
  const [first, second] = path
  if (first?.kind !== 'member' || first.name !== 'OutputParameters' || second?.kind !== 'key') return undefined
  const known = (OutputParameters ?? []).map(({OutputName}) => OutputName)
  if (known.includes(second.key)) return undefined
  return problem(
    'unknown-property',
    `step "${Name}" declares no output "${second.key}"`,
    suggestName(second.key, known),
  )
}

/** Inputs, outputs and channels are found by their names, and the Arguments say which there are. */
function checkElement({Name, Arguments}: StepDefinition, path: PropertyPath): Problem | undefined {
  const at = path.findIndex(({kind}) => kind === 'key')
  const key = path[at]
  const list = key && readPath(Arguments, path.slice(0, at))
  if (key?.kind !== 'key' || !Array.isArray(list)) return undefined
  const known = list.map(elementName)
  if (!known.every((name) => name !== undefined) || known.includes(key.key)) return undefined
  const message = `step "${Name}" has no "${key.key}" among its ${lastMember(path.slice(0, at))}`
  return problem('unknown-property', message, suggestName(key.key, known))
}

function lastMember(path: PropertyPath): string {
  const last = path.at(-1)
  return last?.kind === 'member' ? last.name : 'elements'
}

function checkPropertyFile(stepName: string, file: string, {steps}: Names): Problem | undefined {
  const step = steps.get(stepName)
  const known = (step?.PropertyFiles ?? []).map(({PropertyFileName}) => PropertyFileName)
  if (!step || known.includes(file)) return undefined
  const message = `step "${stepName}" has no property file "${file}"`
  return problem('unknown-report-reference', message, suggestName(file, known))
}
