// What a trigger waits for, by its kind.

import {pipelineNamePattern} from '../../definition/names.ts'
import type {TriggerOf, TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import type {Located} from '../../spec/value.ts'
import type {ModelSource, PipelineSource, S3Source, TriggerSource} from '../../trigger/trigger.ts'
import {checkedName} from './checked-name.ts'
import {compileDrift} from './drift-source.ts'
import {compileEvent} from './event-source.ts'
import {compileSchedule} from './schedule-source.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

/** Undefined when it is wrong, which is then reported. */
export function compileSource(spec: TriggerSpec, scope: Findings): TriggerSource | undefined {
  switch (spec.kind) {
    case 'schedule':
      return compileSchedule(spec, scope)
    case 's3':
      return compileS3(spec, scope)
    case 'drift':
      return compileDrift(spec, scope)
    case 'model':
      return compileModel(spec, scope)
    case 'pipeline':
      return compilePipelineSource(spec, scope)
    case 'event':
      return compileEvent(spec, scope)
  }
}

/** Amazon S3 User Guide, "Bucket naming rules". */
const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

function compileS3(spec: TriggerOf<'s3'>, scope: Findings): S3Source | undefined {
  const {findings} = scope
  const suffix = checkedKeyPart('suffix', triggerText(spec.suffix, scope), scope)
  const marker = checkedKeyPart('marker', triggerText(spec.marker, scope), scope)
  const both = suffix && marker && spec.keyRanges.get('marker')
  if (both) {
    findings.error('exclusive-keys', both, '"suffix" and "marker" exclude each other', {
      help: 'a marker is one object, whose name is whole: the others are passed over whatever their suffix is',
    })
  }
  const place = checkedPlace(triggerText(spec.s3, scope), scope)
  return place && {kind: 's3', ...place, ...(suffix ? {suffix} : {}), ...(marker ? {marker} : {})}
}

function checkedPlace(uri: Located<string> | undefined, {findings}: Findings) {
  if (!uri) return undefined
  const {value: text, range} = uri
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]*)(?:\/(.*))?$/s.exec(text) ?? []
  if (!bucketPattern.test(bucket)) {
    const message = bucket === '' ? `"${text}" is no S3 URI` : `"${bucket}" cannot name a bucket`
    findings.error('invalid-resource', range, message, {help: 'such as s3://my-bucket/incoming/'})
    return undefined
  }
  if (prefix.includes('*')) {
    const [before = '', after = ''] = prefix.split(/\*+/)
    const suffix = /^\.?[\w.-]+$/.test(after) ? ` and suffix: ${after}` : ''
    findings.error('invalid-resource', range, `"${text}": a prefix has no wildcards`, {
      help: `write s3://${bucket}/${before}${suffix}; "event" takes a pattern with {wildcard: …}`,
    })
    return undefined
  }
  return {bucket, prefix}
}

/** A marker is a name, so that the folder before it is what is complete. */
function checkedKeyPart(key: 'suffix' | 'marker', part: Located<string> | undefined, {findings}: Findings) {
  if (!part) return undefined
  const isWrong = part.value === '' || (key === 'marker' && part.value.includes('/'))
  if (!isWrong) return part.value
  const help = key === 'marker' ? 'the name of one object without a folder, such as _SUCCESS' : 'such as .csv'
  findings.error('invalid-resource', part.range, `"${part.value}" is no ${key}`, {help})
  return undefined
}

function compileModel(spec: TriggerOf<'model'>, scope: Findings): ModelSource | undefined {
  const group = checkedName('model package group', triggerText(spec.model, scope), scope)
  return group === undefined ? undefined : {kind: 'model', group, on: spec.on?.value ?? 'approved'}
}

const pipelineArnPattern = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:pipeline\/[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$/

function compilePipelineSource(spec: TriggerOf<'pipeline'>, scope: Findings): PipelineSource | undefined {
  const pipeline = triggerText(spec.pipeline, scope)
  if (!pipeline) return undefined
  const {value: name, range} = pipeline
  if (!pipelineNamePattern.test(name) && !pipelineArnPattern.test(name)) {
    scope.findings.error('invalid-name', range, `"${name}" is neither the name nor the ARN of a pipeline`, {
      help: 'a name has letters, digits and -; an ARN is like arn:aws:sagemaker:us-east-1:111122223333:pipeline/features',
    })
    return undefined
  }
  return {kind: 'pipeline', pipeline: name, on: spec.on?.value ?? 'succeeded'}
}
