// The role that starts a pipeline where a trigger names none.

import {placeOfArn, roleArn} from '../../access/place.ts'
import type {Target} from '../../project/target.ts'
import {nameFor} from '../policy-subject.ts'

/** The one that mlpipe makes for the triggers of a pipeline; on `local`, which asks nobody for permission, the engine's own. */
export function usualRole(target: Target, pipelineName: string, pipelineArn: string): string {
  return target.kind === 'local' ? target.role : madeRole(pipelineName, pipelineArn).arn
}

export function madeRole(pipelineName: string, pipelineArn: string): {readonly name: string; readonly arn: string} {
  const name = nameFor(pipelineName, 'trigger')
  return {name, arn: roleArn(placeOfArn(pipelineArn), name)}
}
