// DescribePipelineDefinitionForExecution.

import {compact, seconds} from '../store/documents.ts'
import {findVersion} from '../store/pipelines.ts'
import type {describePipelineDefinitionForExecutionShape} from '../validations/describe-pipeline-definition-for-execution.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describePipelineDefinitionForExecution(
  input: InputOf<typeof describePipelineDefinitionForExecutionShape>,
  {db}: OperationContext,
): Reply {
  const found = executionOf(db, input.PipelineExecutionArn)
  if (found.kind === 'fault') return found

  const version = findVersion(db, found.row.pipelineArn, found.row.version)
  return ok(compact({PipelineDefinition: version?.definition, CreationTime: seconds(found.row.createdAtMs)}))
}
