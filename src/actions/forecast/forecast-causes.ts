// Root causes: what the user changed, told once, with every step that reruns for it, directly or through other steps.

import {findStep, requestAt} from '../../cache/past-execution.ts'
import {type Reason, reasonsOf, type StepPrediction} from '../../cache/verdict.ts'
import {fingerprintVariable, unseenFingerprint} from '../../definition/fingerprints.ts'
import type {Json} from '../../definition/json.ts'
import {parsePropertyPath} from '../../definition/property-path.ts'
import {collectReferences} from '../../definition/references.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import type {Project} from '../open-project.ts'
import type {DataReport, RunForecast} from './forecast.ts'
import type {RunPrediction} from './predict-run.ts'

/** Causes of the steps that rerun, in the order in which they are first met; the steps in document order. */
export function forecastCauses(input: CauseInput & {readonly prediction: RunPrediction}): RunForecast['causes'] {
  const byName = new Map(input.prediction.steps.map((step) => [step.name, step]))
  const causes = new Map<string, string[]>()
  for (const step of input.prediction.steps) {
    if (step.verdict.kind !== 'rerun') continue
    for (const cause of rootCauses(step, byName, input, new Set())) {
      const steps = causes.get(cause) ?? []
      if (!steps.includes(step.name)) causes.set(cause, [...steps, step.name])
    }
  }
  return [...causes].map(([cause, steps]) => ({cause, steps}))
}

export type CauseInput = {
  readonly definition: PipelineDefinition
  readonly project: Pick<Project, 'compiled'>
  readonly data: readonly DataReport[]
}

function rootCauses(
  step: StepPrediction,
  byName: ReadonlyMap<string, StepPrediction>,
  input: CauseInput,
  seen: Set<string>,
): Set<string> {
  const causes = new Set<string>()
  if (seen.has(step.name)) return causes
  seen.add(step.name)
  for (const reason of reasonsOf(step)) {
    const source = 'step' in reason && reason.step !== undefined ? byName.get(reason.step) : undefined
    // Met already on another way: what it says has been told.
    if (source && seen.has(source.name)) continue
    const further = source?.verdict.kind === 'rerun' ? rootCauses(source, byName, input, seen) : new Set<string>()
    if (further.size > 0) for (const cause of further) causes.add(cause)
    else causes.add(describeCause(reason, step.name, input))
  }
  return causes
}

function describeCause(reason: Reason, stepName: string, input: CauseInput): string {
  switch (reason.code) {
    case 'no-earlier-success':
    case 'only-simulated':
      return 'nothing to reuse yet'
    case 'expired':
      return 'the earlier result is too old'
    case 'fresh-value':
      return reason.step === undefined
        ? `${reason.value} is new in every execution`
        : `"${reason.step}" runs every time`
    case 'key-differs':
      return describeDifference(reason, stepName, input)
    default:
      return reason.code
  }
}

function describeDifference(
  {path, before, after}: Extract<Reason, {code: 'key-differs'}>,
  stepName: string,
  {definition, project: {compiled}, data}: CauseInput,
): string {
  const seen = data.find(({step, input}) => step === stepName && path === `Environment.${fingerprintVariable(input)}`)
  if (seen) {
    const isNew = before === undefined || before === unseenFingerprint
    return `data in ${seen.uri} ${isNew ? 'is looked at for the first time' : 'changed'}`
  }

  const text = typeof after === 'string' ? after : ''
  const upload = compiled.uploads.find(({uri}) => text.includes(uri))
  if (upload) return `${upload.path} changed`
  const parameters = parametersAt(definition, stepName, path)
  if (parameters.length > 0) return `${parameters.join(', ')} ${show(before)} -> ${show(after)}`
  return `${path} ${show(before)} -> ${show(after)}`
}

/** The parameters that feed a path of a step's Arguments. */
function parametersAt(definition: PipelineDefinition, stepName: string, path: string): string[] {
  const step = findStep(definition, stepName)
  const parsed = parsePropertyPath(path)
  const raw = step && parsed ? requestAt(step, parsed) : undefined
  if (raw === undefined) return []
  return collectReferences(raw).flatMap((reference) => (reference.kind === 'parameter' ? [reference.name] : []))
}

function show(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 28)}…${text.slice(-28)}` : text
}
