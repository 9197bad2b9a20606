// What a report tells of an execution, as plain data: the result of `report`, and all that its page is drawn from.

import type {Picture} from '../../picture/picture.ts'
import type {ExecutionReport, Gap} from '../executions/execution-report.ts'
import type {StepForecast} from '../forecast/forecast.ts'
import type {LineageResult} from '../lineage/lineage-result.ts'

export type ReportParameter = {
  readonly name: string
  readonly value: string
  /** SageMaker's type; absent for one that the definition does not declare. */
  readonly type?: string
  readonly default?: string
  readonly isDefault: boolean
}

/** The end of what a step's job wrote. */
export type LogTail = {
  readonly step: string
  /** The execution whose job it was, when the step's result was taken over. */
  readonly from?: string
  readonly lines: readonly string[]
}

export type PastExecutionPoint = {
  readonly execution: string
  readonly arn: string
  readonly status: string
  readonly startedAt: string
}

/** One number across executions: a metric of a training, or a value of a report. */
export type Series = {
  readonly step: string
  /** The report that it stands in; absent for a metric. */
  readonly report?: string
  /** The metric, or the path in the report. */
  readonly name: string
  readonly points: readonly {readonly execution: string; readonly value: number}[]
}

export type MetricHistory = {
  /** Oldest first; the last is that of the report. */
  readonly executions: readonly PastExecutionPoint[]
  readonly series: readonly Series[]
  /** Numbers that are left out of `series`. */
  readonly more: number
}

export type ReportLineage = Pick<LineageResult, 'executions' | 'steps' | 'models' | 'gaps'> & {
  /** The id of a step of this execution is its name, as in `graph`; absent where nothing leads to anything. */
  readonly picture?: Picture
  /** In place of a picture that is too large for a page. */
  readonly undrawn?: {
    readonly nodes: number
    readonly edges: number
    /** What draws it. */
    readonly command: string
  }
}

export type ReportSpec = {
  readonly file: string
  readonly text: string
  /** Why it is known to be the one: deployed from this very text, or it compiles to the definition that ran. */
  readonly known: 'by-hash' | 'by-definition'
}

export type ReportResult = Omit<ExecutionReport, 'parameters'> & {
  readonly formatVersion: 1
  /** Everything below is as of then. */
  readonly takenAt: string
  readonly displayName?: string
  readonly description?: string
  /** ARN of who started it. */
  readonly startedBy?: string
  readonly parameters: readonly ReportParameter[]
  /** What could be foretold of each step when the execution began. */
  readonly verdicts: readonly StepForecast[]
  /** The steps that the end waited for, each for the one before it; empty until it has ended. */
  readonly criticalPath: readonly string[]
  readonly graph?: Picture
  readonly history?: MetricHistory
  readonly lineage?: ReportLineage
  readonly logs: readonly LogTail[]
  readonly spec?: ReportSpec
  /** The definition that ran, as indented JSON. */
  readonly definition?: string
  readonly gaps: readonly Gap[]
  /** Commands that go on from here. */
  readonly next: readonly string[]
  /** Where the page was written. */
  readonly page?: {readonly path: string; readonly bytes: number}
}
