// Two registered models side by side: how good they are, and what they were made of.

import type {ApprovalStatus, Cloud, ModelPackageSummary} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {compareProvenance, type ProvenanceComparison} from '../../lineage/compare-provenance.ts'
import type {Provenance} from '../../lineage/provenance.ts'
import {connect} from '../connect.ts'
import {executionId} from '../executions/execution-arn.ts'
import {iso, seconds} from '../executions/step-report.ts'
import {openToday} from '../lineage/today.ts'
import {traceModel} from '../lineage/trace.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {resolveModel} from './resolve-model.ts'

export type ComparedModel = {
  readonly model: string
  readonly arn: string
  readonly approval: ApprovalStatus
  readonly createdAt: string
  readonly agoSeconds: number
  /** The execution that registered it. */
  readonly execution?: string
  /** Executions that its results were taken over from. */
  readonly earlierExecutions: readonly string[]
  /** Every step behind it, and the execution that really ran it. */
  readonly ranIn: readonly {readonly step: string; readonly execution: string}[]
}

export type CompareModelsResult = ProvenanceComparison & {
  readonly formatVersion: 1
  readonly target: string
  readonly before: ComparedModel
  readonly after: ComparedModel
  /** What could not be found out, a sentence each. */
  readonly gaps: readonly string[]
  readonly next: readonly string[]
}

export type CompareModelsInput = Place & {
  /** Alone, it is compared with the champion; by default the latest is. */
  readonly first?: string | undefined
  readonly second?: string | undefined
}

export async function compareModels(input: CompareModelsInput, world: World): Promise<CompareModelsResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const [before, after] = await chooseModels(input, pipelineName, cloud)
  const options = {bucket: target.bucket, today: openToday(cloud)}
  const trace = ({arn}: ModelPackageSummary) => traceModel(arn, cloud, options)
  const [left, right] = [await trace(before), await trace(after)]
  const nowMs = world.now()
  const model = `${after.group}/${after.version}`
  return {
    formatVersion: 1,
    target: target.name,
    before: comparedModel(before, left, nowMs),
    after: comparedModel(after, right, nowMs),
    ...compareProvenance(left, right),
    gaps: [...new Set([...left.gaps, ...right.gaps])],
    next: after.approval === 'PendingManualApproval' ? [nextCommand(`models approve ${model}`, input)] : [],
  }
}

async function chooseModels(
  {first, second, ...place}: CompareModelsInput,
  pipelineName: string,
  cloud: Cloud,
): Promise<readonly [ModelPackageSummary, ModelPackageSummary]> {
  if (first !== undefined && second !== undefined) {
    return [
      await resolveModel(first, pipelineName, cloud, place),
      await resolveModel(second, pipelineName, cloud, place),
    ]
  }
  const after = await resolveModel(first, pipelineName, cloud, place)
  return [await championBefore(after, cloud, place), after]
}

/** The latest approved version before it. */
async function championBefore(
  {group, version}: ModelPackageSummary,
  cloud: Cloud,
  place: Place,
): Promise<ModelPackageSummary> {
  const earlier = (await cloud.registry.packages(group)).filter((other) => other.version < version)
  const champion = earlier.find(({approval}) => approval === 'Approved')
  if (champion) return champion
  const [previous] = earlier
  throw new MlpipeError({
    code: 'no-champion',
    message: `no version of "${group}" before ${version} is approved: there is nothing to compare ${group}/${version} with by itself`,
    nextSteps: previous
      ? [nextCommand(`models compare ${group}/${previous.version} ${group}/${version}`, place)]
      : [nextCommand(`models show ${group}/${version}`, place)],
  })
}

function comparedModel(
  {group, version, arn, approval, createdAtMs}: ModelPackageSummary,
  {executions, models, steps}: Provenance,
  nowMs: number,
): ComparedModel {
  const registeredBy = models[0]?.registeredBy?.executionArn
  return {
    model: `${group}/${version}`,
    arn,
    approval,
    createdAt: iso(createdAtMs),
    agoSeconds: seconds(nowMs - createdAtMs),
    ...(registeredBy === undefined ? {} : {execution: executionId(registeredBy)}),
    earlierExecutions: executions.filter((one) => one.arn !== registeredBy).map((one) => executionId(one.arn)),
    ranIn: steps.map(({step, executionArn}) => ({step, execution: executionId(executionArn)})),
  }
}
