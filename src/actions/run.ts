// Starts an execution of the deployed pipeline and follows it.

import {parameterReach} from '../cache/parameter-reach.ts'
import type {NameValue, Pipeline} from '../cloud/ports.ts'
import {sameJson} from '../definition/exact-json.ts'
import type {ParameterDefinition, PipelineDefinition} from '../definition/types.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {diagnosticsToJson} from '../diagnostics/render-diagnostics.ts'
import {connect} from './connect.ts'
import {outlineDefinition} from './executions/definition-outline.ts'
import {deployedDefinition} from './executions/deployed-definition.ts'
import {type FollowOptions, followRun, planFollowing, type RunResult} from './executions/followed-run.ts'
import {paceOf} from './executions/pace.ts'
import {keepTrying} from './executions/patience.ts'
import {requirePipeline} from './executions/resolve-execution.ts'
import {type StartRequestOptions, sendStart} from './executions/start-request.ts'
import {keepListings} from './forecast/data-report.ts'
import {lookAtData, withFingerprints} from './forecast/fingerprint-data.ts'
import {bringChampionsUp} from './gates/keep-champions.ts'
import {nextCommand, type Place} from './next-commands.ts'
import {openProject, type Project} from './open-project.ts'
import {givenParameters, type ParametersInput} from './parameters/given-parameters.ts'
import {type SelectInput, selectSteps} from './selection/select-steps.ts'
import {makeUncachedVersion, type UncachedVersion} from './selection/uncached-version.ts'
import type {World} from './world.ts'

export type RunInput = Place &
  ParametersInput &
  FollowOptions &
  SelectInput & {
    /** Steps that run even where an earlier result could be reused; `all` for every step. */
    readonly noCache?: readonly string[] | undefined
  }

const restorePatienceMs = 60_000

export async function run(input: RunInput, world: World): Promise<RunResult> {
  const follow = planFollowing(input)
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})

  const connection = await connect(project.target, input, world, {handOver: follow.handOver})
  const {cloud} = connection
  const pipeline = await requirePipeline(project.pipelineName, cloud, input)
  const definition = deployedDefinition(pipeline)
  const parameters = await givenParameters(input, definition.Parameters, world)
  const selected = await selectSteps(input, {name: pipeline.name, definition}, parameters, cloud, input)
  const notes = [
    ...reportDrift(project, pipeline, input, world),
    ...reportNotes([...cacheNotes(definition, parameters), ...(selected?.notes ?? [])], world),
  ]

  const running = selected?.selection.steps
  const seen = await lookAtData({definition, pipeline, given: parameters, steps: running}, cloud)
  await keepListings(seen, project, cloud)
  const gates = {definition, pipelineName: pipeline.name, steps: running}
  const champions = await bringChampionsUp(gates, {cloud, target: project.target, place: input}, world)
  notes.push(...reportNotes(champions, world))

  const selection = selected ? {selection: selected.selection} : {}
  const request = {pipelineName: pipeline.name, parameters: withFingerprints(parameters, seen), ...selection}
  const uncached = await makeUncachedVersion(input.noCache ?? [], pipeline, definition, cloud)
  if (uncached) notes.push(...reportNotes([uncached.note], world))
  const version = uncached?.versionId === undefined ? {} : {versionId: uncached.versionId}
  const pace = paceOf(project.target)
  const send = (token: string) => cloud.executions.start({...request, ...version, token})
  const started = await sendThenRestore(send, uncached, {pace, place: input, again: 'run'}, world)
  notes.push(...started.notes)
  const {arn} = started
  const outline = outlineDefinition(definition)
  const warnings = diagnosticsToJson(project.warnings, project.source)
  const place = {pipelineName: pipeline.name, target: project.target, place: input}
  return followRun({arn, outline, follow, ...place, warnings, notes}, connection, world)
}

/** Whatever becomes of the start, the pipeline is left as it was. */
async function sendThenRestore(
  send: (token: string) => Promise<{arn: string}>,
  uncached: UncachedVersion | undefined,
  options: StartRequestOptions,
  world: World,
): Promise<{readonly arn: string; readonly notes: readonly string[]}> {
  const notes: string[] = []
  try {
    const {arn} = await sendStart(send, options, world)
    return {arn, notes}
  } finally {
    if (uncached) notes.push(...(await restore(uncached, options, world)))
  }
}

/** What cannot be put back is told: nothing is wrong with the execution that has started. */
async function restore(uncached: UncachedVersion, {pace, place}: StartRequestOptions, world: World): Promise<string[]> {
  try {
    await keepTrying(uncached.restore, {pace, forMs: restorePatienceMs}, world)
    return []
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    const message = `the newest version of the pipeline still has the cache off: ${error.message}`
    world.reporter.report({kind: 'warning', message, nextSteps: [nextCommand('deploy', place)]})
    return [message]
  }
}

function reportDrift(project: Project, pipeline: Pipeline, place: Place, world: World): string[] {
  if (sameJson(pipeline.definition, project.definitionText)) return []
  const message = `${project.specPath} differs from what is deployed, and the deployed pipeline is what runs`
  world.reporter.report({kind: 'warning', message, nextSteps: [nextCommand('deploy', place)]})
  return [message]
}

function reportNotes(notes: readonly string[], world: World): readonly string[] {
  for (const message of notes) world.reporter.report({kind: 'note', message})
  return notes
}

/** One sentence for every value that differs from the default and still cannot make any step rerun. */
export function cacheNotes(definition: PipelineDefinition, parameters: readonly NameValue[]): string[] {
  const declared = new Map(definition.Parameters.map((parameter) => [parameter.Name, parameter]))
  return parameters.flatMap(({name, value}) => {
    if (isDefault(declared.get(name), value)) return []
    const {keyed, unkeyed, decisions} = parameterReach(definition, name)
    if (keyed.length > 0 || decisions.length > 0) return []
    if (unkeyed.length === 0) return [`${name} is used by no step: its value changes nothing`]
    const attributes = [...new Set(unkeyed.map(({attribute}) => attribute))].sort().join(', ')
    return [`${name} is in no step's cache key (SageMaker does not compare ${attributes}): it reruns nothing by itself`]
  })
}

function isDefault(parameter: ParameterDefinition | undefined, value: string): boolean {
  const standard = parameter?.DefaultValue
  if (standard === undefined) return false
  if (typeof standard === 'number') return Number(value) === standard
  return typeof standard === 'boolean' ? String(standard) === value.toLowerCase() : standard === value
}
