// Which step needs which. Edges come from references, from DependsOn, and from a branch step to its condition.
// Source: Developer Guide, "Data dependency between steps" and "Custom dependency between steps".

import type {Graph} from '../graph/graph.ts'
import {flattenSteps} from './flat-steps.ts'
import type {Json} from './json.ts'
import type {Reference} from './references.ts'
import {collectReferences} from './references.ts'
import type {PipelineDefinition, StepDefinition} from './types.ts'

/** The graph of all steps, branches too. A name that is no step of the definition makes no edge. */
export function stepGraph(definition: Pick<PipelineDefinition, 'Steps'>): Graph {
  const flat = flattenSteps(definition)
  const nodes = flat.map(({step}) => step.Name)
  const known = new Set(nodes)

  const upstream = new Map<string, readonly string[]>()
  for (const {step, parent} of flat) {
    const needed = new Set(parent ? [parent.condition] : [])
    for (const name of step.DependsOn ?? []) needed.add(name)
    for (const reference of stepReferences(step)) if ('stepName' in reference) needed.add(reference.stepName)
    upstream.set(
      step.Name,
      [...needed].filter((name) => known.has(name)),
    )
  }
  return {nodes, upstream}
}

/** A step's own references. A condition's are those of its Conditions: its branches' belong to the steps in them. */
export function stepReferences(step: StepDefinition): Reference[] {
  return collectReferences(ownContent(step))
}

/** What belongs to the step itself: Arguments and envelope, without the steps in a condition's branches. */
export function ownContent(step: StepDefinition): Json {
  if (step.Type !== 'Condition') return step as unknown as Json
  const {IfSteps: _if, ElseSteps: _else, ...own} = step.Arguments
  return {...step, Arguments: own} as unknown as Json
}
