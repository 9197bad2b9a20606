// All that a report knows of one step, put together from its parts.

import type {ComparisonReport, StepReport} from '../../actions/executions/execution-report.ts'
import type {StepForecast} from '../../actions/forecast/forecast.ts'
import type {LineageStep} from '../../actions/lineage/lineage-result.ts'
import type {LogTail} from '../../actions/report/report-data.ts'
import type {Verdicts} from '../forecast-words.ts'
import type {Anchors} from './anchors.ts'

export type KnownStep = {
  readonly step: StepReport
  readonly forecast?: StepForecast | undefined
  readonly run?: LineageStep | undefined
  readonly log?: LogTail | undefined
  /** Of a condition: why it came out as it did, as far as it can be told. */
  readonly comparisons: readonly ComparisonReport[]
}

export type StepContext = {
  readonly verdicts: Verdicts
  readonly anchors: Anchors
  /** The spec, where its lines may be named. */
  readonly file: string | undefined
}
