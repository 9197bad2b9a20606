// What Lambda and callback steps share: free values that go in, typed values that come out, and the member that says where.

import type {JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {type PathPart, partName, type Reference} from '../../spec/value.ts'
import {suggestName} from '../../text/nearest-name.ts'
import type {Resolved, StepBody, StepScope} from '../context.ts'
import {elementPath, memberPlaces, type Place} from '../place.ts'
import {compileValue} from '../values/compile-value.ts'
import {cacheConfig} from './job-parts.ts'

/** A step with outputs of its own naming. */
type CalledStep = Pick<StepOf<'lambda'> | StepOf<'callback'>, 'name' | 'inputs' | 'outputs' | 'cache' | 'keyRanges'>

/** The inputs are a flat map, as the service takes it: numbers stay numbers. */
export function calledBody({inputs, outputs, cache}: CalledStep, members: JsonObject, scope: StepScope): StepBody {
  return {
    Arguments: Object.fromEntries((inputs ?? []).map(({name, value}) => [name, compileValue(value, scope)])),
    ...cacheConfig(cache),
    members: {
      ...members,
      OutputParameters: (outputs ?? []).map(({name, type}) => ({OutputName: name, OutputType: type})),
    },
  }
}

export function calledPlaces({inputs, outputs, cache, keyRanges}: CalledStep): Place[] {
  return [
    ...memberPlaces('', inputs),
    ['CacheConfig', cache?.range],
    ['OutputParameters', keyRanges.get('outputs')],
    ...(outputs ?? []).map(({name, nameRange}): Place => [elementPath('OutputParameters', name), nameRange]),
  ]
}

/** `outputs.score`, with the type that was declared. */
export function outputParameter(
  step: CalledStep,
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
