// UpdatePipeline: every update makes a new version.

import {findVersion, updatePipeline as savePipeline} from '../store/pipelines.ts'
import type {InputOf} from '../validations/shape.ts'
import type {updatePipelineShape} from '../validations/update-pipeline.ts'
import type {OperationContext} from './context.ts'
import {readDefinition} from './definition-source.ts'
import {pipelineNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function updatePipeline(input: InputOf<typeof updatePipelineShape>, context: OperationContext): Reply {
  const source = readDefinition(input, context.objects)
  if (source.kind === 'fault') return source

  const {db} = context
  return db.transaction(() => {
    const found = pipelineNamed(db, input.PipelineName)
    if (found.kind === 'fault') return found

    const {row} = found
    const definition = source.kind === 'text' ? source.text : (findVersion(db, row.arn)?.definition ?? '')
    const updated = {
      ...row,
      displayName: input.PipelineDisplayName ?? row.displayName,
      description: input.PipelineDescription ?? row.description,
      roleArn: input.RoleArn ?? row.roleArn,
      parallelism: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? row.parallelism,
      modifiedAtMs: context.now(),
    }
    return ok({PipelineArn: row.arn, PipelineVersionId: savePipeline(db, updated, definition)})
  })
}
