// A definition as a spec that compiles to it, to the digit. Each step is written in the short keys of its kind; the spec is
// compiled, and what came out otherwise is laid over in SageMaker's own names. What does not compile is written again, in
// fewer of the spec's words, until it does.

import {canonicalJson, type JsonObject} from '../definition/json.ts'
import {
  composeSpec,
  type Draft,
  liftContext,
  nameable,
  namesIn,
  type Settled,
  type StepDraft,
  specKeys,
} from './draft.ts'
import {type CompileSpec, evaluate, type Fault} from './evaluate.ts'
import {kindOf} from './kinds.ts'
import {lowerDraft, lowerForm, lowerOtherwise} from './lower.ts'
import {compiledSteps, isOriginal, overlayFor} from './overlay.ts'
import type {SourceDefinition, StepNode} from './read-definition.ts'
import {residue} from './residue.ts'
import {simplify} from './simplify.ts'
import {liftParameters, parameterTypes} from './top-level.ts'
import {writeYaml} from './write-yaml.ts'

export type ImportOptions = {
  readonly pipelineName: string
  readonly description?: string | undefined
  readonly parallelism?: number | undefined
  readonly compile: CompileSpec
  /** Comment above the spec. */
  readonly header?: string
}

export type ImportedSpec =
  | {readonly ok: true; readonly text: string; readonly draft: Draft}
  /** Nothing compiles to the definition; `faults` say why the last attempt did not. */
  | {readonly ok: false; readonly faults: readonly Fault[]}

/** Each round lowers at least one step; no step can be lowered more often than it has keys, styles and forms. */
const maximumRounds = 60

export function importDefinition(source: SourceDefinition, options: ImportOptions): ImportedSpec {
  const settled = settle(firstDraft(source, options), options.compile)
  if (!settled.ok) return settled
  const draft = simplify(settled.draft, (candidate) => settle(candidate, options.compile))
  return {ok: true, draft, text: writeYaml(composeSpec(draft), options.header)}
}

/** Lays over and lowers until the draft compiles to its source. */
function settle(first: Draft, compile: CompileSpec): Settled {
  let draft = first
  let faults: readonly Fault[] = []
  for (let round = 0; round < maximumRounds; round += 1) {
    const evaluation = evaluate(writeYaml(composeSpec(draft)), compile)
    if (evaluation.ok && isWhole(evaluation.document, draft)) return {ok: true, draft}
    if (!evaluation.ok) faults = evaluation.faults
    const next = evaluation.ok ? overlaid(draft, evaluation.document) : lowerDraft(draft, evaluation.faults)
    if (!next) return {ok: false, faults}
    draft = next
  }
  return {ok: false, faults}
}

function isWhole(document: JsonObject, {source}: Draft): boolean {
  return canonicalJson(document) === canonicalJson(source.document)
}

function firstDraft(source: SourceDefinition, {pipelineName, description, parallelism}: ImportOptions): Draft {
  const keys = specKeys(source.flat)
  const parameters = liftParameters(source.document.Parameters)
  const names = {
    parameters: parameterTypes(source.document.Parameters, parameters),
    steps: nameable(source.flat, keys),
  }
  return {
    pipelineName,
    beside: {...(description ? {description} : {}), ...(parallelism === undefined ? {} : {parallelism})},
    source,
    names,
    keys,
    parameters,
    defaults: {},
    steps: source.flat.map((node) => firstStep(node, keys.get(node.name) ?? node.name)),
    dropped: new Set(),
    style: 'short',
  }
}

function firstStep(node: StepNode, key: string): StepDraft {
  const kind = kindOf(node.type)
  const isRaw = kind === 'raw' || (kind === 'condition' && !node.branches)
  return {node, key, kind, form: isRaw ? 'raw' : 'lifted', style: 'short', dropped: new Set()}
}

/** Undefined when a step comes out otherwise whatever is laid over it. */
function overlaid(draft: Draft, document: JsonObject): Draft | undefined {
  const compiled = compiledSteps(document, draft.source.steps)
  const names = namesIn(draft)
  const steps = draft.steps.map((step) => {
    const own = compiled.get(step.node.name)
    if (isOriginal(own, step.node)) return step
    if (step.overlay || step.form === 'raw' || !own) return lowerOtherwise(step)
    const overlay = overlayFor(own, step, names)
    const isTooMuch = step.form === 'lifted' && lengthOf(overlay) > lengthOf(step.node.step)
    return isTooMuch ? lowerForm(step) : {...step, overlay}
  })
  if (!steps.every((step) => step !== undefined)) return undefined

  const {Steps: _compiled, ...top} = document
  const {Steps: _wanted, ...wanted} = draft.source.document
  if (canonicalJson(top) === canonicalJson(wanted)) return {...draft, steps}
  if (draft.definition) return undefined
  return {...draft, steps, definition: residue(top, wanted, liftContext(names, draft.style).value)}
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length
}
