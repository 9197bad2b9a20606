// Brings the gates up to date whose champion has been approved or rejected: of the pipeline at hand, and of those that the other
// specs of its folder are of.

import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import type {Cloud} from '../../cloud/ports.ts'
import {DiagnosticCollector} from '../../diagnostics/diagnostic.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../project/target.ts'
import {parseSpec} from '../../spec/parse-spec.ts'
import {readDefinition} from '../executions/definition-outline.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import type {World} from '../world.ts'
import type {GateReport} from './gate-report.ts'
import {keepChampions, warnOfProblems} from './keep-champions.ts'
import {lookAtGates} from './look-at-gates.ts'

export type ApprovedGroup = {
  readonly group: string
  readonly pipelineName: string
  /** Of the spec. */
  readonly directory: string
  readonly target: Target
  readonly place: Place
}

export type KnownGate = GateReport & {readonly pipeline: string}

/** The model is approved or rejected already: what goes wrong here is told, and the next run puts it right. */
export async function keepKnownChampions(
  group: ApprovedGroup,
  cloud: Cloud,
  world: Pick<World, 'now' | 'reporter'>,
): Promise<readonly KnownGate[]> {
  try {
    return await keepAll(group, cloud, world)
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    const message = `the gates could not be brought up to date: ${error.message}`
    world.reporter.report({kind: 'warning', message, nextSteps: [nextCommand('deploy', group.place)]})
    return []
  }
}

async function keepAll(
  {group, pipelineName, directory, target, place}: ApprovedGroup,
  cloud: Cloud,
  world: Pick<World, 'now' | 'reporter'>,
): Promise<readonly KnownGate[]> {
  const reports: KnownGate[] = []
  for (const name of new Set([pipelineName, ...(await gatedPipelines(directory))])) {
    const pipeline = await cloud.pipelines.describe(name)
    const definition = pipeline && readDefinition(pipeline.definition)
    if (!definition) continue
    const states = await lookAtGates({definition, pipelineName: name, group}, cloud)
    await keepChampions(states, cloud, world.now())
    warnOfProblems(states, target, place, world)
    reports.push(...states.map(({report}) => ({...report, pipeline: name})))
  }
  return reports
}

/** More than this no spec has; what is larger is something else. */
const maximumBytes = 5_000_000

/** Names of the pipelines whose specs lie in a folder and have a gate; what cannot be read is passed over. */
async function gatedPipelines(directory: string): Promise<string[]> {
  const names: string[] = []
  for (const file of (await readdir(directory)).filter((name) => /\.ya?ml$/.test(name)).sort()) {
    const path = join(directory, file)
    const size = await stat(path).then(
      (found) => (found.isFile() ? found.size : Number.POSITIVE_INFINITY),
      () => Number.POSITIVE_INFINITY,
    )
    const text = size > maximumBytes ? '' : await readFile(path, 'utf8').catch(() => '')
    // Most files have none: those are not taken apart.
    const spec = text.includes('gate') ? parseSpec(text, new DiagnosticCollector()) : undefined
    const hasGate = spec?.steps.some((step) => step.kind === 'condition' && step.gate !== undefined)
    if (spec?.name && hasGate) names.push(spec.name.value)
  }
  return names
}
