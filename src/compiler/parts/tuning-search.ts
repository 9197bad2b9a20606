// What a tuning step searches: ranges, objective and limits. Sources: CreateHyperParameterTuningJob; Developer Guide,
// "Resource limits for automatic model tuning" (2026).

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Entry} from '../../spec/fields.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {BoundsSpec, RangeSpec} from '../../spec/steps/tuning.ts'
import type {Value} from '../../spec/value.ts'
import {lengthSeconds} from '../../text/duration.ts'
import {suggestName} from '../../text/nearest-name.ts'
import type {StepScope} from '../context.ts'
import {elementPath, itemPlaces, type Place} from '../place.ts'
import {resolveReference} from '../resolve-reference.ts'
import {compileNumber} from '../values/compile-typed.ts'
import {compileText} from '../values/compile-value.ts'
import {unlessEmpty} from './job-parts.ts'
import {checkReserved, hyperparameterText, type TrainingJobSpec} from './training-parts.ts'

type TuningSpec = StepOf<'tuning'>

/** One training job, and what is searched for it. `owner` is what messages call it. */
export type SearchSpec = TrainingJobSpec & Pick<TuningSpec, 'ranges' | 'objective'> & {readonly owner: string}

const maximumRanges = 30
const maximumValues = 30
const maximumParallelJobs = 100
const maximumJobs = {Bayesian: 750, Random: 10_000, Grid: 750, Hyperband: 750}
const budgetSeconds = {least: 120, most: 15_768_000}

export type Strategy = keyof typeof maximumJobs

export function strategyOf(step: Pick<TuningSpec, 'strategy'>): Strategy {
  return step.strategy?.value ?? 'Bayesian'
}

/** ResourceLimits. */
export function resourceLimits(step: TuningSpec, scope: StepScope): JsonObject {
  const {jobs, budget, nameRange, keyRanges} = step
  const strategy = strategyOf(step)
  const isTold = ['budget', 'api'].some((key) => keyRanges.has(key)) || (keyRanges.has('jobs') && !jobs)
  if (!jobs?.max && !isTold && strategy !== 'Grid') {
    scope.findings.error('missing-key', keyRanges.get('jobs') ?? nameRange, `step "${step.name}" has no "jobs.max"`, {
      help: 'jobs: {max: 20, parallel: 2}, or budget: with the time that the search may take',
    })
  }
  const most = {least: 1, most: maximumJobs[strategy], isWhole: true}
  const parallel = {least: 1, most: maximumParallelJobs, isWhole: true}
  return {
    ...(jobs?.max ? {MaxNumberOfTrainingJobs: compileNumber(jobs.max, 'the number of jobs', most, scope)} : {}),
    MaxParallelTrainingJobs: jobs?.parallel
      ? compileNumber(jobs.parallel, 'the number of parallel jobs', parallel, scope)
      : 1,
    ...(budget ? {MaxRuntimeInSeconds: budgetInSeconds(budget, scope)} : {}),
  }
}

function budgetInSeconds(budget: NonNullable<TuningSpec['budget']>, scope: StepScope): number {
  const seconds = lengthSeconds(budget.value)
  if (seconds < budgetSeconds.least || seconds > budgetSeconds.most) {
    scope.findings.error('out-of-range', budget.range, 'the budget of a search is from 2 minutes to 182 days')
  }
  return seconds
}

/** HyperParameterTuningJobObjective or TuningObjective. */
export function compileObjective(search: SearchSpec, scope: StepScope): JsonObject {
  const {objective, metrics, nameRange, name, keyRanges} = search
  if (!objective) {
    if (keyRanges.has('objective') || scope.steps.get(name)?.keyRanges.has('api')) return {}
    scope.findings.error('missing-key', nameRange, `${search.owner} has no "objective"`, {
      help: 'objective: {metric: …, goal: minimize}, with a metric that every training job reports',
    })
    return {}
  }
  const {metric, goal} = objective
  const known = (metrics ?? []).map((entry) => entry.name)
  if (metric?.kind === 'literal' && known.length > 0 && !known.includes(metric.text)) {
    const help = suggestName(metric.text, known)
    const message = `${search.owner} measures no metric "${metric.text}"`
    scope.findings.error('unsupported-reference', metric.range, message, {help})
  }
  return {Type: goal?.value ?? '', MetricName: metric ? compileText(metric, scope) : ''}
}

/** ParameterRanges or HyperParameterRanges: a list for each type, each in the file's order. */
export function compileRanges(
  search: SearchSpec,
  strategy: Strategy,
  isScriptMode: boolean,
  scope: StepScope,
): JsonObject {
  const ranges = search.ranges ?? []
  if (ranges.length > maximumRanges) {
    const message = `${ranges.length} hyperparameters are searched; SageMaker allows ${maximumRanges}`
    scope.findings.error('out-of-range', search.keyRanges.get('ranges') ?? search.nameRange, message)
  }
  const compiled = ranges.map((range) => {
    checkRange(range, search, strategy, scope)
    return compileRange(range, isScriptMode, scope)
  })
  const ofType = (type: string) => compiled.flatMap((range) => (range.type === type ? [range.json] : []))
  return {
    ...unlessEmpty('IntegerParameterRanges', ofType('Integer')),
    ...unlessEmpty('ContinuousParameterRanges', ofType('Continuous')),
    ...unlessEmpty('CategoricalParameterRanges', ofType('Categorical')),
  }
}

function checkRange(
  {name, nameRange, value}: Entry<RangeSpec>,
  search: SearchSpec,
  strategy: Strategy,
  scope: StepScope,
) {
  checkReserved(name, nameRange, search, scope)
  if (search.hyperparameters?.some((fixed) => fixed.name === name)) {
    const message = `"${name}" is searched, and stands under "hyperparameters" as well`
    scope.findings.error('name-collision', nameRange, message, {help: 'keep one of the two'})
  }
  if (value.kind === 'values') {
    if (value.values.length > 0 && value.values.length <= maximumValues) return
    const message = `"${name}" has ${value.values.length} values; SageMaker takes 1 to ${maximumValues}`
    scope.findings.error('out-of-range', value.range, message)
    return
  }
  if (strategy === 'Grid') {
    scope.findings.error('wrong-type', value.range, `a grid search takes lists of values, and "${name}" is a range`, {
      help: `${name}: [0.01, 0.1, 1], or another strategy`,
    })
  }
  const {min, max} = value.bounds
  const least = numberOf(min)
  const greatest = numberOf(max)
  if (min && max && least !== undefined && greatest !== undefined && least > greatest) {
    const message = `the range of "${name}" is empty: ${textOf(min)} is more than ${textOf(max)}`
    scope.findings.error('out-of-range', value.range, message)
  }
}

type RangeType = 'Integer' | 'Continuous' | 'Categorical'

function compileRange(
  {name, value}: Entry<RangeSpec>,
  isScriptMode: boolean,
  scope: StepScope,
): {readonly type: RangeType; readonly json: JsonObject} {
  if (value.kind === 'values') {
    const values = value.values.map((one) => hyperparameterText(one, isScriptMode, scope))
    return {type: 'Categorical', json: {Name: name, Values: values}}
  }
  const {min, max, scale} = value.bounds
  const json = {
    Name: name,
    MinValue: bound(min, scope),
    MaxValue: bound(max, scope),
    ...(scale ? {ScalingType: scale.value} : {}),
  }
  return {type: rangeType(value.bounds, scope), json}
}

function bound(value: Value | undefined, scope: StepScope): Json {
  if (!value) return ''
  if (value.kind === 'literal' && typeof value.value !== 'number') {
    scope.findings.error('wrong-type', value.range, `"${value.text}" is not a number`, {
      help: 'a range has numbers as its bounds; write a list for values of another kind',
    })
  }
  return compileText(value, scope)
}

/** As told; else Integer where both bounds are known to be whole. */
function rangeType({min, max, type}: BoundsSpec, scope: StepScope): RangeType {
  if (type) return type.value
  return isWhole(min, scope) && isWhole(max, scope) ? 'Integer' : 'Continuous'
}

function isWhole(value: Value | undefined, scope: StepScope): boolean {
  if (value?.kind === 'reference') return resolveReference(value.reference, scope)?.type === 'Integer'
  return value?.kind === 'literal' && /^-?\d+$/.test(value.text)
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined
}

function textOf(value: Value): string {
  return value.kind === 'literal' ? value.text : ''
}

/** What feeds the ranges at `base`. */
export function rangePlaces(base: string, {ranges, keyRanges}: Pick<SearchSpec, 'ranges' | 'keyRanges'>): Place[] {
  const lists = ['IntegerParameterRanges', 'ContinuousParameterRanges', 'CategoricalParameterRanges']
  const ofRange = (list: string, {name, nameRange, value}: Entry<RangeSpec>): Place[] => {
    const element = elementPath(`${base}.${list}`, name)
    if (value.kind === 'values') return [[element, nameRange], ...itemPlaces(`${element}.Values`, value.values)]
    return [
      [element, nameRange],
      [`${element}.MinValue`, value.bounds.min?.range],
      [`${element}.MaxValue`, value.bounds.max?.range],
      [`${element}.ScalingType`, value.bounds.scale?.range],
    ]
  }
  return [
    [base, keyRanges.get('ranges')],
    ...lists.flatMap((list) => (ranges ?? []).flatMap((one) => ofRange(list, one))),
  ]
}
