// Where a run will do what nobody wants: reuse what was meant to run, run what was meant to be reused, register twice.
// Facts: Developer Guide, "Caching pipeline steps"; the traps as users reported them (sagemaker-python-sdk #2736, #3392, #4374).

import {flattenSteps} from '../definition/flat-steps.ts'
import {isJsonObject, type Json} from '../definition/json.ts'
import {collectReferences} from '../definition/references.ts'
import type {PipelineDefinition, StepDefinition} from '../definition/types.ts'
import {parseExpireAfter} from './expire-after.ts'
import {neverHitWarnings} from './never-hits.ts'
import {parameterReach} from './parameter-reach.ts'
import type {StepPrediction} from './verdict.ts'
import {be, listed, quoted, type Warning} from './warning.ts'

/** A changed part of a step's Arguments; `inKey` as the cache key has it. */
export type ArgumentChange = {readonly stepName: string; readonly path: string; readonly inKey: boolean}

/** `changedParameters`: those with another value than the run would have without being told. */
export function forecastWarnings(
  definition: PipelineDefinition,
  predictions: readonly StepPrediction[],
  changedParameters: readonly string[],
  changes: readonly ArgumentChange[],
): Warning[] {
  const steps = flattenSteps(definition).map(({step}) => step)
  const hits = new Set(predictions.filter(({verdict}) => verdict.kind === 'hit').map(({name}) => name))
  return [
    ...changedParameters.flatMap((name) => unnoticedParameter(name, definition, hits)),
    ...unnoticedArguments(changes, hits),
    ...predictions.flatMap(staleHit),
    ...neverHitWarnings(definition),
    ...predictions.flatMap((prediction) => duplicateRegistration(prediction, steps, hits)),
    ...monthsForMinutes(steps),
  ]
}

function unnoticedParameter(name: string, definition: PipelineDefinition, hits: ReadonlySet<string>): Warning[] {
  const {keyed, unkeyed} = parameterReach(definition, name)
  const noticing = new Set(keyed.map(({stepName}) => stepName))
  const places = unkeyed.filter(({stepName}) => hits.has(stepName) && !noticing.has(stepName))
  if (places.length === 0) return []
  const steps = [...new Set(places.map(({stepName}) => stepName))]
  const attributes = [...new Set(places.map(({attribute}) => attribute))]
  const message =
    `parameter "${name}" changed, and ${quoted(steps)} ${be(steps)} reused all the same: ` +
    `${listed(attributes)} ${be(attributes)} in no cache key`
  return [{code: 'changed-without-rerun', message, steps}]
}

function unnoticedArguments(changes: readonly ArgumentChange[], hits: ReadonlySet<string>): Warning[] {
  const pathsBy = new Map<string, string[]>()
  for (const {stepName, path, inKey} of changes) {
    if (inKey || !hits.has(stepName)) continue
    pathsBy.set(stepName, [...(pathsBy.get(stepName) ?? []), insideArguments(path)])
  }
  return [...pathsBy].map(([stepName, paths]) => {
    const message = `"${stepName}" is reused although it changed: ${listed(paths)} ${be(paths)} not in its cache key`
    return {code: 'changed-without-rerun', message, steps: [stepName]}
  })
}

function insideArguments(path: string): string {
  return path.replace(/^Arguments(?:\.|(?=\[))/, '')
}

function staleHit({name, staleFrom = []}: StepPrediction): Warning[] {
  if (staleFrom.length === 0) return []
  const [it, its] = staleFrom.length === 1 ? ['runs', 'its output goes'] : ['run', 'their outputs go']
  const message =
    `"${name}" is reused although ${quoted(staleFrom)} ${it}: ${its} to the same place in every execution, ` +
    'and the cache key holds the place, not the content; leave the destination out, or put ${execution.id} into it'
  return [{code: 'stale-hit', message, steps: [name]}]
}

/** A step that registers a model which an earlier execution has made, and registered if it came this far. */
function duplicateRegistration(
  {name, type, verdict}: StepPrediction,
  steps: readonly StepDefinition[],
  hits: ReadonlySet<string>,
): Warning[] {
  if (type !== 'RegisterModel' || verdict.kind === 'skipped') return []
  const step = steps.find((one) => one.Name === name)
  const makers = [...new Set(step ? modelLocations(step).flatMap(sourceSteps) : [])]
  if (makers.length === 0 || !makers.every((maker) => hits.has(maker))) return []
  const [are, made] = makers.length === 1 ? ['is', 'its model is that'] : ['are', 'their models are those']
  const message = `"${name}" would register a model again: ${quoted(makers)} ${are} reused, so ${made} of an earlier execution`
  return [{code: 'duplicate-registration', message, steps: [name]}]
}

function modelLocations({Arguments: args}: StepDefinition): Json[] {
  const specification = isJsonObject(args.InferenceSpecification) ? args.InferenceSpecification : {}
  const containers = Array.isArray(specification.Containers) ? specification.Containers : []
  return containers.filter(isJsonObject).flatMap(({ModelDataUrl: url}) => url ?? [])
}

function sourceSteps(value: Json): string[] {
  return collectReferences(value).flatMap((reference) => (reference.kind === 'property' ? [reference.stepName] : []))
}

/** What a person may well mean by months; more without a year or a day beside them are minutes gone wrong. */
const plausibleMonths = 12

function monthsForMinutes(steps: readonly StepDefinition[]): Warning[] {
  const byText = new Map<string, string[]>()
  for (const {Name: name, CacheConfig: cache} of steps) {
    const text = cache?.Enabled === true ? cache.ExpireAfter : undefined
    if (text !== undefined && looksLikeMinutes(text)) byText.set(text, [...(byText.get(text) ?? []), name])
  }
  return [...byText].map(([text, names]) => {
    const months = parseExpireAfter(text)?.months ?? 0
    const [are, their] = names.length === 1 ? ['is', 'its'] : ['are', 'their']
    const message =
      `${quoted(names)} ${are} reused for ${months} months: without a T, the M in ${their} ExpireAfter "${text}" is months; ` +
      `for minutes write PT${months}M`
    return {code: 'months-not-minutes', message, steps: names}
  })
}

/** Months and nothing else. With a P and up to a year they are taken at their word. */
function looksLikeMinutes(text: string): boolean {
  const match = /^(P?)(\d{1,9})M$/i.exec(text.trim())
  return match !== null && (match[1] === '' || Number(match[2]) > plausibleMonths)
}
