// Properties of steps in SageMaker's own names, held against what the Describe call of the step's type shows.

import {formatPropertyPath, type PropertyPath} from '../../definition/property-path.ts'
import {propertyShape} from '../../definition/request-shapes/property-shape.ts'
import {propertyType, type ValueType} from '../../definition/request-shapes/value-type.ts'
import type {OutputParameter} from '../../definition/types.ts'
import type {StepSpec} from '../../spec/pipeline-spec.ts'
import type {PathPart} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import type {Scope} from '../context.ts'

export type MissingProperty = {readonly segment: number; readonly message: string; readonly help?: string}

/** What is wrong with a path; undefined where it leads to something, or nothing is known of the step type. */
export function missingProperty(stepName: string, stepType: string, path: PropertyPath): MissingProperty | undefined {
  const found = propertyShape(stepType, path)
  if (found?.kind !== 'missing') return undefined
  const {segment, known} = found
  const before = formatPropertyPath(path.slice(0, segment))
  const part = path[segment]
  const wrong = part ? formatPropertyPath([part]) : ''
  if (segment === 0) {
    return withHelp({segment, message: `step "${stepName}" (${stepType}) has no property "${wrong}"`}, wrong, known)
  }
  const message = `"${before}" of step "${stepName}" has no "${wrong}"`
  if (found.isList) return {segment, message, help: `it is a list: ${before}[0], or ${before}['<name>']`}
  return withHelp({segment, message}, wrong, known)
}

function withHelp(missing: MissingProperty, wrong: string, known: readonly string[]): MissingProperty {
  const help = suggestName(wrong, known)
  return help === undefined ? missing : {...missing, help}
}

/** The type of `${steps.<step>.<property>}`; undefined, with the reason among the findings, when there is no such property. */
export function resolveProperty(step: StepSpec, parts: readonly PathPart[], scope: Scope): ValueType | undefined {
  const type = stepType(step, scope)
  const path = parts.map(toSegment)
  const missing = missingProperty(step.name, type, path)
  if (!missing) return propertyType({Type: type, OutputParameters: declaredOutputs(step)}, path)
  const range = parts[missing.segment]?.range ?? step.nameRange
  scope.findings.error('unknown-property', range, missing.message, missing.help ? {help: missing.help} : {})
  return undefined
}

function declaredOutputs(step: StepSpec): OutputParameter[] {
  const outputs = step.kind === 'lambda' || step.kind === 'callback' ? (step.outputs ?? []) : []
  return outputs.map(({name, type}) => ({OutputName: name, OutputType: type}))
}

/** SageMaker's name of the step's type: `definition:` may say it, and of a raw step does. */
export function stepType(step: StepSpec, scope: Scope): string {
  const own = step.definition?.entries.find(({key}) => key === 'Type')?.value
  return own?.kind === 'literal' ? own.text : scope.compilers[step.kind].type
}

function toSegment(part: PathPart): PropertyPath[number] {
  if (part.kind === 'name') return {kind: 'member', name: part.name}
  return part.kind === 'key' ? {kind: 'key', key: part.key} : {kind: 'index', index: part.index}
}
