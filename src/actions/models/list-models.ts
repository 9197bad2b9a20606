// Registered model packages, newest first, by group.

import type {ApprovalStatus} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import {iso, seconds} from '../executions/step-report.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {pipelineGroups, requireGroup} from './resolve-model.ts'

export type ModelsResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly models: readonly {
    readonly model: string
    readonly group: string
    readonly version: number
    readonly arn: string
    readonly status: string
    readonly approval: ApprovalStatus
    readonly createdAt: string
    readonly agoSeconds: number
    readonly description?: string
  }[]
}

export async function listModels(input: Place & {group?: string | undefined}, world: World): Promise<ModelsResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  if (input.group !== undefined) await requireGroup(input.group, cloud)
  const groups = input.group === undefined ? await pipelineGroups(pipelineName, cloud, input) : [input.group]
  const packages = (await Promise.all(groups.map((group) => cloud.registry.packages(group)))).flat()
  const nowMs = world.now()
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: target.name,
    models: packages.map(({group, version, arn, status, approval, createdAtMs, description}) => ({
      model: `${group}/${version}`,
      group,
      version,
      arn,
      status,
      approval,
      createdAt: iso(createdAtMs),
      agoSeconds: seconds(nowMs - createdAtMs),
      ...(description === undefined ? {} : {description}),
    })),
  }
}
