// The inputs and outputs of Lambda and callback steps: free values that go in, and typed values that come out.

import type {JsonObject} from '../definition/json.ts'
import type {Entry} from '../spec/fields.ts'
import type {OutputParameterSpec} from '../spec/output-parameters.ts'
import {type PathPart, partName, type Reference, type Value} from '../spec/value.ts'
import {suggestName} from '../text/nearest-name.ts'
import {compileValue} from './compile-value.ts'
import type {Resolved, StepScope} from './context.ts'
import {elementPath, type Place} from './place.ts'

/** A step with outputs of its own naming. */
type GivingStep = {readonly name: string; readonly outputs: readonly OutputParameterSpec[] | undefined}

/** A flat map, as the service takes it: numbers stay numbers. */
export function freeInputs(inputs: readonly Entry<Value>[] | undefined, scope: StepScope): JsonObject {
  return Object.fromEntries((inputs ?? []).map(({name, value}) => [name, compileValue(value, scope)]))
}

export function outputParameters({outputs}: GivingStep): JsonObject[] {
  return (outputs ?? []).map(({name, type}) => ({OutputName: name, OutputType: type}))
}

export function outputParameterPlaces({outputs}: GivingStep): Place[] {
  return (outputs ?? []).map(({name, nameRange}) => [elementPath('OutputParameters', name), nameRange])
}

/** `outputs.score`, with the type that was declared. */
export function outputParameter(
  step: GivingStep,
  [kind, name, extra]: readonly PathPart[],
  reference: Reference,
  scope: StepScope,
): Resolved | 'unknown' | undefined {
  if (kind?.kind !== 'name' || kind.name !== 'outputs') return 'unknown'
  const known = step.outputs?.find((output) => output.name === partName(name))
  if (known && !extra) return {json: {Get: `Steps.${step.name}.OutputParameters['${known.name}']`}, type: known.type}
  if (known) {
    const message = `"${reference.text}" goes too deep: an output is one value`
    scope.findings.error('unknown-output-reference', extra?.range ?? reference.range, message)
    return undefined
  }
  const names = (step.outputs ?? []).map((output) => output.name)
  if (!name) {
    const message = `"${reference.text}" names no output of step "${step.name}"`
    const help = names.length > 0 ? {help: `for example ${reference.text}.${names[0]}`} : {}
    scope.findings.error('unknown-output-reference', reference.range, message, help)
    return undefined
  }
  const help = suggestName(partName(name), names) ?? `declare it: outputs: [${partName(name) || 'name'}]`
  const message = `step "${step.name}" has no output "${partName(name)}"`
  scope.findings.error('unknown-output-reference', name.range, message, {help})
  return undefined
}
