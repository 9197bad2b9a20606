// The status of an execution or of a step of one has changed. Sections "Pipeline execution state change" and "Pipeline step state
// change".

import {isJsonObject, type Json, type JsonObject} from '../../../definition/json.ts'
import type {Change} from '../../store/changes.ts'
import type {Db} from '../../store/database.ts'
import {compact} from '../../store/documents.ts'
import {findExecution, isTerminal} from '../../store/executions.ts'
import {findStep, parseMetadata, type StepRow} from '../../store/steps.ts'
import {secondsText} from '../seconds-text.ts'
import type {OwnEvent} from './own-event.ts'

export function executionEvent(db: Db, {arn, before}: Change & {kind: 'execution'}): OwnEvent | undefined {
  const row = findExecution(db, arn)
  if (!row) return undefined
  return {
    detailType: 'SageMaker Model Building Pipeline Execution Status Change',
    resources: [row.pipelineArn, arn],
    detail: compact({
      pipelineExecutionDisplayName: row.displayName,
      currentPipelineExecutionStatus: row.status,
      previousPipelineExecutionStatus: before,
      executionStartTime: secondsText(row.createdAtMs),
      executionEndTime: isTerminal(row.status) ? secondsText(row.modifiedAtMs) : undefined,
      pipelineExecutionDescription: row.description,
      pipelineArn: row.pipelineArn,
      pipelineExecutionArn: arn,
    }),
  }
}

export function stepEvent(db: Db, {executionArn, name, before}: Change & {kind: 'step'}): OwnEvent | undefined {
  const row = findStep(db, executionArn, name)
  if (!row) return undefined
  const {pipelineArn, status, startedAtMs, endedAtMs, cachedFrom, failureReason} = row
  return {
    detailType: 'SageMaker Model Building Pipeline Execution Step Status Change',
    resources: [pipelineArn, executionArn],
    detail: compact({
      metadata: inSmallLetters(parseMetadata(row)),
      stepStartTime: secondsText(startedAtMs),
      stepEndTime: endedAtMs === null ? undefined : secondsText(endedAtMs),
      stepName: name,
      stepType: row.type,
      previousStepStatus: before ?? statusBeforeFirst(row),
      currentStepStatus: status,
      cacheHitResult: cachedFrom === null ? undefined : {sourcePipelineExecutionArn: cachedFrom},
      failureReason: status === 'Failed' ? failureReason : undefined,
      pipelineArn,
      pipelineExecutionArn: executionArn,
    }),
  }
}

/** The engine writes a step when it runs, or when it is over; AWS's has been Starting, and then Executing. */
function statusBeforeFirst({status}: StepRow): StepRow['status'] {
  return status === 'Executing' ? 'Starting' : 'Executing'
}

/** `{ProcessingJob: {Arn: …}}` is `{processingJob: {arn: …}}` there; what lies deeper may be the user's own names. */
function inSmallLetters(metadata: JsonObject): JsonObject {
  return withSmallNames(metadata, (members) =>
    isJsonObject(members) ? withSmallNames(members, (value) => value) : members,
  )
}

function withSmallNames(members: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, change(value)]),
  )
}
