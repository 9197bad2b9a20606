// One registered model package, with its metrics, the execution that made it, and the endpoints that serve it.

import type {Cloud, ModelPackage} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import {executionId} from '../executions/execution-arn.ts'
import {iso, seconds} from '../executions/step-report.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {type ModelMetric, readModelMetrics} from './model-metrics.ts'
import {resolveModel} from './resolve-model.ts'
import {waysOff} from './serving/ways-off.ts'
import {servingEndpoints} from './serving-endpoints.ts'

export type ModelResult = Omit<ModelPackage, 'createdAtMs' | 'modifiedAtMs'> & {
  readonly formatVersion: 1
  readonly target: string
  readonly model: string
  readonly createdAt: string
  readonly agoSeconds: number
  readonly modifiedAt?: string
  /** The execution that registered it, when it names one. */
  readonly execution?: string
  /** The first numbers of its metrics report. */
  readonly metrics: readonly ModelMetric[]
  /** Endpoints that serve it, of the newest. */
  readonly endpoints: readonly string[]
  readonly next: readonly string[]
}

export async function showModel(input: Place & {model?: string | undefined}, world: World): Promise<ModelResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {arn} = await resolveModel(input.model, pipelineName, cloud, input)
  const {createdAtMs, modifiedAtMs, ...found} = await cloud.registry.describe(arn)
  const [metrics, serving] = await Promise.all([
    readModelMetrics(found.metricsUri, cloud),
    servingEndpoints([found.group], cloud),
  ])
  const endpoints = serving.get(arn) ?? []
  return {
    formatVersion: 1,
    target: target.name,
    model: `${found.group}/${found.version}`,
    ...found,
    createdAt: iso(createdAtMs),
    agoSeconds: seconds(world.now() - createdAtMs),
    ...(modifiedAtMs === undefined ? {} : {modifiedAt: iso(modifiedAtMs)}),
    ...(found.generatedBy?.includes('/execution/') ? {execution: executionId(found.generatedBy)} : {}),
    metrics,
    endpoints,
    next: [
      ...(await nextSteps(found, {endpoints, pipelineName}, cloud, input)),
      nextCommand(`lineage ${found.group}/${found.version}`, input),
    ],
  }
}

async function nextSteps(
  {group, version, approval, status}: Pick<ModelPackage, 'group' | 'version' | 'approval' | 'status'>,
  {endpoints, pipelineName}: {readonly endpoints: readonly string[]; readonly pipelineName: string},
  cloud: Cloud,
  place: Place,
): Promise<string[]> {
  const model = `${group}/${version}`
  if (approval === 'Rejected') return waysOff(endpoints, pipelineName, cloud, place)
  if (approval === 'Approved') {
    return endpoints.length > 0 || status !== 'Completed' ? [] : [nextCommand(`models deploy ${model}`, place)]
  }
  const earlier = await cloud.registry.packages(group)
  const hasChampion = earlier.some((other) => other.version < version && other.approval === 'Approved')
  return [
    ...(hasChampion ? [nextCommand(`models compare ${model}`, place)] : []),
    ...['approve', 'reject'].map((verb) => nextCommand(`models ${verb} ${model}`, place)),
  ]
}
