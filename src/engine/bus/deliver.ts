// One event to one target. A pipeline is started; the embedded engine has no other kind of target.

import {randomUUID} from 'node:crypto'
import type {JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import {parseEventPath, textAtPath} from '../../events/event-path.ts'
import type {ObjectNode} from '../../events/json-nodes.ts'
import type {OperationContext} from '../operations/context.ts'
import {startPipelineExecution} from '../operations/start-pipeline-execution.ts'
import type {RuleRow, TargetRow} from '../store/rules.ts'
import {checkRequest} from '../validations/shape.ts'
import {startPipelineExecutionShape} from '../validations/start-pipeline-execution.ts'

export type Delivery = {readonly ruleName: string; readonly targetId: string} & Outcome

type Outcome =
  | {readonly kind: 'started'; readonly executionArn: string}
  /** There is nothing here that the target could be. */
  | {readonly kind: 'no-such-target'}
  /** The error code and message are those that a dead letter would have. */
  | {readonly kind: 'failed'; readonly errorCode: string; readonly message: string}

export type Errand = {
  readonly rule: RuleRow
  readonly target: TargetRow
  readonly eventId: string
  readonly event: ObjectNode
}

export function deliver(errand: Errand, context: OperationContext): Delivery {
  return {ruleName: errand.rule.name, targetId: errand.target.id, ...outcomeOf(errand, context)}
}

function outcomeOf({rule, target, eventId, event}: Errand, context: OperationContext): Outcome {
  if (!/:sagemaker:[^:]*:[^:]*:pipeline\//.test(target.arn)) return {kind: 'no-such-target'}
  const parameters = resolveParameters(JSON.parse(target.request) as JsonObject, event)
  if (parameters.kind === 'missing') {
    return {kind: 'failed', errorCode: 'INVALID_PARAMETER', message: `the event has nothing at ${parameters.path}`}
  }
  const request = {
    PipelineName: target.arn,
    PipelineParameters: parameters.values,
    PipelineExecutionDescription: `Started by rule ${rule.name}, event ${eventId}`,
    ClientRequestToken: randomUUID(),
  }
  // A value from the event may be more than a parameter takes.
  const checked = checkRequest(request, startPipelineExecutionShape)
  const reply = checked.kind === 'fault' ? checked : startPipelineExecution(request, context)
  if (reply.kind === 'output') return {kind: 'started', executionArn: String(reply.output['PipelineExecutionArn'])}
  const errorCode = reply.fault.type === 'ResourceNotFound' ? 'NO_RESOURCE' : reply.fault.type
  return {kind: 'failed', errorCode, message: reply.fault.message}
}

type Parameters =
  | {readonly kind: 'values'; readonly values: readonly {readonly Name: string; readonly Value: string}[]}
  | {readonly kind: 'missing'; readonly path: string}

/** A value that is a path as a whole is taken from the event; there is no joining of texts (API Reference, SageMakerPipelineParameter). */
function resolveParameters(target: JsonObject, event: ObjectNode): Parameters {
  const values: {Name: string; Value: string}[] = []
  for (const parameter of objectsAt(objectAt(target, 'SageMakerPipelineParameters'), 'PipelineParameterList')) {
    const given = textAt(parameter, 'Value') ?? ''
    const path = parseEventPath(given)
    const value = path === undefined ? given : textAtPath(event, path)
    if (value === undefined) return {kind: 'missing', path: given}
    values.push({Name: textAt(parameter, 'Name') ?? '', Value: value})
  }
  return {kind: 'values', values}
}
