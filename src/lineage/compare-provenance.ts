// Two models by what they were made of: metrics, parameters, data, code, images, hyperparameters. Says what differs, and whether that
// is better only where it is known. Pure.

import {judgeChange} from './metric-direction.ts'
import {type Pair, pair} from './pair.ts'
import type {NamedValue, Provenance, SourceOrigin, StepRun, Taken} from './provenance.ts'

/**
 * `unknown`: the same place both times, and what was in it is not known. `written-between`: of that nothing more is known than that it
 * was written after the one run and before the other.
 */
export type Sameness = 'same' | 'differs' | 'unknown' | 'written-between'

export type ComparedTaken = Pick<Taken, 'uri' | 'content' | 'file' | 'fileSha256'>

export type ComparedMetric = {
  /** Of a training job's metric; absent for the numbers of the model's own report. */
  readonly step?: string
  readonly name: string
  readonly difference?: number
  /** Only of metrics of which it is known. */
  readonly change?: 'better' | 'worse'
} & Pair<number>

type OfStep = {readonly step: string; readonly name: string}

type Dated = ComparedTaken & Pick<Taken, 'since'>

export type ProvenanceComparison = {
  readonly metrics: readonly ComparedMetric[]
  /** As the steps had them that made the model; several values of one name where a result was taken over from a run with another. */
  readonly parameters: readonly ({readonly name: string} & Pair<string>)[]
  readonly hyperparameters: readonly (OfStep & Pair<string>)[]
  /** What came from outside of the pipeline. */
  readonly data: readonly (OfStep & Pair<ComparedTaken> & {readonly sameness?: Sameness})[]
  readonly code: readonly (OfStep & Pair<ComparedTaken> & {readonly sameness?: Sameness})[]
  /** What the pipeline was deployed from that registered the model. */
  readonly origin: Pair<SourceOrigin>
  readonly images: readonly ({readonly step: string} & Pair<string>)[]
}

export function compareProvenance(before: Provenance, after: Provenance): ProvenanceComparison {
  return {
    metrics: pair(metricsOf(before), metricsOf(after), metricName, ({value}) => value).map(compareMetric),
    parameters: pair(
      parametersOf(before),
      parametersOf(after),
      ({name}) => ({name}),
      ({value}) => value,
    ),
    hyperparameters: pair(hyperparametersOf(before), hyperparametersOf(after), stepAndName, ({value}) => value),
    data: compareTaken(taken(before, dataOf), taken(after, dataOf)),
    code: compareTaken(
      taken(before, ({code}) => code),
      taken(after, ({code}) => code),
    ),
    origin: {...originOf(before, 'before'), ...originOf(after, 'after')},
    images: pair(
      imagesOf(before),
      imagesOf(after),
      ({step}) => ({step}),
      ({image}) => image,
    ),
  }
}

type Metric = {readonly step?: string; readonly name: string; readonly value: number}

/** The model's own report first; the step that wrote it has the same numbers. */
function metricsOf({models, steps}: Provenance): Metric[] {
  const own = models[0]?.metrics ?? []
  const isOwn = ({name, value}: Metric) => own.some((metric) => metric.name === name && metric.value === value)
  const others = steps.flatMap(({step, metrics}) => metrics.map((metric) => ({step, ...metric})))
  return [...own, ...others.filter((metric) => !isOwn(metric))]
}

function metricName({step, name}: Metric): {step?: string; name: string} {
  return {...(step === undefined ? {} : {step}), name}
}

function compareMetric(metric: {readonly step?: string; readonly name: string} & Pair<number>): ComparedMetric {
  const {name, before, after} = metric
  if (before === undefined || after === undefined) return metric
  const change = judgeChange(name, before, after)
  return {...metric, difference: after - before, ...(change ? {change} : {})}
}

function parametersOf({steps, executions}: Provenance): NamedValue[] {
  const values = new Map<string, Set<string>>()
  const used = steps.flatMap(({parameters}) => parameters)
  // A model that nothing is known of beside its execution has had that one's.
  for (const {name, value} of used.length > 0 ? used : (executions[0]?.parameters ?? [])) {
    values.set(name, (values.get(name) ?? new Set()).add(value))
  }
  return [...values].map(([name, all]) => ({name, value: [...all].join(', ')}))
}

function hyperparametersOf({steps}: Provenance): (OfStep & {readonly value: string})[] {
  return steps.flatMap(({step, hyperparameters}) => hyperparameters.map(({name, value}) => ({step, name, value})))
}

function stepAndName({step, name}: OfStep): OfStep {
  return {step, name}
}

/** What a step of the pipeline made lies elsewhere in every execution: that is no difference. */
function dataOf({inputs}: StepRun): readonly Taken[] {
  return inputs.filter(({madeBy}) => madeBy === undefined)
}

function taken({steps}: Provenance, what: (step: StepRun) => readonly Taken[]): (OfStep & Dated)[] {
  return steps.flatMap((step) =>
    what(step).map(({name, uri, content, file, fileSha256, since}) => ({
      step: step.step,
      name,
      uri,
      ...(content ? {content} : {}),
      ...(file === undefined ? {} : {file}),
      ...(fileSha256 === undefined ? {} : {fileSha256}),
      ...(since ? {since} : {}),
    })),
  )
}

function compareTaken(
  before: readonly (OfStep & Dated)[],
  after: readonly (OfStep & Dated)[],
): ProvenanceComparison['data'] {
  const rows = pair(before, after, stepAndName, ({step: _, name: __, ...rest}): Dated => rest)
  return rows.map(({before: one, after: other, ...row}) => ({
    ...row,
    ...(one ? {before: undated(one)} : {}),
    ...(other ? {after: undated(other)} : {}),
    ...(one && other ? {sameness: samenessOf(one, other)} : {}),
  }))
}

function undated({since: _, ...taken}: Dated): ComparedTaken {
  return taken
}

/** By what was in it, where that is known of both; a place alone says little. */
function samenessOf(before: Dated, after: Dated): Sameness {
  if (before.content && after.content && before.content.kind === after.content.kind) {
    return before.content.value === after.content.value ? 'same' : 'differs'
  }
  if (before.uri !== after.uri) return 'differs'
  const states = [before.since?.state, after.since?.state]
  return states.includes('written-since') && states.includes('older') ? 'written-between' : 'unknown'
}

function originOf({executions}: Provenance, side: 'before' | 'after'): Pair<SourceOrigin> {
  const origin = executions[0]?.origin
  return origin ? {[side]: origin} : {}
}

function imagesOf({steps}: Provenance): {readonly step: string; readonly image: string}[] {
  return steps.flatMap(({step, image}) => (image === undefined ? [] : [{step, image}]))
}
