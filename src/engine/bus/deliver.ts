// One attempt at a delivery: the pipeline is started; the embedded engine has no other kind of target.

import {createHash} from 'node:crypto'
import type {JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import {parseEventPath, textAtPath} from '../../events/event-path.ts'
import {type ObjectNode, readObject} from '../../events/json-nodes.ts'
import type {OperationContext} from '../operations/context.ts'
import type {Fault} from '../operations/reply.ts'
import {recordStart} from '../operations/start-pipeline-execution.ts'
import type {DeliveryRow} from '../store/deliveries.ts'
import {checkRequest} from '../validations/shape.ts'
import {startPipelineExecutionShape} from '../validations/start-pipeline-execution.ts'
import type {DeliveryFailure} from './dead-letter.ts'
import {type DeliverySource, sourceOf} from './delivery-source.ts'
import {whyRoleMayNotStart} from './role-check.ts'

export type Outcome =
  | {readonly kind: 'started'; readonly executionArn: string; readonly isNew: boolean}
  | ({readonly kind: 'failed'} & DeliveryFailure)

export type Deliver = (row: DeliveryRow, target: JsonObject, context: OperationContext) => Outcome

/** Records the start; call inside a transaction, and begin the execution behind it. Throws what may be better next time. */
export const deliver: Deliver = (row, target, context) => {
  const arn = textAt(target, 'Arn') ?? ''
  if (!/:sagemaker:[^:]*:[^:]*:pipeline\//.test(arn)) {
    return failed('NO_RESOURCE', `the embedded engine has pipelines as targets only, and not ${arn}`)
  }
  const source = sourceOf(row)
  const refusal = whyRoleMayNotStart(context.db, source.kind, textAt(target, 'RoleArn') ?? '', arn)
  if (refusal !== undefined) return failed('NO_PERMISSIONS', refusal)

  const event = parsedEvent(row)
  const parameters = parametersOf(source, target, event)
  if (parameters.kind === 'missing') return failed('INVALID_PARAMETER', `the event has nothing at ${parameters.path}`)
  const request = {
    PipelineName: arn,
    PipelineParameters: parameters.values,
    PipelineExecutionDescription: describeStart(source, event),
    // However often it is attempted, it starts one execution.
    ClientRequestToken: createHash('sha256').update(row.id).digest('hex'),
  }
  // A value from the event may be more than a parameter takes.
  const checked = checkRequest(request, startPipelineExecutionShape)
  const started = checked.kind === 'fault' ? checked : recordStart(request, context)
  if (started.kind === 'fault') return failed(errorCodeOf(started.fault), started.fault.message)
  return {kind: 'started', executionArn: started.arn, isNew: started.isNew}
}

/** What is wrong with permissions, resources and requests stays wrong: none of it is tried again. */
function failed(errorCode: string, message: string): Outcome {
  return {kind: 'failed', errorCode, message, isRetried: false}
}

function errorCodeOf({type}: Fault): string {
  if (type === 'ResourceNotFound') return 'NO_RESOURCE'
  return type === 'ValidationException' ? 'INVALID_PARAMETER' : 'ERROR_FROM_TARGET'
}

function parsedEvent({id, event}: DeliveryRow): ObjectNode {
  const read = readObject(event)
  if (read.kind === 'broken') throw new Error(`the event of the delivery ${id} is no JSON: ${read.reason}`)
  return read.node
}

function describeStart(source: DeliverySource, event: ObjectNode): string {
  if (source.kind === 'schedule') return `Started by schedule ${source.name}, ${source.scheduledTime}`
  return `Started by rule ${source.name}, event ${textAtPath(event, ['id'])}`
}

type Parameters =
  | {readonly kind: 'values'; readonly values: readonly {readonly Name: string; readonly Value: string}[]}
  | {readonly kind: 'missing'; readonly path: string}

/**
 * Of a rule, a value that is a path as a whole is taken from the event; there is no joining of texts (API Reference,
 * SageMakerPipelineParameter). A schedule has no event, so its values are what they are.
 */
function parametersOf({kind}: DeliverySource, target: JsonObject, event: ObjectNode): Parameters {
  const values: {Name: string; Value: string}[] = []
  for (const parameter of objectsAt(objectAt(target, 'SageMakerPipelineParameters'), 'PipelineParameterList')) {
    const given = textAt(parameter, 'Value') ?? ''
    const path = kind === 'rule' ? parseEventPath(given) : undefined
    const value = path === undefined ? given : textAtPath(event, path)
    if (value === undefined) return {kind: 'missing', path: given}
    values.push({Name: textAt(parameter, 'Name') ?? '', Value: value})
  }
  return {kind: 'values', values}
}
