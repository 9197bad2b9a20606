// An endpoint has another status, or a configuration or a model has come to be. Sections "Endpoint state change", "Endpoint config state
// change" and "Model state change": an endpoint's status is in capitals there, and times are milliseconds. Of the last two the engine tells
// when they are made, and not when they are deleted, of which AWS's pages say nothing.

import type {JsonObject} from '../../../definition/json.ts'
import type {Db} from '../../store/database.ts'
import {describeModel, findModelByArn} from '../../store/models.ts'
import {describeResource, findResource} from '../../store/resources.ts'
import {inMilliseconds} from './milliseconds.ts'
import type {OwnEvent} from './own-event.ts'
import {tagsOf} from './tags-of.ts'

export function endpointEvent(db: Db, arn: string): OwnEvent | undefined {
  const row = findResource(db, arn)
  if (!row) return undefined
  const {EndpointStatus, PendingDeploymentSummary: _, ...described} = describeResource(row)
  const detail = {...described, EndpointStatus: inCapitals(String(EndpointStatus))}
  return event(db, 'SageMaker Endpoint State Change', arn, detail)
}

export function endpointConfigEvent(db: Db, arn: string): OwnEvent | undefined {
  const row = findResource(db, arn)
  return row && event(db, 'SageMaker Endpoint Config State Change', arn, describeResource(row))
}

export function modelEvent(db: Db, arn: string): OwnEvent | undefined {
  const row = findModelByArn(db, arn)
  return row && event(db, 'SageMaker Model State Change', arn, describeModel(row))
}

function event(db: Db, detailType: string, arn: string, described: JsonObject): OwnEvent {
  return {detailType, resources: [arn], detail: {...inMilliseconds(described, (ms) => ms), Tags: tagsOf(db, arn)}}
}

/** `InService` is `IN_SERVICE`. */
function inCapitals(status: string): string {
  return status.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase()
}
