// DeletePipeline.

import {hasUnfinished} from '../store/executions.ts'
import {deletePipeline as removePipeline} from '../store/pipelines.ts'
import type {deletePipelineShape} from '../validations/delete-pipeline.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {pipelineNamed} from './finding.ts'
import {ok, type Reply, refuse} from './reply.ts'

export function deletePipeline(input: InputOf<typeof deletePipelineShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const found = pipelineNamed(db, input.PipelineName)
    if (found.kind === 'fault') return found

    const {arn} = found.row
    // The text of AWS's conflict is not documented.
    if (hasUnfinished(db, arn)) return refuse('ConflictException', `Pipeline '${arn}' has executions that are running.`)
    removePipeline(db, arn)
    return ok({PipelineArn: arn})
  })
}
