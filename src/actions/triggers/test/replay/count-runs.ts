// What executions that follow each other would run, without running one: each step runs when it always does, when it has not
// run with this key yet, or when what it made has expired; and what reads from a step that runs has a new key.

import {createHash} from 'node:crypto'
import {expiresAt} from '../../../../cache/expire-after.ts'
import {explainKey} from '../../../../cache/predict-key.ts'
import type {StepPrediction} from '../../../../cache/verdict.ts'
import type {NameValue} from '../../../../cloud/ports.ts'
import {flattenSteps} from '../../../../definition/flat-steps.ts'
import type {RunPrediction} from '../../../forecast/predict-run.ts'
import {fingerprintSet} from './fingerprint-set.ts'
import type {RunsReport, StepCounts, StepRuns} from './replay-result.ts'

export type Predict = (parameters: readonly NameValue[]) => Promise<RunPrediction>

/** Sets of parameters of which the prediction is kept. */
const keptPlans = 1000

export type RunCounter = {
  add(parameters: readonly NameValue[], atMs: number): Promise<void>
  /** Undefined when nothing was added. */
  report(history: RunsReport['history']): RunsReport | undefined
}

export function countRuns(predict: Predict): RunCounter {
  const sets = fingerprintSet()
  const plans = new Map<string, readonly StepPlan[]>()
  const ledger = openLedger()
  let executions = 0

  async function planOf(parameters: readonly NameValue[]): Promise<readonly StepPlan[]> {
    const set = JSON.stringify(parameters.map(({name, value}) => [name, value]).sort())
    sets.add(set)
    const known = plans.get(set)
    if (known) return known
    const made = plansOf(await predict(parameters))
    const [oldest] = plans.keys()
    if (plans.size >= keptPlans && oldest !== undefined) plans.delete(oldest)
    plans.set(set, made)
    return made
  }

  return {
    async add(parameters, atMs) {
      executions += 1
      const results = new Map<string, string>()
      for (const plan of await planOf(parameters)) results.set(plan.name, ledger.enter(plan, results, atMs))
    },
    report(history) {
      if (executions === 0) return undefined
      const steps = ledger.steps()
      return {executions, parameterSets: sets.size(), history, steps, total: sum(steps)}
    },
  }
}

type Ledger = {
  /** Counts a step of an execution, and tells its result apart from others: what reads it has the result in its key. */
  enter(plan: StepPlan, results: ReadonlyMap<string, string>, atMs: number): string
  steps(): StepRuns[]
}

type Counts = {type: string; runs: number; conditional: number; reused: number; seconds?: number}

function openLedger(): Ledger {
  const made = new Map<string, Made>()
  const counts = new Map<string, Counts>()
  let results = 0

  function count({name, type, seconds}: StepPlan, what: 'runs' | 'conditional' | 'reused'): void {
    // It takes no time and costs nothing.
    if (type === 'Condition') return
    const own = counts.get(name) ?? {type, runs: 0, conditional: 0, reused: 0}
    own[what] += 1
    if (what === 'runs' && seconds !== undefined) own.seconds = (own.seconds ?? 0) + seconds
    counts.set(name, own)
  }

  function run(plan: StepPlan): string {
    count(plan, plan.isConditional ? 'conditional' : 'runs')
    results += 1
    return String(results)
  }

  return {
    enter(plan, read, atMs) {
      const {name, does} = plan
      if (does.kind === 'runs') return run(plan)
      if (does.kind !== 'keyed') {
        if (does.kind === 'reused') count(plan, 'reused')
        return `${name}, ${does.kind}`
      }
      const key = hash([name, does.known, ...does.reads.map((from) => read.get(from) ?? '')])
      const earlier = made.get(key)
      if (earlier && atMs < earlier.expiresAtMs) {
        count(plan, 'reused')
        return earlier.result
      }
      const result = run(plan)
      made.set(key, {result, expiresAtMs: expiresAt(atMs, does.expireAfter)})
      return result
    },
    steps: () => [...counts].map(([name, own]): StepRuns => ({name, ...own})),
  }
}

type Made = {readonly result: string; readonly expiresAtMs: number}

type StepPlan = {
  readonly name: string
  readonly type: string
  readonly isConditional: boolean
  readonly seconds?: number
  readonly does:
    | {readonly kind: 'skipped' | 'runs' | 'reused'}
    /** `reads`: steps whose results are in its key. */
    | {readonly kind: 'keyed'; readonly known: string; readonly reads: readonly string[]; readonly expireAfter: string}
}

/** In an order in which results are there before they are read. */
function plansOf({steps, input}: RunPrediction): readonly StepPlan[] {
  const expiry = new Map(
    flattenSteps(input.definition).map(({step}) => [step.Name, step.CacheConfig?.ExpireAfter ?? '']),
  )
  const plans = new Map(
    steps.map((step): [string, StepPlan] => [
      step.name,
      {
        name: step.name,
        type: step.type,
        isConditional: step.when.length > 0,
        ...(step.lastSeconds === undefined ? {} : {seconds: step.lastSeconds}),
        does: doesOf(step, input, steps, expiry.get(step.name) ?? ''),
      },
    ]),
  )
  const ordered = new Map<string, StepPlan>()
  const visit = (plan: StepPlan) => {
    if (ordered.has(plan.name)) return
    for (const name of plan.does.kind === 'keyed' ? plan.does.reads : []) {
      const read = plans.get(name)
      if (read) visit(read)
    }
    ordered.set(plan.name, plan)
  }
  for (const plan of plans.values()) visit(plan)
  return [...ordered.values()]
}

function doesOf(
  {name, verdict}: StepPrediction,
  input: RunPrediction['input'],
  steps: readonly StepPrediction[],
  expireAfter: string,
): StepPlan['does'] {
  if (verdict.kind === 'skipped') return {kind: 'skipped'}
  if (verdict.kind === 'hit') return {kind: 'reused'}
  if (verdict.kind === 'always') return {kind: 'runs'}
  const parts = explainKey(input, steps, name)
  const causes = parts.flatMap((part) => (part.state === 'known' ? [] : part.because))
  const reads = causes.map((cause) => ('step' in cause ? cause.step : undefined))
  // The id or the time of the execution: no two have the same.
  if (causes.some(({code}, at) => code === 'fresh-value' && reads[at] === undefined)) return {kind: 'runs'}
  const known = parts.map((part) => [part.path, part.state === 'known' ? part.value : part.because.map(wordOf)])
  return {
    kind: 'keyed',
    known: hash(known),
    reads: [...new Set(reads.filter((read) => read !== undefined))],
    expireAfter,
  }
}

function wordOf(reason: object): string {
  return 'value' in reason ? String(reason.value) : ''
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)
}

function sum(steps: readonly StepRuns[]): StepCounts {
  const of = (what: 'runs' | 'conditional' | 'reused') => steps.reduce((total, step) => total + step[what], 0)
  const timed = steps.flatMap(({seconds}) => (seconds === undefined ? [] : [seconds]))
  return {
    runs: of('runs'),
    conditional: of('conditional'),
    reused: of('reused'),
    ...(timed.length === 0 ? {} : {seconds: timed.reduce((total, seconds) => total + seconds, 0)}),
  }
}
