// Steps are a flat map in the spec; SageMaker nests the steps of a branch inside their condition.

import type {StepDefinition} from '../definition/types.ts'
import type {Range} from '../diagnostics/diagnostic.ts'
import {ancestors, descendants, findCycle, type Graph} from '../graph/graph.ts'
import type {ConditionSpec, StepSpec} from '../spec/pipeline-spec.ts'
import type {Scope} from './context.ts'
import {reportUnknownStep} from './resolve-reference.ts'

export type Branch = {readonly condition: string; readonly side: 'then' | 'else'; readonly range: Range}

/** Which branch each step stands in. A step can stand in one branch only. */
export function findBranches(steps: readonly StepSpec[], scope: Scope): Map<string, Branch> {
  const branches = new Map<string, Branch>()
  for (const step of steps) {
    if (step.kind !== 'condition') continue
    if (!step.keyRanges.has('then') && !step.keyRanges.has('else')) {
      const help = 'then: the steps that run when it is true; else: the others'
      scope.findings.error('missing-key', step.nameRange, `condition "${step.name}" has neither "then" nor "else"`, {
        help,
      })
    }
    addBranch(step, 'then', branches, scope)
    addBranch(step, 'else', branches, scope)
  }
  warnNested(branches, scope)
  return branches
}

function addBranch(step: ConditionSpec, side: Branch['side'], branches: Map<string, Branch>, scope: Scope): void {
  for (const {value: name, range} of step[side] ?? []) {
    const taken = branches.get(name)
    if (!scope.steps.has(name)) reportUnknownStep(name, range, `condition "${step.name}" names`, scope)
    else if (taken) {
      const related = [{range: taken.range, message: 'the first one is here'}]
      scope.findings.error('duplicate-branch', range, `step "${name}" stands in two branches`, {related})
    } else branches.set(name, {condition: step.name, side, range})
  }
}

/**
 * Where the nesting begins, not again for each condition further in.
 * Source: Developer Guide, "Pipelines steps", on the condition step (2023). The SageMaker Python SDK nests conditions all the same.
 */
function warnNested(branches: ReadonlyMap<string, Branch>, scope: Scope): void {
  const nested = [...branches].filter(([name]) => scope.steps.get(name)?.kind === 'condition')
  const upstream = new Map(nested.map(([name, {condition}]) => [name, [condition]]))
  const graph = {nodes: [...upstream.keys()], upstream}
  for (const [name, {condition, range}] of nested) {
    if (branches.has(condition)) continue
    const inside = descendants(graph, name).size
    const more = inside === 0 ? '' : `, and ${inside} more inside of it`
    const message = `the condition "${name}" stands in a branch of "${condition}"${more}: AWS's guide calls nested conditions unsupported`
    const help = 'where one condition can say both, join the expressions with `and`'
    scope.findings.warning('nested-condition', range, message, {help})
  }
}

/** What each step needs: the steps it refers to, those of `dependsOn`, and the condition whose branch it stands in. */
export function specGraph(steps: readonly StepSpec[], branches: ReadonlyMap<string, Branch>, scope: Scope): Graph {
  const upstream = new Map<string, string[]>()
  for (const {name} of steps) {
    const branch = branches.get(name)
    upstream.set(name, [...(scope.edges.get(name)?.keys() ?? []), ...(branch ? [branch.condition] : [])])
  }
  return {nodes: steps.map(({name}) => name), upstream}
}

/** Reports a cycle; true when there is one. */
export function reportCycle(graph: Graph, branches: ReadonlyMap<string, Branch>, scope: Scope): boolean {
  const cycle = findCycle(graph)
  const [first, second] = cycle ?? []
  if (!cycle || first === undefined) return false

  const chain = [...cycle, first].join(' -> ')
  const next = second ?? first
  const range = scope.edges.get(first)?.get(next) ?? branches.get(first)?.range ?? scope.steps.get(first)?.nameRange
  const message =
    cycle.length === 1 ? `step "${first}" needs itself` : `the steps need each other in a circle: ${chain}`
  const help = cycle.length === 1 ? {} : {help: 'each needs the next; take one reference away'}
  scope.findings.error('dependency-cycle', range ?? {start: 0, end: 0}, message, help)
  return true
}

/** A step that needs steps of both branches of one condition can never run: SageMaker waits for both. */
export function warnUnreachable(graph: Graph, branches: ReadonlyMap<string, Branch>, scope: Scope): void {
  for (const name of graph.nodes) {
    const sides = new Map<string, Branch & {readonly step: string}>()
    for (const needed of [name, ...ancestors(graph, name)]) {
      const branch = branches.get(needed)
      const other = branch && sides.get(branch.condition)
      if (branch && other && other.side !== branch.side) {
        const step = scope.steps.get(name)
        const message = `step "${name}" never runs: it needs "${other.step}" and "${needed}", which stand in different branches of "${branch.condition}"`
        if (step) scope.findings.warning('unreachable-step', step.nameRange, message)
        break
      }
      if (branch) sides.set(branch.condition, {...branch, step: needed})
    }
  }
}

/** Puts the steps of branches into their conditions; the file's order is kept on every level. */
export function nestBranches(
  steps: ReadonlyMap<string, StepDefinition>,
  branches: ReadonlyMap<string, Branch>,
  /** Called with every condition once its branches are in it. */
  finish: (name: string, condition: StepDefinition) => StepDefinition,
): StepDefinition[] {
  const members = new Map<string, string[]>()
  for (const name of steps.keys()) {
    const branch = branches.get(name)
    const key = branch ? `${branch.side} ${branch.condition}` : ''
    members.set(key, [...(members.get(key) ?? []), name])
  }
  const nested = (key: string): StepDefinition[] =>
    (members.get(key) ?? []).flatMap((name) => {
      const step = steps.get(name)
      if (step?.Type !== 'Condition') return step ?? []
      const sides = {IfSteps: nested(`then ${name}`), ElseSteps: nested(`else ${name}`)}
      return finish(name, {...step, Arguments: {...step.Arguments, ...sides}} as unknown as StepDefinition)
    })
  return nested('')
}
