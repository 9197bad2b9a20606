// Shapes that several step kinds share: where code lies, what machine, inputs and outputs, cache.

import type {Range} from '../../diagnostics/diagnostic.ts'
import type {SpecDuration} from '../../text/duration.ts'
import {
  anyMap,
  duration,
  entriesOf,
  flag,
  listOf,
  oneOf,
  optional,
  type Read,
  type Reader,
  type Recorded,
  reader,
  readFields,
  recordSchema,
  required,
  scalar,
  text,
} from '../fields.ts'
import {describeNode} from '../node.ts'
import type {Located} from '../value.ts'
import {localField} from './local.ts'
import {jobRetry} from './retry.ts'
import {either, outputNamesOr, recordOr} from './short-forms.ts'

/** `code: src/train.py`, or a folder with the script inside it. */
export type CodeSpec = {
  readonly path: Located<string>
  readonly entry: Located<string> | undefined
  readonly isFolder: boolean
  readonly range: Range
}

const codeFields = {
  dir: required(text, 'the folder that is uploaded'),
  entry: required(text, 'the script to run, relative to the folder'),
}

export const code: Reader<CodeSpec> = reader(either(text.schema, recordSchema(codeFields)), (node, findings) => {
  if (node.kind === 'map') {
    const {dir, entry} = readFields(node, codeFields, findings, 'code')
    return dir ? {path: dir, entry, isFolder: true, range: node.range} : undefined
  }
  const path = text(node, findings)
  return path ? {path, entry: undefined, isFolder: false, range: node.range} : undefined
})

const instanceFields = {
  type: optional(scalar, 'instance type, such as ml.m5.xlarge'),
  count: optional(scalar, 'number of instances'),
  volume: optional(scalar, 'size of the volume in GB'),
}

/** `instance: ml.m5.large`, or with count and volume in GB. */
export type InstanceSpec = Recorded<typeof instanceFields>

export const instance = recordOr(instanceFields, 'instance', 'type')

const inputFields = {
  from: required(scalar, 'a local file or folder, an s3:// URI, or a reference'),
  to: optional(text, 'where it lies in the container'),
  contentType: optional(scalar, 'MIME type of the data'),
  mode: optional(oneOf(['File', 'Pipe', 'FastFile'] as const), 'how the data reaches the container'),
  distribution: optional(oneOf(['FullyReplicated', 'ShardedByS3Key'] as const), 'whole to every instance, or split'),
  compression: optional(oneOf(['None', 'Gzip'] as const), 'how the objects are compressed'),
  fingerprint: optional(flag, 'true: the step reruns when the objects under the s3:// URI change'),
  api: optional(anyMap, "merged last into the input, in SageMaker's own names"),
}

/** An input: where it comes from, and what else SageMaker can be told about it. */
export type InputSpec = Recorded<typeof inputFields>

export const input = recordOr(inputFields, 'input', 'from')

const outputFields = {
  to: optional(scalar, 'destination of your own, an s3:// URI'),
  from: optional(text, 'folder in the container'),
  mode: optional(oneOf(['EndOfJob', 'Continuous'] as const), 'when files are uploaded; EndOfJob by default'),
  api: optional(anyMap, "merged last into the output, in SageMaker's own names"),
}

type OutputPlace = Read<typeof outputFields>

export type OutputSpec = OutputPlace & {readonly name: string; readonly nameRange: Range}

const noPlace: OutputPlace = {to: undefined, from: undefined, mode: undefined, api: undefined}
const writtenPlace = recordOr(outputFields, 'output', 'to')
const outputPlace: Reader<OutputPlace> = reader(either(writtenPlace.schema, {type: 'null'}), (node, findings) =>
  node.kind === 'scalar' && node.value === null ? noPlace : writtenPlace(node, findings),
)
const outputEntries = outputNamesOr(entriesOf(outputPlace), noPlace)

/** `[train, test]`, or a mapping from names to a destination or `{from, to}`. */
export const outputs: Reader<OutputSpec[]> = reader(outputEntries.schema, (node, findings) =>
  outputEntries(node, findings)?.map(({name, nameRange, value: place}) => ({...place, name, nameRange})),
)

/** `false`, or how long a result may be reused. */
export type CacheSpec = {readonly expireAfter: SpecDuration | undefined; readonly range: Range}

export const cache: Reader<CacheSpec> = reader(
  either({const: false}, {...duration.schema, type: 'string'}),
  (node, findings) => {
    if (node.kind === 'scalar' && node.value === false) return {expireAfter: undefined, range: node.range}
    if (node.kind === 'scalar' && typeof node.value === 'string') {
      const read = duration(node, findings)
      return read && {expireAfter: read.value, range: read.range}
    }
    findings.error('wrong-type', node.range, `expected false or a duration, found ${describeNode(node)}`, {
      help: 'SageMaker uses its cache only with an expiry: write cache: 30d',
    })
    return undefined
  },
)

/** Keys that every step may have. */
export const stepFields = {
  displayName: optional(text, 'name shown in SageMaker Studio'),
  description: optional(text, 'what the step is for'),
  dependsOn: optional(listOf(text, {allowOne: true}), 'steps that must have succeeded, besides those referred to'),
  definition: optional(anyMap, "merged last into the step, beside its Arguments, in SageMaker's own names"),
}

/** `api`: merged last into the request, in SageMaker's own names; null removes a member, `${null}` is a JSON null. */
export const apiField = {
  api: optional(anyMap, "merged last into the request's Arguments, in SageMaker's own names"),
}

/** `tags`: of what the step makes. */
export const tagsField = {
  tags: optional(entriesOf(scalar), 'tags of what the step makes'),
}

/** Keys of every step that runs a job. */
export const jobFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...localField,
  image: optional(scalar, 'container image: an alias such as sklearn:1.2-1, or a registry URI'),
  instance: optional(instance, 'instance type, or {type, count, volume}'),
  role: optional(scalar, 'ARN of the role that the job assumes'),
  env: optional(entriesOf(scalar), 'environment variables'),
  timeout: optional(duration, 'the job is stopped after this long'),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
  retry: optional(jobRetry, 'when a failed attempt is repeated'),
}
