// `type: transform`: a model's answers to a whole data set, in batch.

import {duration, oneOf, optional, type Recorded, record, required, scalar, text} from '../fields.ts'
import {jobFields} from '../shapes/shapes.ts'
import {recordOr} from '../shapes/short-forms.ts'

/** Source: CreateTransformJob, TransformInput. */
const splits = ['None', 'Line', 'RecordIO', 'TFRecord'] as const
const dataTypes = ['S3Prefix', 'ManifestFile', 'AugmentedManifestFile'] as const

const inputFields = {
  from: required(scalar, 'a local file or folder, an s3:// URI, or a reference'),
  type: optional(oneOf(dataTypes), 'what the URI names: S3Prefix (the default) or a manifest'),
  contentType: optional(scalar, 'MIME type of the data'),
  split: optional(oneOf(splits), 'where one record ends: Line, RecordIO or TFRecord; None sends whole objects'),
  compression: optional(oneOf(['None', 'Gzip'] as const), 'how the objects are compressed'),
}

/** `input: data/batch.csv`, or with what the data is like. */
export type TransformInputSpec = Recorded<typeof inputFields>

const outputFields = {
  to: optional(scalar, 'destination of your own, an s3:// URI'),
  accept: optional(scalar, 'MIME type of the answers'),
  assemble: optional(oneOf(['None', 'Line'] as const), 'Line: one answer a line'),
}

const filterFields = {
  input: optional(text, 'JSONPath: the part of a record that the model gets, such as $[1:]'),
  output: optional(text, 'JSONPath: the part of the answer, or of the joined record, that is kept'),
}

const invocationFields = {
  timeout: optional(duration, 'how long one answer may take, an hour at most'),
  retries: optional(scalar, 'how often a request is repeated, 3 times at most'),
}

const {image, role, timeout, ...ownJobFields} = jobFields

export const transformFields = {
  ...ownJobFields,
  model: required(scalar, 'the name of a model, such as ${steps.create.name} of a model step'),
  input: required(
    recordOr(inputFields, 'input', 'from'),
    'local data, an s3:// URI or a reference; or {from, contentType, split, compression, type}',
  ),
  output: optional(recordOr(outputFields, 'output', 'to'), 'an s3:// URI of your own; or {to, accept, assemble}'),
  strategy: optional(oneOf(['MultiRecord', 'SingleRecord'] as const), 'how many records go into one request'),
  maxConcurrent: optional(scalar, 'how many requests an instance gets at the same time'),
  maxPayload: optional(scalar, 'greatest size of a request in MB'),
  filter: optional(record(filterFields, 'filter'), 'which parts of records are used: {input, output}'),
  join: optional(oneOf(['Input', 'None'] as const), 'Input: every answer is written beside its record'),
  invocations: optional(record(invocationFields, 'invocations'), 'limits of one request: {timeout, retries}'),
}
