// The events that an object and a model package that are really there make, as far as they can be known afterwards.

import type {Cloud, ModelPackage} from '../../../cloud/ports.ts'
import type {JsonObject} from '../../../definition/json.ts'
import {objectAt} from '../../../definition/json-members.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {parseS3Uri} from '../../../text/s3-uri.ts'
import type {SamplePlace} from '../../../trigger/samples/envelope.ts'
import {modelPackage, objectCreated} from '../../../trigger/samples/service-events.ts'

/** Its key, size and ETag are those of the object; how it got there is not known any more. */
export async function objectEvent(uri: string, place: SamplePlace, {objects}: Cloud): Promise<string> {
  const {bucket = '', key = ''} = parseS3Uri(uri) ?? {}
  if (key === '') {
    throw new MlpipeError({code: 'usage', message: `--object takes s3://bucket/key, not "${uri}"`})
  }
  const listed = await objects.list(uri)
  const object = listed.find((one) => one.key === key)
  if (!object) {
    const [other] = listed
    const near = other ? `; there is ${listed.length === 1 ? '' : 'for one '}s3://${bucket}/${other.key}` : ''
    throw new MlpipeError({code: 'no-object', message: `there is no object ${uri}${near}`})
  }
  const made = objectCreated({kind: 's3', bucket, prefix: key}, place)
  const {size, etag} = object
  return withDetail(made, {object: {...objectAt(objectAt(made, 'detail'), 'object'), key, size, etag}})
}

/** Of the latest edit of its approval, and of its registration: which of them a rule waits for, its pattern tells. */
export function packageEvents(model: ModelPackage, place: SamplePlace): string[] {
  return [packageEvent(model, 'approved', place), packageEvent(model, 'registered', place)]
}

function packageEvent(model: ModelPackage, on: 'approved' | 'registered', place: SamplePlace): string {
  const {group, arn, version, status, approval, createdAtMs, modifiedAtMs} = model
  const made = modelPackage({kind: 'model', group, on}, place)
  const detail = {
    ModelPackageVersion: version,
    ModelPackageArn: arn,
    CreationTime: createdAtMs,
    ModelPackageStatus: status,
    ModelApprovalStatus: approval,
    LastModifiedTime: modifiedAtMs ?? createdAtMs,
  }
  return withDetail({...made, resources: [arn]}, detail)
}

function withDetail(event: JsonObject, members: JsonObject): string {
  return JSON.stringify({...event, detail: {...objectAt(event, 'detail'), ...members}})
}
