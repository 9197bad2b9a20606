// Approves or rejects a registered model package.

import type {ApprovalStatus} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {resolveModel} from './resolve-model.ts'

export type ApprovalInput = Place & {
  readonly model?: string | undefined
  readonly approval: 'Approved' | 'Rejected'
  readonly reason?: string | undefined
}

export type ApprovalResult = {
  readonly formatVersion: 1
  readonly target: string
  readonly model: string
  readonly arn: string
  readonly before: ApprovalStatus
  readonly approval: ApprovalStatus
  readonly reason?: string
}

export async function setApproval(input: ApprovalInput, world: World): Promise<ApprovalResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {arn, group, version, approval: before} = await resolveModel(input.model, pipelineName, cloud, input)
  await cloud.registry.setApproval(arn, input.approval, input.reason)
  const {approval} = await cloud.registry.describe(arn)
  const reason = input.reason === undefined ? {} : {reason: input.reason}
  return {formatVersion: 1, target: target.name, model: `${group}/${version}`, arn, before, approval, ...reason}
}
