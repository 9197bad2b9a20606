// Predicts, for every step of a definition, whether a run would reuse an earlier result. Pure: the history comes in as facts.
//
// Steps are taken in topological order. A key that is known throughout is looked up exactly as the engine does; see
// predict-key.ts for what is known of a key before the run.

import {evaluateConditions} from '../definition/conditions.ts'
import {stepGraph} from '../definition/dependencies.ts'
import {evaluate, type Resolver} from '../definition/evaluate.ts'
import {type FlatStep, flattenSteps} from '../definition/flat-steps.ts'
import {canonicalJson, type JsonObject} from '../definition/json.ts'
import {jsonDifferences, jsonLeaves} from '../definition/json-difference.ts'
import type {StepDefinition} from '../definition/types.ts'
import {topologicalOrder} from '../graph/graph.ts'
import {parseExpireAfter} from './expire-after.ts'
import {isCacheable} from './key-attributes.ts'
import {lookUp} from './lookup.ts'
import {keyArguments, type PastRun, pastKey} from './past-execution.ts'
import {
  type PredictContext as Context,
  keyParts,
  type PredictInput,
  predictingResolver,
  resolveKey,
} from './predict-key.ts'
import {isRehearsed, localHints, rehearsalSignature} from './rehearsal.ts'
import {stepSignature} from './step-signature.ts'
import type {OpenBranch, Reason, StepPrediction, Verdict} from './verdict.ts'

/** Every step in document order. */
export function predictSteps(input: PredictInput): StepPrediction[] {
  const flat = new Map(flattenSteps(input.definition).map((one) => [one.step.Name, one]))
  const graph = stepGraph(input.definition)
  const done = new Map<string, StepPrediction>()
  for (const name of topologicalOrder(graph)) {
    const one = flat.get(name)
    if (one) done.set(name, predictStep(one, graph.upstream.get(name) ?? [], {...input, done}))
  }
  return [...flat.keys()].flatMap((name) => done.get(name) ?? [])
}

function predictStep({step, parent}: FlatStep, upstream: readonly string[], context: Context): StepPrediction {
  const base = {name: step.Name, type: step.Type, ...lastSeconds(step.Name, context)}
  const behind = upstream.flatMap((name) => context.done.get(name) ?? [])
  const skipped = skippedVerdict(parent, behind, context)
  if (skipped) return {...base, verdict: skipped, when: []}

  const when = openBranches(parent, behind, context)
  if (step.Type === 'Condition') return {...base, when, ...predictCondition(step, context)}
  const verdict = judge(step, context)
  const staleFrom = verdict.kind === 'hit' ? staleSources(step, context) : []
  return {...base, verdict, when, ...(staleFrom.length > 0 ? {staleFrom} : {})}
}

/** A hit, a rerun, or why neither can be said. */
function judge(step: StepDefinition, context: Context): Verdict {
  if (!isCacheable(step.Type)) return always({code: 'type-never-cached', type: step.Type})
  const config = step.CacheConfig
  if (config?.Enabled !== true) return always({code: 'cache-off'})
  if (config.ExpireAfter === undefined || !parseExpireAfter(config.ExpireAfter)) return always({code: 'no-expiry'})

  const key = resolveKey(step, context)
  if (key.fresh.length > 0) return rerun(...key.fresh, ...changedBesides(step, context))
  if (key.open.length > 0) return {kind: 'unknown', reasons: key.open}
  return lookUpKey(step, key.values, config.ExpireAfter, context)
}

function lookUpKey(step: StepDefinition, key: JsonObject, expireAfter: string, context: Context): Verdict {
  const runs = usableRuns(step, context)
  const hints = localHints(context.definition.Metadata, step.Name)
  const signature = rehearsalSignature(step.Type, stepSignature(step.Type, key), hints)
  const found = lookUp(runs.filter(isComparable), signature, expireAfter, context.nowMs)
  if (found.kind === 'hit') return {kind: 'hit', from: found.candidate, expiresAtMs: found.expiresAtMs}

  const lost = runs.find((run) => run.signature === undefined)
  if (lost)
    return unknown({code: 'history-incomplete', detail: `the key of ${lost.executionArn} cannot be put together again`})
  if (context.historyGap !== undefined) return unknown({code: 'history-incomplete', detail: context.historyGap})
  const {reason} = found
  if (reason.code === 'expired') {
    return rerun({code: 'expired', from: reason.candidate, expiredAtMs: reason.expiredAtMs})
  }
  const differences = nearestDifferences(runs, key, context)
  return rerun(...(differences.length > 0 ? differences : [nothingToReuse(step, context)]))
}

/** A rehearsal is no earlier run of a step that would really run now. */
function usableRuns(step: StepDefinition, {runs, definition}: Context): readonly PastRun[] {
  const all = runs.get(step.Name) ?? []
  const isRehearsal = isRehearsed(step.Type, localHints(definition.Metadata, step.Name).runner)
  return isRehearsal ? all : all.filter(({isSimulated}) => !isSimulated)
}

type ComparableRun = PastRun & {readonly signature: string}

function isComparable(run: PastRun): run is ComparableRun {
  return run.signature !== undefined
}

/** How many of the latest runs are compared to find the nearest. */
const comparedRuns = 10

/** What differs from the earlier success whose key is nearest; the newest of equally near ones. */
function nearestDifferences(runs: readonly PastRun[], key: JsonObject, {facts}: Context): Reason[] {
  let nearest: Reason[] | undefined
  for (const from of runs.slice(0, comparedRuns)) {
    const execution = facts.execution(from.executionArn)
    const before = execution && pastKey(execution, from.stepName, facts)
    if (!before) continue
    const reasons = jsonDifferences(before, key).map(
      (difference): Reason => ({code: 'key-differs', ...difference, from}),
    )
    if (!nearest || reasons.length < nearest.length) nearest = reasons
  }
  return nearest ?? []
}

function nothingToReuse({Name}: StepDefinition, {runs}: Context): Reason {
  const wasSimulated = runs.get(Name)?.some(({isSimulated}) => isSimulated)
  return {code: wasSimulated ? 'only-simulated' : 'no-earlier-success'}
}

/** How many of the latest runs are compared where a fresh value has settled the verdict already. */
const comparedBesides = 3

/** What else differs from the nearest earlier success, in a key that holds a fresh value as well. */
function changedBesides(step: StepDefinition, context: Context): Reason[] {
  const {facts, runs} = context
  const parts = keyParts(step, context)
  let nearest: Reason[] | undefined
  for (const from of (runs.get(step.Name) ?? []).slice(0, comparedBesides)) {
    const execution = facts.execution(from.executionArn)
    const before = execution && pastKey(execution, step.Name, facts)
    if (!before) continue
    const old = new Map(jsonLeaves(before).map(({path, value}) => [path, value]))
    const reasons = parts.flatMap((part): Reason[] => {
      const was = old.get(part.path)
      if (part.state !== 'known' || (was !== undefined && canonicalJson(was) === canonicalJson(part.value))) return []
      return [
        {code: 'key-differs', path: part.path, ...(was === undefined ? {} : {before: was}), after: part.value, from},
      ]
    })
    if (!nearest || reasons.length < nearest.length) nearest = reasons
  }
  return nearest ?? []
}

function predictCondition(step: StepDefinition, context: Context): Pick<StepPrediction, 'verdict' | 'outcome'> {
  const conditions = Array.isArray(step.Arguments.Conditions) ? step.Arguments.Conditions : []
  const reasons: Reason[] = []
  const result = evaluateConditions(
    conditions,
    predictingResolver(context, (_code, what, source) => {
      reasons.push({
        code: 'decided-by-run',
        path: 'Conditions',
        value: what,
        ...(source === undefined ? {} : {step: source}),
      })
    }),
  )
  if (result.kind === 'unknown') {
    // Everything that it reads is there, and lacks what it looks for.
    const lacking = result.reasons.map((value): Reason => ({code: 'decided-by-run', path: 'Conditions', value}))
    return {verdict: unknown(...(reasons.length > 0 ? reasons : lacking))}
  }
  const verdict = always({code: 'type-never-cached', type: step.Type})
  return result.kind === 'known' ? {verdict, outcome: result.value} : {verdict}
}

function skippedVerdict(
  parent: FlatStep['parent'],
  behind: readonly StepPrediction[],
  {done}: Context,
): Extract<Verdict, {kind: 'skipped'}> | undefined {
  const inherited = behind.find(({verdict}) => verdict.kind === 'skipped')?.verdict
  if (inherited?.kind === 'skipped') return inherited
  const outcome = parent && done.get(parent.condition)?.outcome
  if (!parent || outcome === undefined || outcome === (parent.branch === 'If')) return undefined
  return {kind: 'skipped', condition: parent.condition, branch: parent.branch}
}

function openBranches(parent: FlatStep['parent'], behind: readonly StepPrediction[], {done}: Context): OpenBranch[] {
  const open = new Map(behind.flatMap(({when}) => when.map((one) => [`${one.condition} ${one.branch}`, one] as const)))
  const condition = parent && done.get(parent.condition)
  if (parent && condition?.verdict.kind === 'unknown') {
    const on = [...new Set(condition.verdict.reasons.flatMap((reason) => ('value' in reason ? [reason.value] : [])))]
    open.set(`${parent.condition} ${parent.branch}`, {...parent, on})
  }
  return [...open.values()]
}

/** Steps that rerun and are read by this hit all the same: the place they write to is part of no execution. */
function staleSources(step: StepDefinition, context: Context): string[] {
  const sources = new Set<string>()
  const watch: Resolver = (reference) => {
    if (reference.kind === 'property') {
      const kind = context.done.get(reference.stepName)?.verdict.kind
      if (kind === 'rerun' || kind === 'always') sources.add(reference.stepName)
    }
    return {kind: 'known', value: ''}
  }
  for (const [, value] of keyArguments(step)) evaluate(value, watch)
  return [...sources]
}

function lastSeconds(name: string, {runs}: Context): {lastSeconds?: number} {
  const latest = runs.get(name)?.[0]
  return latest ? {lastSeconds: latest.seconds} : {}
}

function always(reason: Reason): Verdict {
  return {kind: 'always', reason}
}

function rerun(...reasons: Reason[]): Verdict {
  return {kind: 'rerun', reasons}
}

function unknown(...reasons: Reason[]): Verdict {
  return {kind: 'unknown', reasons}
}
