// Stops an execution and waits until it has stopped.

import type {ExecutionStatus, ExecutionsPort} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import {resolveExecution} from './resolve-execution.ts'

export type StopResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly execution: string
  readonly arn: string
  /** `is-stopping`: it was told to stop, and had not stopped within a minute. */
  readonly outcome: 'has-stopped' | 'is-stopping' | 'had-ended'
  readonly status: ExecutionStatus
}

const waitMs = 60_000
const pauseMs = 200

export async function stopExecution(input: Place & {execution: string}, world: World): Promise<StopResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {executions} = cloud
  const arn = await resolveExecution(input.execution, pipelineName, cloud, input)
  const before = await executions.describe(arn)
  const place = {pipeline: before.pipelineName, target: target.name, execution: executionId(arn), arn}
  if (isTerminalStatus(before.status)) {
    return {formatVersion: 1, ...place, outcome: 'had-ended', status: before.status}
  }

  await executions.stop(arn)
  const status = await waitForEnd(arn, executions, world)
  return {formatVersion: 1, ...place, outcome: isTerminalStatus(status) ? 'has-stopped' : 'is-stopping', status}
}

async function waitForEnd(arn: string, executions: ExecutionsPort, world: World): Promise<ExecutionStatus> {
  const deadlineMs = world.now() + waitMs
  for (;;) {
    const {status} = await executions.describe(arn)
    if (isTerminalStatus(status) || world.now() >= deadlineMs) return status
    await world.sleep(pauseMs)
  }
}
