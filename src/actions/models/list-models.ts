// Registered model packages, newest first, with how good they are, where they come from and what serves them.

import type {ApprovalStatus, Cloud, ModelPackageSummary} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import {executionId} from '../executions/execution-arn.ts'
import {iso, seconds} from '../executions/step-report.ts'
import {inParallel} from '../in-parallel.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {type ModelMetric, readModelMetrics} from './model-metrics.ts'
import {pipelineGroups, requireGroup} from './resolve-model.ts'
import {servingEndpoints} from './serving-endpoints.ts'

export type ListedModel = {
  readonly model: string
  readonly group: string
  readonly version: number
  readonly arn: string
  readonly status: string
  readonly approval: ApprovalStatus
  readonly createdAt: string
  readonly agoSeconds: number
  readonly description?: string
  /** The first numbers of its metrics report. */
  readonly metrics: readonly ModelMetric[]
  /** The execution that registered it, when it names one. */
  readonly execution?: string
  /** Endpoints that serve it, of the newest. */
  readonly endpoints: readonly string[]
}

export type ModelsResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  /** How they were chosen, where not all are asked for. */
  readonly approval?: ApprovalStatus
  readonly models: readonly ListedModel[]
  /** Older ones that are left out. */
  readonly more: number
}

export type ListModelsInput = Place & {
  readonly group?: string | undefined
  /** The groups of all pipelines. */
  readonly all: boolean
  readonly approval?: ApprovalStatus | undefined
  readonly limit: number
}

const parallelReads = 4

export async function listModels(input: ListModelsInput, world: World): Promise<ModelsResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const groups = await wantedGroups(input, pipelineName, cloud)
  const packages: ModelPackageSummary[] = []
  await inParallel(groups, parallelReads, async (group) => {
    packages.push(...(await cloud.registry.packages(group)))
  })
  const wanted = packages
    .filter(({approval}) => input.approval === undefined || approval === input.approval)
    .sort((a, b) => b.createdAtMs - a.createdAtMs || b.version - a.version || a.group.localeCompare(b.group))
  const shown = wanted.slice(0, input.limit)
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: target.name,
    ...(input.approval === undefined ? {} : {approval: input.approval}),
    models: await describeModels(shown, cloud, world.now()),
    more: wanted.length - shown.length,
  }
}

async function wantedGroups(
  {group, all, ...place}: ListModelsInput,
  pipelineName: string,
  cloud: Cloud,
): Promise<string[]> {
  if (all) return (await cloud.registry.groups()).map(({name}) => name)
  if (group === undefined) return pipelineGroups(pipelineName, cloud, place)
  await requireGroup(group, cloud)
  return [group]
}

/** Only of those that are shown: each costs two calls. */
async function describeModels(
  packages: readonly ModelPackageSummary[],
  cloud: Cloud,
  nowMs: number,
): Promise<ListedModel[]> {
  const groups = [...new Set(packages.map(({group}) => group))]
  const serving = packages.length === 0 ? new Map<string, string[]>() : await servingEndpoints(groups, cloud)
  const told = new Map<string, Pick<ListedModel, 'metrics' | 'execution'>>()
  await inParallel(packages, parallelReads, async ({arn}) => {
    const {metricsUri, generatedBy} = await cloud.registry.describe(arn)
    const metrics = await readModelMetrics(metricsUri, cloud)
    told.set(arn, {metrics, ...(generatedBy?.includes('/execution/') ? {execution: executionId(generatedBy)} : {})})
  })
  return packages.map(({group, version, arn, status, approval, createdAtMs, description}) => ({
    model: `${group}/${version}`,
    group,
    version,
    arn,
    status,
    approval,
    createdAt: iso(createdAtMs),
    agoSeconds: seconds(nowMs - createdAtMs),
    ...(description === undefined ? {} : {description}),
    metrics: [],
    ...told.get(arn),
    endpoints: serving.get(arn) ?? [],
  }))
}
