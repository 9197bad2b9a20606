// Lays over each compiled step what makes it the original one.

import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {liftContext, type Overlay, type StepDraft} from './draft.ts'
import {hasKey} from './kinds.ts'
import type {StepNode} from './read-definition.ts'
import type {Names} from './references.ts'
import {residue} from './residue.ts'

/** The compiled steps by the names that they have in the definition. */
export function compiledSteps(document: JsonObject, nodes: readonly StepNode[]): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  align(document.Steps, nodes, found)
  return found
}

/** A definition has its steps in the order of the spec, on every level. */
function align(steps: Json | undefined, nodes: readonly StepNode[], found: Map<string, JsonObject>): void {
  const list = Array.isArray(steps) ? steps : []
  nodes.forEach((node, index) => {
    const step: Json | undefined = list[index]
    if (!isJsonObject(step)) return
    found.set(node.name, step)
    if (!node.branches || !isJsonObject(step.Arguments)) return
    align(step.Arguments.IfSteps, node.branches.then, found)
    align(step.Arguments.ElseSteps, node.branches.else, found)
  })
}

/** Whether a compiled step is the original one, less the steps of its branches. */
export function isOriginal(compiled: JsonObject | undefined, node: StepNode): boolean {
  return compiled !== undefined && canonicalJson(compiled) === canonicalJson(wantedStep(compiled, node))
}

export function overlayFor(compiled: JsonObject, step: StepDraft, names: Names): Overlay {
  const {value} = liftContext(names, step.style)
  const wanted = wantedStep(compiled, step.node)
  const {Arguments: before, ...restBefore} = compiled
  const {Arguments: after, ...restAfter} = wanted
  if (!isJsonObject(before) || !isJsonObject(after) || !hasKey(step.kind, 'api')) {
    return {api: {}, definition: residue(compiled, wanted, value)}
  }
  return {api: residue(before, after, value), definition: residue(restBefore, restAfter, value)}
}

/** The original step; the steps of its branches, which are looked at each by itself, as they were compiled. */
function wantedStep(compiled: JsonObject, {step, branches}: StepNode): JsonObject {
  const {Arguments: wanted} = step
  if (!branches || !isJsonObject(wanted) || !isJsonObject(compiled.Arguments)) return step
  const {IfSteps = [], ElseSteps = []} = compiled.Arguments
  return {
    ...step,
    Arguments: {
      ...wanted,
      ...(wanted.IfSteps === undefined ? {} : {IfSteps}),
      ...(wanted.ElseSteps === undefined ? {} : {ElseSteps}),
    },
  }
}
