// A pipeline as a picture: its steps, why each comes after others, what starts it, and what its cache keeps. Nothing of how it went.

import {parseExpireAfter} from '../../cache/expire-after.ts'
import {isCacheable} from '../../cache/key-attributes.ts'
import {type FlatStep, flattenSteps} from '../../definition/flat-steps.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {findCycle} from '../../graph/graph.ts'
import type {NodeKind, Picture, PictureEdge, PictureGroup, PictureNode} from '../../picture/picture.ts'
import {shortConditionWords} from './condition-words.ts'
import {missingSteps, stepEdges} from './step-edges.ts'

export type PipelinePlan = {
  readonly name: string
  readonly definition: PipelineDefinition
  readonly triggers?: readonly StarterWords[]
  /** At most so many steps at a time. */
  readonly parallelism?: number | undefined
  /** Steps that the embedded engine only stands in for. */
  readonly simulated?: ReadonlySet<string>
  /** With the edges that others imply. */
  readonly allEdges?: boolean
}

/** What starts the pipeline, in words. */
export type StarterWords = {
  readonly name: string
  /** `schedule`, `s3`. */
  readonly kind: string
  readonly waitsFor: string
  readonly isEnabled: boolean
}

/** Steps have their name as id, triggers `trigger:<name>`; where several steps come first, triggers start `pipeline:<name>`. */
export function definitionPicture(plan: PipelinePlan): Picture {
  const {name, definition, triggers = [], parallelism, simulated = new Set(), allEdges = false} = plan
  const steps = flattenSteps(definition)
  const groups = branchGroups(steps)
  const known = new Set(steps.map(({step}) => step.Name))
  const missingOf = (step: FlatStep) =>
    missingSteps(step, known).map((missing) => `after ${JSON.stringify(missing)}, which is no step`)
  const {edges, implied} = stepEdges(steps, allEdges)
  const starters = starterPart(name, triggers, firstSteps(steps, edges))
  return {
    title: name,
    description: describe({steps, triggers, parallelism, implied, cycle: cycleOf(known, edges)}),
    nodes: [
      ...starters.nodes,
      ...steps.map((step) =>
        stepNode(step, groups, [...missingOf(step), ...(simulated.has(step.step.Name) ? ['simulated on local'] : [])]),
      ),
    ],
    edges: [...starters.edges, ...edges],
    groups,
  }
}

function describe({
  steps,
  triggers,
  parallelism,
  implied,
  cycle,
}: {
  readonly steps: readonly FlatStep[]
  readonly triggers: readonly StarterWords[]
  readonly parallelism: number | undefined
  readonly implied: number
  readonly cycle: readonly string[]
}): string {
  const starts = triggers.length === 0 ? [] : [amount(triggers.length, 'trigger')]
  const limit = parallelism === undefined ? [] : [`at most ${parallelism} at a time`]
  const left = implied === 0 ? [] : [`${amount(implied, 'edge')} that others imply left out`]
  const circle = cycle.length === 0 ? [] : [`a cycle, which SageMaker refuses: ${[...cycle, cycle[0]].join(' after ')}`]
  return [amount(steps.length, 'step'), ...starts, ...limit, ...left, ...circle].join(', ')
}

function cycleOf(names: ReadonlySet<string>, edges: readonly PictureEdge[]): string[] {
  const upstream = new Map([...names].map((name): [string, string[]] => [name, []]))
  for (const {from, to} of edges) upstream.get(to)?.push(from)
  return findCycle({nodes: [...names], upstream}) ?? []
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function stepNode({step, parent}: FlatStep, groups: readonly PictureGroup[], remarks: readonly string[]): PictureNode {
  const group = parent && groupId(parent)
  const notes = [
    ...ownNotes(step),
    ...(step.DisplayName === undefined || step.DisplayName === step.Name ? [] : [JSON.stringify(step.DisplayName)]),
    ...remarks,
    ...cacheNote(step),
  ]
  return {
    id: step.Name,
    label: step.Name,
    kind: kindOf(step.Type),
    caption: step.Type,
    notes,
    ...(group !== undefined && groups.some(({id}) => id === group) ? {group} : {}),
  }
}

function kindOf(type: string): NodeKind {
  if (type === 'Condition') return 'condition'
  return type === 'Fail' ? 'fail' : 'step'
}

function ownNotes({Name, Type, Arguments}: StepDefinition): string[] {
  const words = Type === 'Condition' ? shortConditionWords(Arguments.Conditions, Name) : undefined
  return words === undefined ? [] : [`if ${words}`]
}

/** Nothing of steps that SageMaker never reuses, whatever they say. */
function cacheNote({Type, CacheConfig: cache}: StepDefinition): string[] {
  if (!isCacheable(Type)) return []
  if (cache?.Enabled !== true) return ['cache off']
  const {ExpireAfter: expiry} = cache
  if (expiry === undefined) return ['cache without expiry, so never used']
  const words = expiryWords(expiry)
  return [words === undefined ? `cache never used: ${JSON.stringify(expiry)} is no time` : `cache ${words}`]
}

/** `P30D` -> `30 d`, `PT90M` -> `1 h 30 min`, in the units that it is written in. */
function expiryWords(text: string): string | undefined {
  const duration = parseExpireAfter(text)
  if (!duration) return undefined
  const {years, months, weeks, days, hours, minutes, seconds} = duration
  const parts: [number, string][] = [
    [years, 'y'],
    [months, months === 1 ? 'month' : 'months'],
    [weeks, 'w'],
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'min'],
    [seconds, 's'],
  ]
  const words = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ')
  return words === '' ? text : words
}

/** The branches of conditions that hold more than one step. */
function branchGroups(steps: readonly FlatStep[]): PictureGroup[] {
  const parents = new Map(steps.map(({step, parent}) => [step.Name, parent]))
  const sizes = new Map<string, number>()
  for (const {parent} of steps) if (parent) sizes.set(groupId(parent), (sizes.get(groupId(parent)) ?? 0) + 1)
  const isGroup = (id: string) => (sizes.get(id) ?? 0) > 1
  const groups = new Map<string, PictureGroup>()
  for (const {parent} of steps) {
    if (!parent || groups.has(groupId(parent)) || !isGroup(groupId(parent))) continue
    const outer = parents.get(parent.condition)
    const label = `${parent.condition}: ${parent.branch === 'If' ? 'then' : 'else'}`
    const inside = outer && isGroup(groupId(outer)) ? {parent: groupId(outer)} : {}
    groups.set(groupId(parent), {id: groupId(parent), label, ...inside})
  }
  return [...groups.values()]
}

function groupId({condition, branch}: NonNullable<FlatStep['parent']>): string {
  return `${condition}:${branch === 'If' ? 'then' : 'else'}`
}

function firstSteps(steps: readonly FlatStep[], edges: readonly PictureEdge[]): string[] {
  const later = new Set(edges.map(({to}) => to))
  return steps.flatMap(({step}) => (later.has(step.Name) ? [] : [step.Name]))
}

function starterPart(
  name: string,
  triggers: readonly StarterWords[],
  first: readonly string[],
): Pick<Picture, 'nodes' | 'edges'> {
  if (triggers.length === 0) return {nodes: [], edges: []}
  const [only, ...others] = first
  const start = `pipeline:${name}`
  const isDirect = only !== undefined && others.length === 0
  const own: PictureNode[] = isDirect
    ? []
    : [{id: start, label: name, kind: 'execution', caption: 'Pipeline', notes: []}]
  const fanned = isDirect ? [] : first.map((to): PictureEdge => ({from: start, to, kind: 'trigger'}))
  return {
    nodes: [...triggers.map(triggerNode), ...own],
    edges: [
      ...triggers.map(
        (trigger): PictureEdge => ({from: triggerId(trigger), to: isDirect ? only : start, kind: 'trigger'}),
      ),
      ...fanned,
    ],
  }
}

function triggerNode(trigger: StarterWords): PictureNode {
  const {name, kind, waitsFor, isEnabled} = trigger
  return {
    id: triggerId(trigger),
    label: name,
    kind: 'trigger',
    caption: `Trigger (${kind})`,
    ...(isEnabled ? {} : {status: {tone: 'idle', word: 'disabled'}}),
    notes: [waitsFor],
  }
}

function triggerId({name}: StarterWords): string {
  return `trigger:${name}`
}
