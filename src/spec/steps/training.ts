// `type: training`: a job that turns channels of data into a model.

import {entriesOf, flag, optional, type Read, record, required, scalar, text} from '../fields.ts'
import {code, input, jobFields} from '../shapes.ts'

const checkpointFields = {
  to: required(scalar, 'S3 URI that checkpoints are copied to'),
  from: optional(text, 'folder in the container, /opt/ml/checkpoints by default'),
}

export const trainingFields = {
  ...jobFields,
  code: optional(code, 'the script, or {dir, entry}'),
  hyperparameters: optional(entriesOf(scalar), 'passed to the script as --name value'),
  inputs: optional(entriesOf(input), 'each is a channel, at /opt/ml/input/data/<name>'),
  output: optional(scalar, 'where the model goes, an s3:// URI of your own'),
  metrics: optional(entriesOf(text), 'metric name: regular expression with one group, matched against the log'),
  spot: optional(flag, 'managed spot training'),
  checkpoints: optional(record(checkpointFields, 'checkpoints'), 'kept while the job runs'),
}

export type TrainingFields = Read<typeof trainingFields>
