// One registered model package.

import type {ModelPackage} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import {executionId} from '../executions/execution-arn.ts'
import {iso, seconds} from '../executions/step-report.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {resolveModel} from './resolve-model.ts'

export type ModelResult = Omit<ModelPackage, 'createdAtMs' | 'modifiedAtMs'> & {
  readonly formatVersion: 1
  readonly target: string
  readonly model: string
  readonly createdAt: string
  readonly agoSeconds: number
  readonly modifiedAt?: string
  /** The execution that registered it, when it names one. */
  readonly execution?: string
  readonly next: readonly string[]
}

export async function showModel(input: Place & {model?: string | undefined}, world: World): Promise<ModelResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {arn} = await resolveModel(input.model, pipelineName, cloud, input)
  const {createdAtMs, modifiedAtMs, ...found} = await cloud.registry.describe(arn)
  const model = `${found.group}/${found.version}`
  const pending = found.approval === 'PendingManualApproval'
  return {
    formatVersion: 1,
    target: target.name,
    model,
    ...found,
    createdAt: iso(createdAtMs),
    agoSeconds: seconds(world.now() - createdAtMs),
    ...(modifiedAtMs === undefined ? {} : {modifiedAt: iso(modifiedAtMs)}),
    ...(found.generatedBy?.includes('/execution/') ? {execution: executionId(found.generatedBy)} : {}),
    next: pending ? ['approve', 'reject'].map((verb) => nextCommand(`models ${verb} ${model}`, input)) : [],
  }
}
