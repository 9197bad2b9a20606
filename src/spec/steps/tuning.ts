// `type: tuning`: many training jobs, in search of the hyperparameters that give the best model.

import type {Range} from '../../diagnostics/diagnostic.ts'
import {oneOfAnyCase} from '../any-case.ts'
import {
  duration,
  entriesOf,
  listOf,
  oneOf,
  optional,
  type Read,
  type Reader,
  reader,
  readFields,
  record,
  recordSchema,
  required,
  scalar,
} from '../fields.ts'
import {describeNode} from '../node.ts'
import {searchRetry} from '../shapes/retry.ts'
import {jobFields} from '../shapes/shapes.ts'
import {either} from '../shapes/short-forms.ts'
import type {Located, Value} from '../value.ts'
import {trainingJobFields} from './training.ts'

/** Source: CreateHyperParameterTuningJob, HyperParameterTuningJobConfig. */
const strategies = ['Bayesian', 'Random', 'Grid', 'Hyperband'] as const
const goals = ['Minimize', 'Maximize'] as const
const scales = ['Auto', 'Linear', 'Logarithmic', 'ReverseLogarithmic'] as const

const objectiveFields = {
  metric: required(scalar, 'the name of the metric that jobs are compared by'),
  goal: required(oneOfAnyCase(goals), 'minimize or maximize'),
}

const boundFields = {
  min: required(scalar, 'the least value'),
  max: required(scalar, 'the greatest value'),
  scale: optional(oneOfAnyCase(scales), 'how the range is searched: Auto, Linear, Logarithmic or ReverseLogarithmic'),
  type: optional(
    oneOfAnyCase(['Integer', 'Continuous'] as const),
    'Integer when both bounds are whole, else Continuous',
  ),
}

export type BoundsSpec = Read<typeof boundFields>

/** `{min, max}`, or a list of values. */
export type RangeSpec =
  | {readonly kind: 'values'; readonly values: readonly Value[]; readonly range: Range}
  | {readonly kind: 'bounds'; readonly bounds: BoundsSpec; readonly range: Range}

const values = listOf(scalar)
const range: Reader<RangeSpec> = reader(either(values.schema, recordSchema(boundFields)), (node, findings) => {
  if (node.kind === 'map') {
    return {kind: 'bounds', bounds: readFields(node, boundFields, findings, 'range'), range: node.range}
  }
  if (node.kind === 'list') return {kind: 'values', values: values(node, findings) ?? [], range: node.range}
  findings.error('wrong-type', node.range, `expected {min, max} or a list of values, found ${describeNode(node)}`)
  return undefined
})

const earlyStopping: Reader<Located<'Auto' | 'Off'>> = reader(
  {enum: [true, false, 'Auto', 'Off']},
  (node, findings): Located<'Auto' | 'Off'> | undefined => {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') {
      return {value: node.value ? 'Auto' : 'Off', range: node.range}
    }
    return oneOf(['Auto', 'Off'] as const)(node, findings)
  },
)

const jobsFields = {
  max: optional(scalar, 'how many jobs are started in all'),
  parallel: optional(scalar, 'how many run at the same time; 1 by default'),
}

const warmStartFields = {
  type: required(
    oneOf(['IdenticalDataAndAlgorithm', 'TransferLearning'] as const),
    'IdenticalDataAndAlgorithm, or TransferLearning when data or image differ',
  ),
  parents: required(listOf(scalar, {allowOne: true}), 'names of earlier tuning jobs'),
}

const searchFields = {
  objective: optional(record(objectiveFields, 'objective'), 'what makes a model the best: {metric, goal}'),
  ranges: optional(entriesOf(range), 'hyperparameter: {min, max} or a list of values'),
}

const {image, instance, role, env, timeout} = jobFields
/** Of one of several training definitions; what it leaves out is as the step says. */
const definitionFields = {image, instance, role, env, timeout, ...trainingJobFields, ...searchFields}

export const tuningFields = {
  ...jobFields,
  retry: optional(searchRetry, 'when a failed attempt is repeated'),
  ...trainingJobFields,
  ...searchFields,
  output: optional(scalar, 'where the models go, an s3:// URI of your own'),
  strategy: optional(oneOfAnyCase(strategies), 'Bayesian (the default), Random, Grid or Hyperband'),
  jobs: optional(record(jobsFields, 'jobs'), 'how many training jobs: {max, parallel}'),
  earlyStopping: optional(earlyStopping, 'true: jobs that will hardly be better than earlier ones are stopped'),
  warmStart: optional(record(warmStartFields, 'warmStart'), 'what earlier tuning jobs have found: {type, parents}'),
  seed: optional(scalar, 'starts the random numbers, so that a search can be repeated'),
  budget: optional(duration, 'the search is stopped after this long'),
  definitions: optional(
    entriesOf(record(definitionFields, 'definition')),
    'several training jobs to search, by name, such as two algorithms',
  ),
}
