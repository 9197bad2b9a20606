// What a pattern names that is waited for: buckets, pipelines, alarms. Only names that are written out, as one of several.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import {objectAt} from '../definition/json-members.ts'

/** The buckets whose events the pattern waits for. */
export function bucketsIn(pattern: string | undefined): string[] {
  const isS3 = textsAt(membersOf(pattern).source).includes('aws.s3')
  return isS3 ? textsAt(objectAt(detailOf(pattern), 'bucket').name) : []
}

/** The pipelines, by ARN, whose executions the pattern waits for. */
export function pipelinesIn(pattern: string | undefined): string[] {
  return textsAt(detailOf(pattern).pipelineArn)
}

/** The alarms that the pattern waits for. */
export function alarmsIn(pattern: string | undefined): string[] {
  return textsAt(detailOf(pattern).alarmName)
}

function detailOf(pattern: string | undefined): JsonObject {
  return objectAt(membersOf(pattern), 'detail')
}

/** Patterns that others wrote may be anything. */
function membersOf(pattern: string | undefined): JsonObject {
  if (pattern === undefined) return {}
  try {
    const value: unknown = JSON.parse(pattern)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

function textsAt(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one: Json) => typeof one === 'string') : []
}
