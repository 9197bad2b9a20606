// DescribePipeline.

import {compact, seconds, userContext} from '../store/documents.ts'
import {findVersion} from '../store/pipelines.ts'
import type {describePipelineShape} from '../validations/describe-pipeline.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {pipelineNamed} from './finding.ts'
import {ok, type Reply, resourceNotFound} from './reply.ts'

export function describePipeline(input: InputOf<typeof describePipelineShape>, {db}: OperationContext): Reply {
  const found = pipelineNamed(db, input.PipelineName)
  if (found.kind === 'fault') return found

  const {row} = found
  const version = findVersion(db, row.arn, input.PipelineVersionId)
  if (!version) return resourceNotFound(`Pipeline version ${input.PipelineVersionId} of '${row.arn}' does not exist.`)
  return ok(
    compact({
      PipelineArn: row.arn,
      PipelineName: row.name,
      PipelineDisplayName: row.displayName ?? row.name,
      PipelineDefinition: version.definition,
      PipelineDescription: row.description,
      RoleArn: row.roleArn,
      PipelineStatus: 'Active',
      CreationTime: seconds(row.createdAtMs),
      LastModifiedTime: seconds(row.modifiedAtMs),
      LastRunTime: seconds(row.lastRunAtMs),
      CreatedBy: userContext,
      LastModifiedBy: userContext,
      ParallelismConfiguration: row.parallelism === null ? null : {MaxParallelExecutionSteps: row.parallelism},
      PipelineVersionDisplayName: version.displayName,
      PipelineVersionDescription: version.description,
    }),
  )
}
