// What the jobs of an execution measured: the metrics of its trainings, and the reports that its processing wrote.

import type {Cloud, ExecutionStep, StepJob} from '../../cloud/ports.ts'
import {parseFiniteJson} from '../../definition/finite-json.ts'
import {isJsonObject, type Json} from '../../definition/json.ts'
import {flattenNumbers} from '../../definition/json-numbers.ts'
import {inParallel} from '../in-parallel.ts'
import type {DefinitionOutline} from './definition-outline.ts'
import type {MetricReport, ReportValues} from './execution-report.ts'

/** Of one look. Each job costs a call or two, of which SageMaker answers about ten a second. */
export const mostJobs = 100
const parallelReads = 4

export type MeasuredOptions = {
  /** Jobs that are asked, the first of the execution's. */
  readonly mostJobs: number
  /** Is told what is missing, and why. */
  readonly note: (reason: string) => void
}

export async function readMetrics(
  cloud: Cloud,
  steps: readonly ExecutionStep[],
  options: MeasuredOptions,
): Promise<MetricReport[]> {
  const trained = withJob(steps).filter(({job, status}) => isTraining(job) && status === 'Succeeded')
  return eachJob(trained, 'metrics', options, async ({name: step, job}) => {
    const measured =
      job.kind === 'Tuning' ? await bestMetric(cloud, job.arn) : (await cloud.jobs.training(job.arn)).metrics
    return measured.map(({name, value}) => ({step, name, value}))
  })
}

function isTraining({kind}: StepJob): boolean {
  return kind === 'Training' || kind === 'Tuning'
}

/** What the best of a search came to, as its own metric. */
async function bestMetric(cloud: Cloud, arn: string): Promise<{readonly name: string; readonly value: number}[]> {
  const {BestTrainingJob: best} = (await cloud.jobs.properties(arn)) ?? {}
  const metric = isJsonObject(best) ? best.FinalHyperParameterTuningJobObjectiveMetric : undefined
  if (!isJsonObject(metric) || typeof metric.MetricName !== 'string') return []
  return [{name: metric.MetricName, value: Number(metric.Value)}]
}

export type ReadReports = {readonly reports: ReportValues[]; readonly documents: ReadonlyMap<string, Json>}

/** The numbers in the reports, and the whole of them by the text of the Get that names them. */
export async function readReports(
  cloud: Cloud,
  steps: readonly ExecutionStep[],
  outline: DefinitionOutline,
  {valuesPerReport, ...options}: MeasuredOptions & {readonly valuesPerReport: number},
): Promise<ReadReports> {
  const reporting = withJob(steps).filter(
    ({name, job, status}) =>
      job.kind === 'Processing' && status === 'Succeeded' && (outline.types.get(name)?.reports.length ?? 0) > 0,
  )
  const documents = new Map<string, Json>()
  const reports = await eachJob(reporting, 'reports', options, async (step, note) => {
    const {outputs} = await cloud.jobs.processing(step.job.arn)
    const written: ReportValues[] = []
    for (const {OutputName, FilePath, PropertyFileName: report} of outline.types.get(step.name)?.reports ?? []) {
      const output = outputs.find(({name}) => name === OutputName)
      if (!output) continue
      const uri = `${output.s3Uri.replace(/\/$/, '')}/${FilePath}`
      const {document, problem} = readJson(await cloud.objects.getText(uri))
      if (document === undefined) note(`report ${report} of ${step.name} ${problem}: ${uri}`)
      else documents.set(`Steps.${step.name}.PropertyFiles.${report}`, document)
      const values = flattenNumbers(document)
      const shown = values.slice(0, valuesPerReport)
      written.push({step: step.name, report, uri, values: shown, more: values.length - shown.length})
    }
    return written
  })
  return {reports, documents}
}

/** What a report holds, or what is wrong with it: such a report fails the step that reads it; here there is only nothing to show. */
export function readJson(text: string | undefined): {readonly document?: Json; readonly problem?: string} {
  if (text === undefined) return {problem: 'is not there'}
  try {
    return {document: parseFiniteJson(text)}
  } catch (error) {
    return {problem: error instanceof RangeError ? `cannot be used, since ${error.message}` : 'is not valid JSON'}
  }
}

type StepWithJob = ExecutionStep & {readonly job: StepJob}

function withJob(steps: readonly ExecutionStep[]): StepWithJob[] {
  return steps.flatMap((step) => (step.job ? [{...step, job: step.job}] : []))
}

/** What is found and noted of each, in their order. */
async function eachJob<Found>(
  steps: readonly StepWithJob[],
  what: string,
  {mostJobs: most, note}: MeasuredOptions,
  look: (step: StepWithJob, note: (reason: string) => void) => Promise<Found[]>,
): Promise<Found[]> {
  const read = steps.slice(0, most).map((step) => ({step, found: [] as Found[], notes: [] as string[]}))
  await inParallel(read, parallelReads, async ({step, found, notes}) => {
    found.push(...(await look(step, (reason) => notes.push(reason))))
  })
  for (const reason of read.flatMap(({notes}) => notes)) note(reason)
  if (read.length < steps.length) note(`only the ${what} of the first ${most} of ${steps.length} jobs were read`)
  return read.flatMap(({found}) => found)
}
