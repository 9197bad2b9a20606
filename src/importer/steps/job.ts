// Job → job.

import {parseExactJson} from '../../definition/exact-json.ts'
import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import {spacedJson} from '../../definition/spaced-json.ts'
import type {Lift, LiftContext, SpecMap} from '../lift.ts'
import {liftTags, liftText} from './job-parts.ts'

export const liftJob: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  const {JobConfigSchemaVersion: version} = request
  return {
    ...liftText('category', request.JobCategory, context),
    ...liftDocument(request.JobConfigDocument, context),
    ...(version === '1.0.0' ? {} : liftText('schemaVersion', version, context)),
    ...liftText('role', request.RoleArn, context),
    ...liftTags(request.Tags, context),
  }
}

/** A document that is written again with the same letters is a mapping; any other stays a text. */
function liftDocument(json: Json | undefined, context: LiftContext): SpecMap {
  const document = typeof json === 'string' ? parseObject(json) : undefined
  if (document && spacedJson(document) === json) return {config: context.value(document)}
  return liftText('config', json, context)
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const json = parseExactJson(text)
    return isJsonObject(json) ? json : undefined
  } catch {
    return undefined
  }
}
