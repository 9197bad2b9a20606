// The properties of a step that has succeeded: what the Describe call of the thing it made returns.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {Db} from '../store/database.ts'
import {describeJob, findJob} from '../store/jobs.ts'
import {describeModel, findModelByArn} from '../store/models.ts'
import {describePackage, findPackage} from '../store/packages.ts'

/** Reads the properties by the step's Metadata; of a condition, its Outcome (which Std:Join writes in lower case). */
export function readProperties(db: Db, metadata: JsonObject): JsonObject {
  const [kind, value] = Object.entries(metadata)[0] ?? []
  const arn = memberOf(value, 'Arn')
  switch (kind) {
    case 'ProcessingJob':
    case 'TrainingJob':
      return described(findJob(db, arn), describeJob)
    case 'Model':
      return described(findModelByArn(db, arn), describeModel)
    case 'RegisterModel':
      return described(findPackage(db, arn), describePackage)
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
