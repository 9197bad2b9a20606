// Shapes that several step kinds share: where code lies, what machine, inputs and outputs, cache.

import type {Range} from '../diagnostics/diagnostic.ts'
import type {SpecDuration} from '../text/duration.ts'
import {
  anyMap,
  duration,
  entriesOf,
  flag,
  type JsonSchema,
  listOf,
  oneOf,
  optional,
  type Reader,
  reader,
  readFields,
  record,
  recordSchema,
  required,
  scalar,
  text,
  value,
} from './fields.ts'
import {localField} from './local.ts'
import {describeNode} from './node.ts'
import {jobRetry} from './retry.ts'
import type {Located, MapValue, Value} from './value.ts'

/** The schema of what has several forms. */
export function either(...forms: readonly JsonSchema[]): JsonSchema {
  return {anyOf: forms}
}

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

/** `instance: ml.m5.large`, or with count and volume in GB. */
export type InstanceSpec = {
  readonly type: Value | undefined
  readonly count: Value | undefined
  readonly volume: Value | undefined
  readonly range: Range
}

const instanceFields = {
  type: optional(scalar, 'instance type, such as ml.m5.xlarge'),
  count: optional(scalar, 'number of instances'),
  volume: optional(scalar, 'size of the volume in GB'),
}

export const instance: Reader<InstanceSpec> = reader(
  either(scalar.schema, recordSchema(instanceFields)),
  (node, findings) => {
    if (node.kind === 'map') {
      return {...readFields(node, instanceFields, findings, 'instance'), range: node.range}
    }
    const type = scalar(node, findings)
    return type ? {type, count: undefined, volume: undefined, range: node.range} : undefined
  },
)

/** An input: where it comes from, and what else SageMaker can be told about it. */
export type InputSpec = {
  readonly from: Value | undefined
  readonly to: Located<string> | undefined
  readonly contentType: Value | undefined
  readonly mode: Located<'File' | 'Pipe' | 'FastFile'> | undefined
  readonly distribution: Located<'FullyReplicated' | 'ShardedByS3Key'> | undefined
  readonly compression: Located<'None' | 'Gzip'> | undefined
  /** Whether the content of the data counts, not its URI alone. */
  readonly fingerprint: Located<boolean> | undefined
  /** Merged last into the input, in SageMaker's own names. */
  readonly api: MapValue | undefined
  readonly range: Range
}

const inputFields = {
  from: required(value, 'a local file or folder, an s3:// URI, or a reference'),
  to: optional(text, 'where it lies in the container'),
  contentType: optional(scalar, 'MIME type of the data'),
  mode: optional(oneOf(['File', 'Pipe', 'FastFile'] as const), 'how the data reaches the container'),
  distribution: optional(oneOf(['FullyReplicated', 'ShardedByS3Key'] as const), 'whole to every instance, or split'),
  compression: optional(oneOf(['None', 'Gzip'] as const), 'how the objects are compressed'),
  fingerprint: optional(flag, 'true: the step reruns when the objects under the s3:// URI change'),
  api: optional(anyMap, "merged last into the input, in SageMaker's own names"),
}

export const input: Reader<InputSpec> = reader(either(scalar.schema, recordSchema(inputFields)), (node, findings) => {
  if (node.kind === 'map') return {...readFields(node, inputFields, findings, 'input'), range: node.range}
  const from = scalar(node, findings)
  if (!from) return undefined
  return {
    from,
    to: undefined,
    contentType: undefined,
    mode: undefined,
    distribution: undefined,
    compression: undefined,
    fingerprint: undefined,
    api: undefined,
    range: node.range,
  }
})

export type OutputSpec = {
  readonly name: string
  readonly nameRange: Range
  /** The user's own destination; without it a path with the execution id is made. */
  readonly to: Value | undefined
  readonly from: Located<string> | undefined
  readonly mode: Located<'EndOfJob' | 'Continuous'> | undefined
  /** Merged last into the output, in SageMaker's own names. */
  readonly api: MapValue | undefined
}

const outputFields = {
  to: optional(scalar, 'destination of your own, an s3:// URI'),
  from: optional(text, 'folder in the container'),
  mode: optional(oneOf(['EndOfJob', 'Continuous'] as const), 'when files are uploaded; EndOfJob by default'),
  api: optional(anyMap, "merged last into the output, in SageMaker's own names"),
}

const outputNames = listOf(text)
const outputRecord = record(outputFields, 'output')
const noPlace = {to: undefined, from: undefined, mode: undefined, api: undefined}
const outputPlace: Reader<Pick<OutputSpec, 'to' | 'from' | 'mode' | 'api'>> = reader(
  either(scalar.schema, {type: 'null'}, outputRecord.schema),
  (node, findings) => {
    if (node.kind === 'map') return outputRecord(node, findings)
    if (node.kind === 'scalar' && node.value === null) return noPlace
    const to = scalar(node, findings)
    return to && {...noPlace, to}
  },
)
const outputEntries = entriesOf(outputPlace)

/** `[train, test]`, or a mapping from names to a destination or `{from, to}`. */
export const outputs: Reader<OutputSpec[]> = reader(
  either(outputNames.schema, outputEntries.schema),
  (node, findings) => {
    if (node.kind === 'map') {
      return outputEntries(node, findings)?.map(({name, nameRange, value: place}) => ({...place, name, nameRange}))
    }
    const names = outputNames(node, findings)
    const seen = new Set<string>()
    return names?.flatMap(({value: name, range}) => {
      if (seen.has(name)) findings.error('duplicate-key', range, `the output "${name}" is listed twice`)
      const isNew = !seen.has(name)
      seen.add(name)
      return isNew ? [{...noPlace, name, nameRange: range}] : []
    })
  },
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
