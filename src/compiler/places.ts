// Which line of the spec feeds which part of a compiled step: for reports that speak of a definition to people who wrote a spec.

import {elementName} from '../definition/property-path.ts'
import type {Range} from '../diagnostics/diagnostic.ts'
import type {PipelineSpec, StepSpec, TargetSpec} from '../spec/pipeline-spec.ts'
import type {MapValue, Value} from '../spec/value.ts'
import {fingerprintRange} from './fingerprints.ts'
import {elementPath, itemPlaces, memberPath, nearestPlace, type Place} from './place.ts'
import {stepCompilers} from './step-compilers.ts'

/**
 * What feeds a path of a step, such as `ProcessingInputs['raw'].S3Input.S3Uri`, `CacheConfig.ExpireAfter`, or the same
 * behind `Arguments.`; the step's name where nothing closer does. Undefined when the spec has no such step.
 */
export function specPlace(spec: PipelineSpec, stepName: string, path: string): Range | undefined {
  const steps = stepsByName(spec)
  const step = steps.get(stepName)
  if (!step) return undefined
  if (path === 'Branch') return branchRange(stepName, spec) ?? step.nameRange
  const over = joinPlaces([
    ...(step.definition ? [definitionPlaces(step.definition)] : []),
    ...('api' in step && step.api ? [apiPlaces(step.api)] : []),
  ])
  const [, inArguments] = /^Arguments(?:$|\.|(?=\[))(.*)$/s.exec(path) ?? []
  const envelope = inArguments === undefined ? envelopePlaces(step) : []
  const compiled = [
    ...envelope,
    ...stepCompilers[step.kind].places(step, {steps, defaults: spec.defaults}),
    ...over.merging,
  ]
  const wanted = inArguments ?? path
  return nearestPlace(over.replacing, wanted) ?? nearestPlace(compiled, wanted) ?? step.nameRange
}

const stepIndex = new WeakMap<PipelineSpec, ReadonlyMap<string, StepSpec>>()

function stepsByName(spec: PipelineSpec): ReadonlyMap<string, StepSpec> {
  const index = stepIndex.get(spec) ?? new Map(spec.steps.map((step) => [step.name, step]))
  stepIndex.set(spec, index)
  return index
}

/** What feeds a parameter: its default, or what the target puts in place of it, for `DefaultValue`; else its name. */
export function parameterPlace(
  spec: PipelineSpec,
  name: string,
  path = '',
  target: TargetSpec | undefined = undefined,
): Range | undefined {
  const parameter = spec.parameters.find((one) => one.name === name)
  if (!parameter) return fingerprintRange(spec, name)
  if (path !== 'DefaultValue') return parameter.nameRange
  const override = target?.parameters.find((one) => one.name === name)
  return override?.value.range ?? parameter.default?.range ?? parameter.nameRange
}

/** Keys beside the Arguments. */
function envelopePlaces(step: StepSpec): Place[] {
  return [
    ['Type', step.keyRanges.get('type')],
    ['DisplayName', step.displayName?.range],
    ['Description', step.description?.range],
    ['DependsOn', step.keyRanges.get('dependsOn')],
    ...(step.dependsOn ?? []).map(({value, range}): Place => [elementPath('DependsOn', value), range]),
    ['RetryPolicies', step.keyRanges.get('retry')],
    ...itemPlaces('RetryPolicies', 'retry' in step ? step.retry : undefined),
    ['PropertyFiles', step.keyRanges.get('reports')],
    ...(step.kind === 'processing' ? (step.reports ?? []) : []).map(
      ({name, value}): Place => [elementPath('PropertyFiles', name), value.range],
    ),
  ]
}

/** Where a condition names the step. */
function branchRange(stepName: string, spec: PipelineSpec): Range | undefined {
  const named = spec.steps.flatMap((step) =>
    step.kind === 'condition' ? [...(step.then ?? []), ...(step.else ?? [])] : [],
  )
  return named.find(({value}) => value === stepName)?.range
}

/** `replacing`: laid over whatever was compiled. `merging`: maps, which what was compiled shows through. */
type ApiPlaces = {readonly replacing: readonly Place[]; readonly merging: readonly Place[]}

function apiPlaces(api: MapValue): ApiPlaces {
  const replacing: Place[] = []
  const merging: Place[] = []
  const visit = (value: Value, path: string, range: Range, isReplaced: boolean) => {
    const isMerged = value.kind === 'map' && !isReference(value)
    if (isReplaced || !isMerged) replacing.push([path, range])
    else merging.push([path, range])
    if (isMerged) {
      for (const {key, keyRange, value: member} of value.entries) {
        visit(member, memberPath(path, key), keyRange, isReplaced)
      }
    }
    if (value.kind !== 'list') return
    for (const [index, element] of elementPaths(path, value.items).entries()) {
      const item = value.items[index]
      if (item) visit(item, element, item.range, true)
    }
  }
  for (const {key, keyRange, value} of api.entries) visit(value, memberPath('', key), keyRange, false)
  return {replacing, merging}
}

/** `definition:` goes over the whole step; what it says of the Arguments is found without their name before it. */
function definitionPlaces({entries}: MapValue): ApiPlaces {
  const inArguments = entries.find(({key}) => key === 'Arguments')?.value
  const beside = apiPlaces({kind: 'map', entries: entries.filter(({key}) => key !== 'Arguments'), range: noRange})
  return joinPlaces([beside, ...(inArguments?.kind === 'map' ? [apiPlaces(inArguments)] : [])])
}

const noRange = {start: 0, end: 0}

function joinPlaces(places: readonly ApiPlaces[]): ApiPlaces {
  return {replacing: places.flatMap(({replacing}) => replacing), merging: places.flatMap(({merging}) => merging)}
}

function isReference({entries}: MapValue): boolean {
  return entries.length === 1 && /^(?:Get|Std:Join|Std:JsonGet)$/.test(entries[0]?.key ?? '')
}

/** By name where each item has one of its own, as lists are compared; else by place. */
function elementPaths(base: string, items: readonly Value[]): string[] {
  const names = items.map(itemName)
  const areNamed = names.every((name) => name !== undefined) && new Set(names).size === names.length
  return names.map((name, index) => (areNamed && name !== undefined ? elementPath(base, name) : `${base}[${index}]`))
}

function itemName(item: Value): string | undefined {
  if (item.kind !== 'map') return undefined
  const names = item.entries.flatMap(({key, value}) => (value.kind === 'literal' ? [[key, value.value] as const] : []))
  return elementName(Object.fromEntries(names))
}
