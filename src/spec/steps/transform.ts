// `type: transform`: a model's answers to a whole data set, in batch.

import type {Range} from '../../diagnostics/diagnostic.ts'
import {
  duration,
  isFunctionNode,
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
  text,
  value,
} from '../fields.ts'
import {either, jobFields} from '../shapes.ts'
import type {Value} from '../value.ts'

/** Source: CreateTransformJob, TransformInput. */
const splits = ['None', 'Line', 'RecordIO', 'TFRecord'] as const
const dataTypes = ['S3Prefix', 'ManifestFile', 'AugmentedManifestFile'] as const

const inputFields = {
  from: required(value, 'a local file or folder, an s3:// URI, or a reference'),
  type: optional(oneOf(dataTypes), 'what the URI names: S3Prefix (the default) or a manifest'),
  contentType: optional(scalar, 'MIME type of the data'),
  split: optional(oneOf(splits), 'where one record ends: Line, RecordIO or TFRecord; None sends whole objects'),
  compression: optional(oneOf(['None', 'Gzip'] as const), 'how the objects are compressed'),
}

/** `input: data/batch.csv`, or with what the data is like. */
export type TransformInputSpec = Partial<Omit<Read<typeof inputFields>, 'from'>> & {
  readonly from: Value | undefined
  readonly range: Range
}

const input: Reader<TransformInputSpec> = reader(either(scalar.schema, recordSchema(inputFields)), (node, findings) => {
  if (node.kind === 'map' && !isFunctionNode(node))
    return {...readFields(node, inputFields, findings, 'input'), range: node.range}
  const from = scalar(node, findings)
  return from && {from, range: node.range}
})

const outputFields = {
  to: optional(scalar, 'destination of your own, an s3:// URI'),
  accept: optional(scalar, 'MIME type of the answers'),
  assemble: optional(oneOf(['None', 'Line'] as const), 'Line: one answer a line'),
}

export type TransformOutputSpec = Partial<Read<typeof outputFields>>

const output: Reader<TransformOutputSpec> = reader(
  either(scalar.schema, recordSchema(outputFields)),
  (node, findings): TransformOutputSpec | undefined => {
    if (node.kind === 'map' && !isFunctionNode(node)) return readFields(node, outputFields, findings, 'output')
    const to = scalar(node, findings)
    return to && {to}
  },
)

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
  input: required(input, 'local data, an s3:// URI or a reference; or {from, contentType, split, compression, type}'),
  output: optional(output, 'an s3:// URI of your own; or {to, accept, assemble}'),
  strategy: optional(oneOf(['MultiRecord', 'SingleRecord'] as const), 'how many records go into one request'),
  maxConcurrent: optional(scalar, 'how many requests an instance gets at the same time'),
  maxPayload: optional(scalar, 'greatest size of a request in MB'),
  filter: optional(record(filterFields, 'filter'), 'which parts of records are used: {input, output}'),
  join: optional(oneOf(['Input', 'None'] as const), 'Input: every answer is written beside its record'),
  invocations: optional(record(invocationFields, 'invocations'), 'limits of one request: {timeout, retries}'),
}

export type TransformFields = Read<typeof transformFields>
