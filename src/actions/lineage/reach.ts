// What came of something: of the executions that are known, every step run that took it, and all that came after them. SageMaker's own
// lineage adds executions that are too old to be among them. It knows URIs only: whether a run really took this content is read from
// the run.

import {invert, reach} from '../../graph/graph.ts'
import type {OriginNote} from '../../lineage/origin-note.ts'
import type {Provenance, StepKey, StepRun} from '../../lineage/provenance.ts'
import {inParallel} from '../in-parallel.ts'
import {associated} from './associations.ts'
import {gather, registeringStep, type Tracing} from './trace.ts'
import {keyText, walkBack} from './walk.ts'

const parallelReads = 8

export type Known = {
  readonly runs: readonly StepRun[]
  /** What the deploys of their executions, and of all that were looked at, have kept. */
  readonly notes: ReadonlyMap<string, OriginNote>
  /** How many executions of the pipeline were looked at. */
  readonly executions: number
}

/** `uris`: what is asked about, as SageMaker's lineage may know it. `sinceMs`: nothing that began earlier can have taken it. */
export async function readKnown(
  {
    pipelineName,
    limit,
    uris,
    sinceMs,
  }: {
    readonly pipelineName: string
    readonly limit: number
    readonly uris: readonly string[]
    readonly sinceMs?: number
  },
  tracing: Tracing,
): Promise<Known> {
  const {cloud, records} = tracing
  const isDeployed = (await cloud.pipelines.describe(pipelineName)) !== undefined
  const listed = isDeployed ? await cloud.executions.list(pipelineName, limit + 1, sinceMs) : []
  if (listed.length > limit) {
    records.note(`only the last ${limit} executions of ${pipelineName} were looked at: --limit looks further back`)
  }
  const starts: StepKey[] = []
  const looked = listed.slice(0, limit).map(({arn}) => arn)
  await inParallel(looked, parallelReads, async (arn) => {
    const record = await records.execution(arn)
    for (const step of record?.steps.keys() ?? []) starts.push({executionArn: arn, step})
  })
  starts.push(...(await olderStarts(uris, tracing)))
  const runs = await walkBack(starts, records)
  const notes = new Map<string, OriginNote>()
  const arns = [...new Set([...looked, ...runs.map(({executionArn}) => executionArn)])]
  await inParallel(arns, parallelReads, async (arn) => {
    const record = await records.execution(arn)
    const {note} = record ? await tracing.origins(record) : {}
    if (note) notes.set(arn, note)
  })
  return {runs, notes, executions: looked.length}
}

/** The steps that registered the models which SageMaker's lineage reaches. */
async function olderStarts(uris: readonly string[], {cloud, records}: Tracing): Promise<StepKey[]> {
  if (uris.length === 0) return []
  const entities =
    (await associated(uris, 'descendants', [{lineageType: 'Artifact', type: 'Model'}], cloud, records)) ?? []
  const packages = entities.flatMap(({sourceUri}) => (sourceUri?.includes(':model-package/') ? [sourceUri] : []))
  const starts: StepKey[] = []
  for (const arn of new Set(packages)) {
    const model = await records.attempt(`the model package ${arn}`, () => cloud.registry.describe(arn))
    const start = model && (await registeringStep(model, records))
    if (start) starts.push(start)
  }
  return starts
}

/** The runs themselves and all that came after them, with the models that were registered there. */
export async function reachedFrom(
  starts: readonly StepRun[],
  {runs}: Known,
  tracing: Tracing,
  subject?: string,
): Promise<Provenance> {
  const upstream = new Map(runs.map((run) => [keyText(run), needed(run)]))
  const downstream = invert({nodes: [...upstream.keys()], upstream})
  const keys = reach(downstream, starts.map(keyText))
  const reached = runs.filter((run) => keys.has(keyText(run)))
  return gather({steps: reached, packages: packagesOf(reached), ...(subject === undefined ? {} : {subject})}, tracing)
}

/** The models that were registered there. */
export function packagesOf(steps: readonly StepRun[]): string[] {
  return steps.flatMap(({type, jobArn}) => (type === 'RegisterModel' && jobArn ? [jobArn] : []))
}

function needed({after, inputs}: StepRun): string[] {
  return [...after, ...inputs.flatMap(({madeBy}) => madeBy ?? [])].map(keyText)
}
