// `type: quality-check`: statistics and constraints of data, or of a model's answers, compared with a baseline.

import {checkFields} from '../check-fields.ts'
import {flag, oneOf, optional, type Recorded, record, required, scalar} from '../fields.ts'
import {recordOr} from '../shapes/short-forms.ts'

const formatNames = ['csv', 'json', 'parquet', 'capture'] as const

const formatFields = {
  type: required(oneOf(formatNames), 'csv, json, parquet, or capture: what data capture of an endpoint writes'),
  header: optional(flag, 'csv: whether the first line holds names; true by default'),
  outputColumns: optional(oneOf(['START', 'END'] as const), 'csv: where the output columns stand; START by default'),
  lines: optional(flag, 'json: whether each line is an object; true by default'),
}

/** `csv`, or `{type: csv, header: false}`. */
export type DataFormatSpec = Recorded<typeof formatFields>

const format = recordOr(formatFields, 'format', 'type')

const baselineFields = {
  statistics: optional(scalar, 'statistics.json: an s3:// URI, a local file, or a reference'),
  constraints: optional(scalar, 'constraints.json: an s3:// URI, a local file, or a reference'),
}

const attributeFields = {
  inference: optional(scalar, 'column, by index or JSONPath, of the predicted label'),
  probability: optional(scalar, 'column of the probabilities'),
  groundTruth: optional(scalar, 'column of the true label'),
  probabilityThreshold: optional(scalar, 'from where on a probability counts as positive'),
}

export const qualityCheckFields = {
  ...checkFields,
  check: required(oneOf(['data-quality', 'model-quality'] as const), 'data-quality or model-quality'),
  format: required(format, 'csv, json, parquet or capture, or {type, header, outputColumns, lines}'),
  baseline: optional(record(baselineFields, 'baseline'), 'what to compare with, instead of the baseline of the group'),
  problem: optional(scalar, 'model-quality: Regression, BinaryClassification or MulticlassClassification'),
  attributes: optional(record(attributeFields, 'attributes'), 'model-quality: where in the data each value stands'),
  preprocessor: optional(scalar, 'data-quality: a script that every record goes through first'),
  postprocessor: optional(scalar, 'a script that runs after the analysis'),
}
