// From parts of a compiled step back to the spec: pieces that the tables beside the step compilers are made of.

import {memberSegment} from '../definition/json-difference.ts'
import {formatPropertyPath} from '../definition/property-path.ts'
import type {Range} from '../diagnostics/diagnostic.ts'
import type {Entry} from '../spec/fields.ts'
import type {DefaultsSpec, JobSpec, StepSpec} from '../spec/pipeline-spec.ts'
import type {CodeSpec, InstanceSpec} from '../spec/shapes/shapes.ts'
import type {Value} from '../spec/value.ts'

/** A path into a step's Arguments or envelope, and what feeds it; undefined where the spec has nothing for it. */
export type Place = readonly [path: string, range: Range | undefined]

/** What the places of a step depend on besides the step. */
export type PlaceScope = {readonly steps: ReadonlyMap<string, StepSpec>; readonly defaults: DefaultsSpec}

export function memberPath(base: string, name: string): string {
  const member = formatPropertyPath([memberSegment(name)])
  return base === '' || member.startsWith('[') ? `${base}${member}` : `${base}.${member}`
}

export function elementPath(base: string, name: string): string {
  return `${base}${formatPropertyPath([{kind: 'key', key: name}])}`
}

/** The place with the longest path that leads to the wanted one; of equally long ones the first. */
export function nearestPlace(places: readonly Place[], path: string): Range | undefined {
  let nearest: Place | undefined
  for (const place of places) {
    const [prefix, range] = place
    if (range && leadsTo(prefix, path) && (!nearest || prefix.length > nearest[0].length)) nearest = place
  }
  return nearest?.[1]
}

function leadsTo(prefix: string, path: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || /[.[]/.test(path.charAt(prefix.length)))
}

/** Members of a map, each at its value. */
export function memberPlaces(base: string, entries: readonly Entry<Value>[] | undefined): Place[] {
  return (entries ?? []).map(({name, value}) => [memberPath(base, name), value.range])
}

/** Items of a list that carry no names. */
export function itemPlaces(base: string, items: readonly {readonly range: Range}[] | undefined): Place[] {
  return (items ?? []).map(({range}, index) => [`${base}[${index}]`, range])
}

/** Where a key of the step stands, or else the same key of `defaults:`. */
export function ownOrDefault(
  key: string,
  step: Pick<StepSpec, 'keyRanges'>,
  {defaults}: PlaceScope,
): Range | undefined {
  return step.keyRanges.get(key) ?? defaults.keyRanges.get(key)
}

/** The script inside the code; the code itself where it is one file. */
export function entryRange(code: CodeSpec | undefined): Range | undefined {
  return code?.entry?.range ?? code?.path.range
}

type RunningStep = Pick<JobSpec, 'keyRanges' | 'instance' | 'env' | 'tags'> & Partial<Pick<JobSpec, 'retry'>>

/** Machine, role, environment, time limit, cache and retries. `resources` is the path to the machine. */
export function jobPlaces(step: RunningStep, resources: string, scope: PlaceScope): Place[] {
  return [
    [resources, ownOrDefault('instance', step, scope)],
    ...instancePlaces(resources, step.instance, scope.defaults.instance),
    ['RoleArn', ownOrDefault('role', step, scope)],
    ['Environment', ownOrDefault('env', step, scope)],
    ...memberPlaces('Environment', step.env),
    ...memberPlaces('Environment', scope.defaults.env),
    ['StoppingCondition', ownOrDefault('timeout', step, scope)],
    ['Tags', step.keyRanges.get('tags')],
    ...(step.tags ?? []).map(({value}, index): Place => [`Tags[${index}]`, value.range]),
    ['CacheConfig', ownOrDefault('cache', step, scope)],
    ['RetryPolicies', ownOrDefault('retry', step, scope)],
    ...itemPlaces('RetryPolicies', step.retry ?? scope.defaults.retry),
  ]
}

function instancePlaces(base: string, own: InstanceSpec | undefined, fallback: InstanceSpec | undefined): Place[] {
  return [
    [`${base}.InstanceType`, (own?.type ?? fallback?.type)?.range],
    [`${base}.InstanceCount`, (own?.count ?? fallback?.count)?.range],
    [`${base}.VolumeSizeInGB`, (own?.volume ?? fallback?.volume)?.range],
  ]
}
