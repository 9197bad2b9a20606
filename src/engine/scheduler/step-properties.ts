// The properties of a step that has succeeded: what the Describe call of the thing it made returns.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {Db} from '../store/database.ts'
import {jobProperties} from '../store/job-documents.ts'
import {findJob} from '../store/jobs.ts'
import {describeModel, findModelByArn} from '../store/models.ts'
import {describePackage, findPackage} from '../store/packages.ts'
import {describeResource, findResource} from '../store/resources.ts'
import type {StepResult} from './run-setup.ts'

/** Reads the properties by the step's job or its Metadata; of a condition, its Outcome (which Std:Join writes in lower case). */
export function readProperties(db: Db, {metadata, jobArn}: StepResult): JsonObject {
  if (jobArn !== null) return described(findJob(db, jobArn), (row) => jobProperties(db, row))

  const [kind, value] = Object.entries(metadata)[0] ?? []
  const arn = memberOf(value, 'Arn')
  switch (kind) {
    case 'Model':
      return described(findModelByArn(db, arn), describeModel)
    case 'RegisterModel':
      return described(findPackage(db, arn), describePackage)
    case 'EndpointConfig':
    case 'Endpoint':
    case 'InferenceComponent':
      return described(findResource(db, arn), describeResource)
    case 'Condition':
      return {Outcome: memberOf(value, 'Outcome') === 'True'}
    default:
      return {}
  }
}

function memberOf(value: Json | undefined, name: string): string {
  const member = isJsonObject(value) ? value[name] : undefined
  return typeof member === 'string' ? member : ''
}

function described<Row>(row: Row | undefined, describe: (row: Row) => JsonObject): JsonObject {
  return row === undefined ? {} : describe(row)
}
