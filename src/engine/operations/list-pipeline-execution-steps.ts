// ListPipelineExecutionSteps: the steps that have started, newest first unless asked otherwise.

import {compact, seconds} from '../store/documents.ts'
import {parseMetadata, type StepRow} from '../store/steps.ts'
import type {listPipelineExecutionStepsShape} from '../validations/list-pipeline-execution-steps.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {replyPage} from './paging.ts'
import {invalid, type Reply} from './reply.ts'

export function listPipelineExecutionSteps(
  input: InputOf<typeof listPipelineExecutionStepsShape>,
  {db}: OperationContext,
): Reply {
  // The model does not mark the ARN as required, yet nothing can be listed without it.
  if (input.PipelineExecutionArn === undefined) return invalid('PipelineExecutionArn must be provided.')
  const found = executionOf(db, input.PipelineExecutionArn)
  if (found.kind === 'fault') return found

  const query = {
    from: 'steps',
    where: [['executionArn = ?', found.row.arn]],
    sortBy: 'position',
    tieBreak: 'name',
    defaultOrder: 'Descending',
  } as const
  return replyPage<StepRow>(db, input, query, 'PipelineExecutionSteps', summarise)
}

/** Whoever reads the step is told that nothing really ran: in the first line of its description. */
function describeStep({description, simulated}: StepRow): string | null {
  if (simulated === null) return description
  return [`[simulated] ${simulated.replaceAll('\n', ' ')}`, description ?? []].flat().join('\n')
}

function summarise(row: StepRow) {
  return compact({
    StepName: row.name,
    StepDisplayName: row.displayName,
    StepDescription: describeStep(row),
    StartTime: seconds(row.startedAtMs),
    EndTime: seconds(row.endedAtMs),
    StepStatus: row.status,
    CacheHitResult: row.cachedFrom === null ? null : {SourcePipelineExecutionArn: row.cachedFrom},
    SelectiveExecutionResult: row.copiedFrom === null ? null : {SourcePipelineExecutionArn: row.copiedFrom},
    FailureReason: row.failureReason,
    Metadata: parseMetadata(row),
    AttemptCount: row.attempts,
  })
}
