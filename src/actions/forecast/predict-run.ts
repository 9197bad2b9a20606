// Predicts a run of a definition on a target: the pure predictor, fed with as much history as it asks for.

import {predictSteps} from '../../cache/predict.ts'
import type {PredictInput} from '../../cache/predict-key.ts'
import type {StepPrediction} from '../../cache/verdict.ts'
import type {Cloud} from '../../cloud/ports.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {Json} from '../../definition/json.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {noHistory, openRunHistory, type RunHistory, type RunHistoryFiles} from './run-history.ts'

export type PredictRunInput = {
  readonly definition: PipelineDefinition
  readonly pipeline: {readonly arn: string; readonly pipelineName: string}
  readonly parameters: ReadonlyMap<string, Json>
  /** What the gates will read of the champion. */
  readonly documents?: ReadonlyMap<string, Json>
  readonly nowMs: number
  /** Only what had ended by then counts as history: for a forecast of a past execution. */
  readonly endedBeforeMs?: number
}

export type RunPrediction = {
  readonly steps: readonly StepPrediction[]
  readonly input: PredictInput
  readonly history: RunHistory['extent']
}

/**
 * Looks further back only for steps whose key matched nothing that was read. Without a cloud there is no history: the pipeline
 * is not deployed.
 */
export async function predictRun(
  input: PredictRunInput,
  cloud: Cloud | undefined,
  files: RunHistoryFiles,
): Promise<RunPrediction> {
  return predictWith(input, cloud ? openRunHistory(cloud, input.pipeline.pipelineName, files) : noHistory)
}

/** For several runs of one pipeline, whose history is then read once. */
export async function predictWith(input: PredictRunInput, history: RunHistory): Promise<RunPrediction> {
  // Without any history every step that can be cached would ask for it: one pass is saved by not asking.
  if (flattenSteps(input.definition).some(({step}) => step.CacheConfig?.Enabled === true)) await history.readOlder()
  for (;;) {
    const {gap} = history.extent
    const full: PredictInput = {
      ...input,
      runs: history.runs(input.endedBeforeMs),
      facts: history.facts,
      ...(gap === undefined ? {} : {historyGap: gap}),
    }
    const steps = predictSteps(full)
    if (await history.satisfy()) continue
    if (steps.some(couldBeOlder) && (await history.readOlder())) continue
    return {steps, input: full, history: history.extent}
  }
}

/** An older success could have the key that no newer one has. A key with a fresh value is that of none. */
function couldBeOlder({verdict}: StepPrediction): boolean {
  if (verdict.kind !== 'rerun' && verdict.kind !== 'unknown') return false
  const codes = verdict.reasons.map(({code}) => code)
  if (codes.includes('fresh-value')) return false
  return codes.some((code) => code === 'no-earlier-success' || code === 'key-differs' || code === 'history-incomplete')
}
