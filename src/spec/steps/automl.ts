// `type: automl`: SageMaker Autopilot tries algorithms on a table, and keeps the best model.

import {
  duration,
  entriesOf,
  listOf,
  number,
  oneOf,
  optional,
  type Recorded,
  record,
  required,
  scalar,
} from '../fields.ts'
import {automlNetworkField} from '../shapes/network.ts'
import {searchRetry} from '../shapes/retry.ts'
import {jobFields} from '../shapes/shapes.ts'
import {recordOr} from '../shapes/short-forms.ts'

/** Source: CreateAutoMLJob. */
const problems = ['BinaryClassification', 'MulticlassClassification', 'Regression'] as const
const modes = ['ENSEMBLING', 'HYPERPARAMETER_TUNING', 'AUTO'] as const

const inputFields = {
  from: required(scalar, 'a local file or folder, an s3:// URI, or a reference'),
  contentType: optional(scalar, 'MIME type of the data'),
  compression: optional(oneOf(['None', 'Gzip'] as const), 'how the objects are compressed'),
  weight: optional(scalar, 'the column that says how much a row counts'),
}

/** An input: where it comes from, and what the table is like. */
export type AutomlInputSpec = Recorded<typeof inputFields>

const input = recordOr(inputFields, 'input', 'from')

const limitFields = {
  candidates: optional(scalar, 'how many models are tried, 750 at most'),
  runtime: optional(duration, 'how long the search may take'),
  perJob: optional(duration, 'how long one training job of it may take'),
}

const {image, instance, env, timeout, ...ownJobFields} = jobFields

export const automlFields = {
  ...ownJobFields,
  retry: optional(searchRetry, 'when a failed attempt is repeated'),
  ...automlNetworkField,
  inputs: required(entriesOf(input), 'training, and validation if there is such data'),
  target: required(scalar, 'the column to predict'),
  problem: optional(oneOf(problems), 'BinaryClassification, MulticlassClassification or Regression'),
  objective: optional(scalar, 'the metric that models are compared by, such as F1'),
  mode: optional(oneOf(modes), 'ENSEMBLING, the only mode that a pipeline can run'),
  algorithms: optional(listOf(scalar), 'the algorithms that are tried, such as xgboost; all by default'),
  validationFraction: optional(number(0, 1), 'the part of the training data that models are compared on'),
  limits: optional(record(limitFields, 'limits'), 'when the search ends: {candidates, runtime, perJob}'),
  output: optional(scalar, 'where models and reports go, an s3:// URI of your own'),
}
