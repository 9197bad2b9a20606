// How much of a definition an imported spec says in its own words.

import {isJsonObject, type Json} from '../definition/json.ts'
import {composeStep, type Draft, namesIn, type StepDraft} from './draft.ts'
import type {SpecMap, SpecValue} from './lift.ts'

/** `short`: in short keys alone; `api`: with something laid over them; `raw`: in SageMaker's own names alone. */
export type StepWording = 'short' | 'api' | 'raw'

export type ImportSummary = {
  readonly steps: readonly {
    readonly name: string
    readonly type: string
    readonly wording: StepWording
    /** What stands in SageMaker's own names, such as `api.DebugHookConfig`. */
    readonly own: readonly string[]
  }[]
  /** The same at the top of the spec, such as `definition.Metadata`. */
  readonly own: readonly string[]
  readonly parameters: number
  /** How many of a hundred values of the definition do not stand in SageMaker's own names. */
  readonly percent: number
}

export function summarize(draft: Draft): ImportSummary {
  const names = namesIn(draft)
  const steps = draft.steps.map((step) => ({step, spec: composeStep(step, names, draft.keys)}))
  const own = steps.reduce((sum, {spec}) => sum + leavesOf(spec.api) + leavesOf(spec.definition), 0)
  const total = leavesOf(draft.source.document)
  return {
    steps: steps.map(({step, spec}) => ({
      name: step.key,
      type: step.form === 'raw' ? 'raw' : step.kind,
      wording: wordingOf(step, spec),
      own: step.form === 'raw' ? [] : [...ownKeys('api', spec.api), ...ownKeys('definition', spec.definition)],
    })),
    own: ownKeys('definition', draft.definition),
    parameters: draft.parameters.size,
    percent: Math.max(0, Math.floor(100 * (1 - (own + leavesOf(draft.definition)) / total))),
  }
}

function wordingOf({form}: StepDraft, {api, definition}: SpecMap): StepWording {
  if (form === 'raw') return 'raw'
  return api === undefined && definition === undefined ? 'short' : 'api'
}

function ownKeys(root: string, overlay: SpecValue | undefined): string[] {
  return isJsonObject(overlay) ? Object.keys(overlay).map((key) => `${root}.${key}`) : []
}

/** Single values, and empty lists and mappings. */
function leavesOf(value: SpecValue | Json | undefined): number {
  if (value === undefined) return 0
  const parts = partsOf(value)
  return parts.length === 0 ? 1 : parts.reduce((sum: number, part) => sum + leavesOf(part), 0)
}

function partsOf(value: SpecValue | Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  return isJsonObject(value) ? Object.values(value) : []
}
