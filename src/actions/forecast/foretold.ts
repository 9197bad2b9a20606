// An execution beside what could be foretold of it: the same predictor, with the history as it was when it began.

import type {StepPrediction} from '../../cache/verdict.ts'
import type {Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../project/target.ts'
import type {ExecutionReport, ForetoldReport, StepReport} from '../executions/execution-report.ts'
import {predictPastRun} from './next-run.ts'
import type {RunPrediction} from './predict-run.ts'

/**
 * Undefined where there is nothing to compare: the execution has not ended, or ran a selection of steps, or its history can
 * no longer be read.
 */
export async function compareWithForecast(
  report: ExecutionReport,
  place: {readonly pipelineName: string; readonly target: Target},
  cloud: Cloud,
): Promise<ForetoldReport | undefined> {
  if (report.endedAt === undefined || report.selection) return undefined
  const prediction = await predictPastRun(report.arn, place, cloud).catch((error: unknown) => {
    // A service that does not answer costs the comparison, not the result; a mistake of ours must be seen.
    if (error instanceof MlpipeError && error.who !== 'bug') return undefined
    throw error
  })
  return prediction && besideForecast(report, prediction)
}

export function besideForecast(
  report: Pick<ExecutionReport, 'steps' | 'status'>,
  prediction: Pick<RunPrediction, 'steps'>,
): ForetoldReport {
  const outcomes = new Map(report.steps.map((step) => [step.name, step]))
  const compared = prediction.steps.map((step) => compareStep(step, outcomes.get(step.name), report.status))
  return {
    asForetold: compared.filter((one) => one === 'as-foretold').length,
    open: compared.filter((one) => one === 'open').length,
    otherwise: compared.flatMap((one) => (typeof one === 'object' ? [one] : [])),
  }
}

type Compared = 'as-foretold' | 'open' | 'not-reached' | ForetoldReport['otherwise'][number]

function compareStep(
  {name, verdict, when}: StepPrediction,
  step: StepReport | undefined,
  status: ExecutionReport['status'],
): Compared {
  const happened = step?.state ?? 'not-run'
  if (verdict.kind === 'unknown' || (happened === 'not-run' && when.length > 0)) return 'open'
  if (happened === 'not-run' && verdict.kind !== 'skipped') {
    // A failure or a stop keeps the steps behind it from running; nobody foretells those.
    return status === 'Succeeded' ? {step: name, foretold: verdict.kind, happened} : 'not-reached'
  }
  const expected = {hit: 'cached', rerun: 'ran', always: 'ran', skipped: 'not-run'}[verdict.kind]
  const ran = happened === 'cached' || happened === 'not-run' ? happened : 'ran'
  return ran === expected ? 'as-foretold' : {step: name, foretold: verdict.kind, happened}
}
