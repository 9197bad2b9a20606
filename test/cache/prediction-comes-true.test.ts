// The law of the predictor: what it says of a step comes true, wherever it does not say that only the run can tell. Random
// pipelines run on the engine with simulated jobs, through a sequence of random edits, parameter changes and clock jumps.
// A longer run: `npm run prove`.

import {expect, it} from 'vitest'
import type {RunPrediction} from '../../src/actions/forecast/predict-run.ts'
import type {Reason, StepPrediction} from '../../src/cache/verdict.ts'
import type {ExecutionStep} from '../../src/cloud/ports.ts'
import {fc, runs} from '../support/properties.ts'
import {buildDefinition} from './build-definition.ts'
import {type Edit, type StepPlan, story} from './random-pipelines.ts'
import {openSimulatedTarget, type SimulatedTarget} from './simulated-target.ts'

const stories = runs(500)
const tally = {hit: 0, rerun: 0, unknown: 0, always: 0, skipped: 0, conditional: 0, runs: 0}

it(`holds in ${stories} random stories`, {timeout: 3_600_000}, async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({steps, edits}) => {
      const target = await openSimulatedTarget()
      try {
        await tellStory(target, steps, edits)
      } finally {
        target.close()
      }
    }),
    {numRuns: stories},
  )
  // A law about nothing would hold too: each verdict must have been put to the test.
  for (const verdict of ['hit', 'rerun', 'unknown', 'always', 'skipped', 'conditional'] as const) {
    expect(tally[verdict], verdict).toBeGreaterThan(0)
  }
  const open = tally.unknown / (tally.hit + tally.rerun + tally.unknown)
  process.stdout.write(
    `${tally.runs} runs: ${tally.hit} hits, ${tally.rerun} reruns, ${tally.skipped} skipped steps foretold; ` +
      `${(100 * open).toFixed(1)} % of the steps that can be cached left open\n`,
  )
})

async function tellStory(
  target: SimulatedTarget,
  steps: readonly StepPlan[],
  edits: readonly (readonly Edit[])[],
): Promise<void> {
  let plans = [...steps]
  const values: Record<string, string> = {}
  for (const batch of [[], ...edits]) {
    for (const edit of batch) plans = applyEdit(edit, plans, values, target.clock)
    target.clock.nowMs += 60_000
    await target.deploy(buildDefinition(plans))
    const prediction = await target.predict(values)
    compare(prediction, await target.run(values))
  }
}

function applyEdit(
  edit: Edit,
  plans: readonly StepPlan[],
  values: Record<string, string>,
  clock: {nowMs: number},
): StepPlan[] {
  const changed = [...plans]
  switch (edit.kind) {
    case 'nothing':
      break
    case 'step':
      changed[edit.index % changed.length] = edit.plan
      break
    case 'script': {
      const index = edit.index % changed.length
      const plan = changed[index]
      if (plan) changed[index] = {...plan, script: edit.script}
      break
    }
    case 'parameter':
      values[`p${edit.index}`] = String(edit.value)
      break
    case 'clock':
      clock.nowMs += edit.hours * 3_600_000
      break
    case 'remove':
      if (changed.length > 1) changed.pop()
  }
  return changed
}

function compare(prediction: RunPrediction, outcomes: ReadonlyMap<string, ExecutionStep>): void {
  tally.runs += 1
  const verdicts = new Map(prediction.steps.map(({name, verdict}) => [name, verdict.kind]))
  for (const {name, verdict, when, outcome} of prediction.steps) {
    const step = outcomes.get(name)
    tally[verdict.kind] += 1
    if (when.length > 0) tally.conditional += 1
    if (verdict.kind === 'skipped') {
      expect(step, `${name} was to be skipped`).toBeUndefined()
      continue
    }
    if (!step) {
      expect(when.length, `${name} did not run, and no condition was said to be open`).toBeGreaterThan(0)
      continue
    }
    if (outcome !== undefined) expect(step.outcome, name).toBe(outcome ? 'True' : 'False')
    if (verdict.kind === 'hit') expect(step.cachedFrom, `${name} was to be a hit`).toBe(verdict.from.executionArn)
    if (verdict.kind === 'rerun' || verdict.kind === 'always') {
      expect(step.cachedFrom, `${name}: ${verdict.kind}`).toBeUndefined()
    }
    if (verdict.kind === 'unknown') checkOpen(name, verdict.reasons, verdicts)
  }
}

/** What a reused step made is there to be read: only steps that may run leave anything open. */
function checkOpen(
  name: string,
  reasons: readonly Reason[],
  verdicts: ReadonlyMap<string, StepPrediction['verdict']['kind']>,
): void {
  for (const reason of reasons) {
    if (reason.code !== 'decided-by-run' || reason.step === undefined) continue
    expect(verdicts.get(reason.step), `${name} waits for ${reason.step}`).not.toBe('hit')
    // The names that a job makes up are new whenever it runs: that needs no run to be known.
    const isMadeUp = /\.(ModelArtifacts|ModelName)/.test(reason.value)
    if (isMadeUp) expect(verdicts.get(reason.step), `${name}: ${reason.value}`).toBe('unknown')
  }
}
