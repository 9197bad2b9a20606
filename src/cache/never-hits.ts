// Steps whose cache is on and never used: their key holds what is new in every execution.

import {stepGraph} from '../definition/dependencies.ts'
import type {Json} from '../definition/json.ts'
import {jsonLeaves} from '../definition/json-difference.ts'
import {collectReferences, formatReference, type Reference} from '../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../definition/types.ts'
import {topologicalOrder} from '../graph/graph.ts'
import {parseExpireAfter} from './expire-after.ts'
import {isCacheable} from './key-attributes.ts'
import {constantVariable, findStep, keyArguments, requestAt} from './past-execution.ts'
import {isFreshProperty} from './predict-key.ts'
import {quoted, type Warning} from './warning.ts'

/** One warning for each root cause; steps that never hit because such a step is before them are named with it. */
export function neverHitWarnings(definition: PipelineDefinition): Warning[] {
  const known = new Map<string, NeverHit>()
  for (const name of topologicalOrder(stepGraph(definition))) {
    const step = findStep(definition, name)
    const found = step && isCacheOn(step) ? neverHit(step, {definition, known}) : undefined
    if (found) known.set(name, found)
  }
  return [...known].flatMap(([name, found]) => {
    if (found.kind !== 'root') return []
    const behind = [...known].filter(([, other]) => isBehind(other, name)).map(([other]) => other)
    return [warning(name, found, behind)]
  })
}

/** `root`: the value at `path` is new each time. `behind`: only because that step, whose cache is on too, never hits. */
type NeverHit =
  | {readonly kind: 'root'; readonly path: string; readonly value: string; readonly source?: StepDefinition}
  | {readonly kind: 'behind'; readonly root: string}

type Context = {readonly definition: PipelineDefinition; readonly known: ReadonlyMap<string, NeverHit>}

function isBehind(found: NeverHit, root: string): boolean {
  return found.kind === 'behind' && found.root === root
}

function isCacheOn({Type: type, CacheConfig: cache}: StepDefinition): boolean {
  return isCacheable(type) && cache?.Enabled === true && parseExpireAfter(cache.ExpireAfter ?? '') !== undefined
}

function neverHit(step: StepDefinition, context: Context): NeverHit | undefined {
  let behind: NeverHit | undefined
  for (const [name, value] of keyArguments(step)) {
    for (const leaf of jsonLeaves(value, [{kind: 'member', name}])) {
      for (const reference of collectReferences(leaf.value)) {
        const found = freshBecause(reference, leaf.path, context)
        if (found?.kind === 'root') return found
        behind ??= found
      }
    }
  }
  return behind
}

function freshBecause(reference: Reference, path: string, context: Context): NeverHit | undefined {
  const value = formatReference(reference)
  if (reference.kind === 'execution') return isNewEachTime(reference) ? {kind: 'root', path, value} : undefined
  const source = reference.kind === 'property' ? findStep(context.definition, reference.stepName) : undefined
  if (reference.kind !== 'property' || !source || !isFreshWhenRun(source, reference, context)) return undefined
  if (!isCacheOn(source)) return {kind: 'root', path, value, source}
  const before = context.known.get(source.Name)
  return before && {kind: 'behind', root: before.kind === 'root' ? source.Name : before.root}
}

function isNewEachTime(reference: Extract<Reference, {kind: 'execution'}>): boolean {
  return constantVariable(reference.variable, {arn: '', pipelineName: ''}) === undefined
}

/** Whether every new run of the step gives the property a new value: as its request says, or as the service makes it. */
function isFreshWhenRun(
  source: StepDefinition,
  {path}: Extract<Reference, {kind: 'property'}>,
  context: Context,
): boolean {
  const requested = source.Type === 'RegisterModel' ? undefined : requestAt(source, path)
  return requested === undefined ? isFreshProperty(source.Type, path) : holdsFresh(requested, context)
}

/** In a request that is made in every execution. References lead backwards only: a definition has no cycles. */
function holdsFresh(value: Json, context: Context): boolean {
  return collectReferences(value).some((reference) => {
    if (reference.kind === 'execution') return isNewEachTime(reference)
    const source = reference.kind === 'property' ? findStep(context.definition, reference.stepName) : undefined
    if (reference.kind !== 'property' || !source) return false
    const runsEachTime = !isCacheOn(source) || context.known.has(source.Name)
    return runsEachTime && isFreshWhenRun(source, reference, context)
  })
}

function warning(
  name: string,
  {path, value, source}: Extract<NeverHit, {kind: 'root'}>,
  behind: readonly string[],
): Warning {
  const followers = behind.length > 0 ? `; nor ${behind.length === 1 ? 'is' : 'are'} ${quoted(behind)} behind it` : ''
  const message = `"${name}" is never reused: ${path} holds ${value}, ${why(source)}${followers}`
  return {code: 'never-hits', message, steps: [name, ...behind]}
}

function why(source: StepDefinition | undefined): string {
  if (!source) return 'which is new in every execution; leave it out, or pass a parameter whose value you choose'
  if (isCacheable(source.Type))
    return `which is new each time because "${source.Name}" is not cached; switch its cache on`
  return (
    `which is new each time because SageMaker never reuses a ${source.Type} step; ` +
    'refer to what that step is made from, or to one that exists already, by a parameter'
  )
}
