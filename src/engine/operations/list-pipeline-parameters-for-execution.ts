// ListPipelineParametersForExecution: every parameter with the value in force, defaults too
// (whether AWS lists defaults is not documented; a reader that lays them over the definition's defaults is right either way).

import type {ParameterValue} from '../store/executions.ts'
import type {listPipelineParametersForExecutionShape} from '../validations/list-pipeline-parameters-for-execution.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {invalid, ok, type Reply} from './reply.ts'

const defaultPageSize = 100

export function listPipelineParametersForExecution(
  input: InputOf<typeof listPipelineParametersForExecutionShape>,
  {db}: OperationContext,
): Reply {
  const found = executionOf(db, input.PipelineExecutionArn)
  if (found.kind === 'fault') return found

  // The list never changes, so a position is a good token.
  const start = Number(input.NextToken ?? 0)
  if (!Number.isInteger(start) || start < 0) return invalid('The provided NextToken is not valid.')
  const values = JSON.parse(found.row.parameters) as readonly ParameterValue[]
  const end = start + (input.MaxResults ?? defaultPageSize)
  const next = end < values.length ? {NextToken: String(end)} : {}
  return ok({PipelineParameters: values.slice(start, end), ...next})
}
