// UpdatePipelineVersion: the name and description of a version.

import {findVersion, nameVersion} from '../store/pipelines.ts'
import type {InputOf} from '../validations/shape.ts'
import type {updatePipelineVersionShape} from '../validations/update-pipeline-version.ts'
import type {OperationContext} from './context.ts'
import {pipelineNamed} from './finding.ts'
import {ok, type Reply, resourceNotFound} from './reply.ts'

export function updatePipelineVersion(
  input: InputOf<typeof updatePipelineVersionShape>,
  {db}: OperationContext,
): Reply {
  return db.transaction(() => {
    const found = pipelineNamed(db, input.PipelineArn)
    if (found.kind === 'fault') return found

    const {arn} = found.row
    const version = findVersion(db, arn, input.PipelineVersionId)
    if (!version) return resourceNotFound(`Pipeline version ${input.PipelineVersionId} of '${arn}' does not exist.`)
    nameVersion(db, {
      ...version,
      displayName: input.PipelineVersionDisplayName ?? version.displayName,
      description: input.PipelineVersionDescription ?? version.description,
    })
    return ok({PipelineArn: arn, PipelineVersionId: version.version})
  })
}
