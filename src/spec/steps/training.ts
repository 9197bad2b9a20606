// `type: training`: a job that turns channels of data into a model.

import type {Range} from '../../diagnostics/diagnostic.ts'
import type {SpecDuration} from '../../text/duration.ts'
import {
  duration,
  entriesOf,
  flag,
  listOf,
  optional,
  type Reader,
  reader,
  readFields,
  record,
  recordSchema,
  required,
  scalar,
  text,
} from '../fields.ts'
import {jobNetworkField} from '../shapes/network.ts'
import {code, input, jobFields} from '../shapes/shapes.ts'
import {either} from '../shapes/short-forms.ts'
import type {Located} from '../value.ts'

const checkpointFields = {
  to: required(scalar, 'S3 URI that checkpoints are copied to'),
  from: optional(text, 'folder in the container, /opt/ml/checkpoints by default'),
}

/** `spot: true`, or with how long the job may take, waiting for machines included. */
export type SpotSpec = {
  readonly value: boolean
  readonly maxWait: Located<SpecDuration> | undefined
  readonly range: Range
}

const spotFields = {
  maxWait: required(duration, 'how long the job may take, waiting for machines included'),
}

const spot: Reader<SpotSpec> = reader(either(flag.schema, recordSchema(spotFields)), (node, findings) => {
  if (node.kind === 'map') return {...readFields(node, spotFields, findings, 'spot'), value: true, range: node.range}
  const read = flag(node, findings)
  return read && {...read, maxWait: undefined}
})

/** What a training job is, alone or as one of many that a tuning step starts. */
export const trainingJobFields = {
  code: optional(code, 'the script, or {dir, entry}'),
  hyperparameters: optional(entriesOf(scalar), 'passed to the script as --name value'),
  inputs: optional(entriesOf(input), 'each is a channel, at /opt/ml/input/data/<name>'),
  metrics: optional(entriesOf(text), 'metric name: regular expression with one group, matched against the log'),
  spot: optional(spot, 'true: managed spot training; or {maxWait}'),
  checkpoints: optional(record(checkpointFields, 'checkpoints'), 'kept while the job runs'),
  ...jobNetworkField,
}

export const trainingFields = {
  ...jobFields,
  ...trainingJobFields,
  command: optional(listOf(scalar, {allowOne: true}), 'the program, instead of that of the image'),
  args: optional(listOf(scalar), 'arguments of the program'),
  output: optional(scalar, 'where the model goes, an s3:// URI of your own'),
  debugger: optional(scalar, 'S3 URI for the tensors that SageMaker Debugger saves'),
  profiler: optional(scalar, 'S3 URI for the profile of the job; false switches the profiler off'),
}
