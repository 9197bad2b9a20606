// The executions of the pipeline, newest first.

import type {ExecutionStatus} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {requirePipeline} from './resolve-execution.ts'
import {iso, seconds} from './step-report.ts'

export type ExecutionsResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly executions: readonly {
    readonly execution: string
    readonly arn: string
    readonly status: ExecutionStatus
    readonly startedAt: string
    readonly agoSeconds: number
    readonly failureReason?: string
    readonly displayName?: string
  }[]
}

export async function listExecutions(input: Place & {limit: number}, world: World): Promise<ExecutionsResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  await requirePipeline(pipelineName, cloud, input)
  const listed = await cloud.executions.list(pipelineName, input.limit)
  const nowMs = world.now()
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: target.name,
    executions: listed.map(({arn, status, startedAtMs, failureReason, displayName}) => ({
      execution: executionId(arn),
      arn,
      status,
      startedAt: iso(startedAtMs),
      agoSeconds: seconds(nowMs - startedAtMs),
      ...(failureReason === undefined ? {} : {failureReason}),
      ...(displayName === undefined ? {} : {displayName}),
    })),
  }
}
