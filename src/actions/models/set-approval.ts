// Approves or rejects a registered model package, and brings the gates up to date whose champion that may change.

import type {ApprovalStatus, Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {connect} from '../connect.ts'
import {type KnownGate, keepKnownChampions} from '../gates/known-pipelines.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {resolveModel} from './resolve-model.ts'
import {waysOff} from './serving/ways-off.ts'
import {servingEndpoints} from './serving-endpoints.ts'

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
  /** Endpoints that serve a model which is rejected now: that alone takes it off none. */
  readonly endpoints?: readonly string[]
  readonly next?: readonly string[]
  /** What gates of pipelines that are known here ask for from now on. */
  readonly gates?: readonly KnownGate[]
}

export async function setApproval(input: ApprovalInput, world: World): Promise<ApprovalResult> {
  const given = givenReason(input.reason)
  const {pipelineName, target, directory} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {arn, group, version, approval: before} = await resolveModel(input.model, pipelineName, cloud, input)
  const isSame = before === input.approval
  await cloud.registry.setApproval(arn, input.approval, given ?? (isSame ? undefined : await noReason(arn, cloud)))
  const {approval} = await cloud.registry.describe(arn)
  const reason = given === undefined ? {} : {reason: given}
  const gates = await keepKnownChampions({group, pipelineName, directory, target, place: input}, cloud, world)
  return {
    formatVersion: 1,
    target: target.name,
    model: `${group}/${version}`,
    arn,
    before,
    approval,
    ...reason,
    ...(gates.length > 0 ? {gates} : {}),
    ...(approval === 'Rejected' ? await stillServed({arn, group}, pipelineName, cloud, input) : {}),
  }
}

/** API Reference, UpdateModelPackage, ApprovalDescription: 1,024 characters. */
const longestReason = 1024

function givenReason(text: string | undefined): string | undefined {
  const reason = text?.trim()
  if (reason === undefined || reason === '') return undefined
  if (reason.length <= longestReason) return reason
  const message = `--reason has ${reason.length} characters; SageMaker takes at most ${longestReason}`
  throw new MlpipeError({code: 'usage', message})
}

/** Why it was approved is no reason for which it is rejected now: an update without a reason would keep the old one. */
async function noReason(arn: string, {registry}: Cloud): Promise<string | undefined> {
  const {approvalDescription} = await registry.describe(arn)
  return approvalDescription === undefined ? undefined : ''
}

async function stillServed(
  {arn, group}: {readonly arn: string; readonly group: string},
  pipelineName: string,
  cloud: Cloud,
  place: Place,
): Promise<Pick<ApprovalResult, 'endpoints' | 'next'>> {
  const endpoints = (await servingEndpoints([group], cloud)).get(arn)
  if (!endpoints) return {}
  return {endpoints, next: await waysOff(endpoints, pipelineName, cloud, place)}
}
