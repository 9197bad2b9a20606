// The machines that a pipeline asks for at the same time, as the quotas of SageMaker count them.
// Source: AWS General Reference, "Amazon SageMaker endpoints and quotas" (the names of the quotas).

import {isJsonObject, type Json} from '../definition/json.ts'
import type {StepDefinition} from '../definition/types.ts'
import {isWhole, type Known, knownText} from './known-text.ts'

export type InstanceUse = {
  /** As the quota is called: `ml.m5.xlarge for training job usage`. */
  readonly quota: string
  readonly count: number
  readonly step: string
}

// A map, since a raw step may have any type, also that of a member of objects.
const usages: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Processing: 'processing job usage',
    QualityCheck: 'processing job usage',
    ClarifyCheck: 'processing job usage',
    Training: 'training job usage',
    Tuning: 'training job usage',
    Transform: 'transform job usage',
    EndpointConfig: 'endpoint usage',
  }),
)

/** The most that any one step asks for, of each kind. What only the run knows is left out. */
export function instanceUses(steps: readonly StepDefinition[], known: Known): InstanceUse[] {
  const most = new Map<string, InstanceUse>()
  for (const use of steps.flatMap((step) => usesOf(step, known))) {
    if (use.count > (most.get(use.quota)?.count ?? 0)) most.set(use.quota, use)
  }
  return [...most.values()].sort((a, b) => (a.quota < b.quota ? -1 : 1))
}

function usesOf(step: StepDefinition, known: Known): InstanceUse[] {
  const usage = usages.get(step.Type)
  if (usage === undefined) return []
  const parallel = step.Type === 'Tuning' ? parallelJobs(step, known) : 1
  return clusters(step.Arguments).flatMap(({InstanceType, InstanceCount, InitialInstanceCount, isSpot}) => {
    const type = knownText(InstanceType, known)
    const count = Number(knownText(InstanceCount ?? InitialInstanceCount ?? 1, known)) || 1
    if (!isWhole(type)) return []
    const kind = isSpot && usage === 'training job usage' ? `spot ${usage}` : usage
    return [{quota: `${type} for ${kind}`, count: count * parallel, step: step.Name}]
  })
}

function parallelJobs({Arguments: {HyperParameterTuningJobConfig: config}}: StepDefinition, known: Known): number {
  const limits = isJsonObject(config) ? config.ResourceLimits : undefined
  const parallel = isJsonObject(limits) ? knownText(limits.MaxParallelTrainingJobs, known) : ''
  return Number(parallel) || 1
}

type Cluster = {
  readonly InstanceType?: Json
  readonly InstanceCount?: Json
  readonly InitialInstanceCount?: Json
  readonly isSpot: boolean
}

/** Every part of a request that has a type of machine; whether it is spot stands in the job around it. */
function clusters(value: Json | undefined, isSpot = false): Cluster[] {
  if (Array.isArray(value)) return value.flatMap((element: Json) => clusters(element, isSpot))
  if (!isJsonObject(value)) return []
  const spot = value.EnableManagedSpotTraining === undefined ? isSpot : value.EnableManagedSpotTraining === true
  const inner = Object.values(value).flatMap((member) => clusters(member, spot))
  return value.InstanceType === undefined ? inner : [{...value, isSpot: spot}, ...inner]
}
