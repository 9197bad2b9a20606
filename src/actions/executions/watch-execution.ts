// Follows an execution that somebody else started, and tells about it at its end as `run` does.

import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {outlineDefinition, readDefinition} from './definition-outline.ts'
import {pipelineOfExecution} from './execution-arn.ts'
import {type FollowPlan, followRun, parseTimeout, type RunResult} from './followed-run.ts'
import {resolveExecution} from './resolve-execution.ts'

export type WatchInput = Place & {readonly execution: string; readonly timeout: string | undefined}

export async function watchExecution(input: WatchInput, world: World): Promise<RunResult> {
  const timeoutSeconds = input.timeout === undefined ? undefined : parseTimeout(input.timeout)
  const follow: FollowPlan = {wait: true, timeoutSeconds, onInterrupt: 'leave', handOver: false}
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  const {executions} = connection.cloud
  const arn = await resolveExecution(input.execution, pipelineName, connection.cloud, input)
  const outline = outlineDefinition(readDefinition(await executions.definition(arn)))
  // An execution named by its ARN may be another pipeline's.
  const place = {pipelineName: pipelineOfExecution(arn) ?? pipelineName, target, place: input}
  return followRun({arn, outline, follow, ...place, warnings: [], notes: []}, connection, world)
}
