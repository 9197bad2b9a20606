// StartPipelineExecution.

import {randomInt} from 'node:crypto'
import {parseDefinition} from '../../definition/parse-definition.ts'
import {executionArn} from '../store/arns.ts'
import {type ExecutionRow, findExecutionByToken, insertExecution} from '../store/executions.ts'
import {findVersion, noteLastRun} from '../store/pipelines.ts'
import {saveStep} from '../store/steps.ts'
import type {InputOf} from '../validations/shape.ts'
import type {startPipelineExecutionShape} from '../validations/start-pipeline-execution.ts'
import type {OperationContext} from './context.ts'
import {pipelineNamed} from './finding.ts'
import {invalid, ok, type Reply, resourceNotFound} from './reply.ts'
import {copyOf, selectSteps} from './selective-execution.ts'
import {completeParameters} from './start-parameters.ts'

type StartInput = InputOf<typeof startPipelineExecutionShape>

export function startPipelineExecution(input: StartInput, context: OperationContext): Reply {
  const {db, executions} = context
  const started = db.transaction(() => recordStart(input, context))
  if (started.kind === 'fault') return started
  if (started.isNew) executions.begin(started.arn)
  return ok({PipelineExecutionArn: started.arn})
}

/** All of the start but the beginning. Call inside a transaction. */
export function recordStart(input: StartInput, context: OperationContext) {
  const {db, executions} = context
  const found = pipelineNamed(db, input.PipelineName)
  if (found.kind === 'fault') return found

  const pipeline = found.row
  const earlier = findExecutionByToken(db, pipeline.arn, input.ClientRequestToken)
  if (earlier) return {kind: 'started', arn: earlier.arn, isNew: false} as const

  const version = findVersion(db, pipeline.arn, input.PipelineVersionId)
  if (!version)
    return resourceNotFound(`Pipeline version ${input.PipelineVersionId} of '${pipeline.arn}' does not exist.`)
  const parsed = parseDefinition(version.definition)
  if (!parsed.ok) return invalid(parsed.message)
  const parameters = completeParameters(parsed.definition.Parameters, input.PipelineParameters ?? [])
  if (parameters.kind === 'refused') return invalid(parameters.message)

  const config = input.SelectiveExecutionConfig
  const selected = config && selectSteps(config, parsed.definition, pipeline.arn, db)
  if (selected?.kind === 'fault') return selected

  const now = context.now()
  const row: ExecutionRow = {
    arn: executionArn(pipeline.arn, newExecutionId()),
    pipelineArn: pipeline.arn,
    version: version.version,
    status: 'Executing',
    displayName: input.PipelineExecutionDisplayName ?? null,
    description: input.PipelineExecutionDescription ?? null,
    parallelism: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? pipeline.parallelism,
    failureReason: null,
    parameters: JSON.stringify(parameters.values),
    token: input.ClientRequestToken,
    createdAtMs: now,
    modifiedAtMs: now,
    ownerPid: executions.starter.owner?.pid ?? null,
    ownerStart: executions.starter.owner?.start ?? null,
    claimDeadlineMs: executions.starter.claimDeadlineMs ?? null,
    selection: selected ? JSON.stringify(selected.selection) : null,
    retryToken: null,
    mlflowExperiment: input.MlflowExperimentName ?? null,
  }
  insertExecution(db, row)
  for (const [position, step] of (selected?.copies ?? []).entries()) {
    saveStep(db, copyOf(step, config?.SourcePipelineExecutionArn ?? '', {executionArn: row.arn, position, atMs: now}))
  }
  noteLastRun(db, pipeline.arn, version.version, row.arn, now)
  return {kind: 'started', arn: row.arn, isNew: true} as const
}

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Twelve lower-case letters and digits, as SageMaker's execution ids. */
function newExecutionId(): string {
  return Array.from({length: 12}, () => idAlphabet[randomInt(idAlphabet.length)]).join('')
}
