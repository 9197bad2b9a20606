// What a deploy would change, and what a run with these parameters would then reuse and rerun. Changes nothing.

import {readFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import type {Cloud, Pipeline} from '../cloud/ports.ts'
import type {PipelineDefinition} from '../definition/types.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {type Change, definitionChanges, toChange} from '../diff/definition-changes.ts'
import {writePlan} from './deploy/plan-file.ts'
import {changeReports} from './deploy/standing.ts'
import {executionId} from './executions/execution-arn.ts'
import {resolveExecution} from './executions/resolve-execution.ts'
import {reportData} from './forecast/data-report.ts'
import type {DiffResult} from './forecast/forecast.ts'
import {findLines, forecastRun} from './forecast/forecast-run.ts'
import {openNextRun, readableDefinition} from './forecast/next-run.ts'
import {nextCommand, quoted} from './next-commands.ts'
import type {Project, ProjectInput} from './open-project.ts'
import type {ParametersInput} from './parameters/given-parameters.ts'
import {settingDifferences, wantedSettings} from './pipeline-settings.ts'
import type {World} from './world.ts'

export type DiffInput = ProjectInput &
  ParametersInput & {
    /** `deployed` (the default), `execution:ID`, or `file:PATH`. */
    readonly against?: string | undefined
    /** A file for what a deploy would do, so that exactly that can be deployed later. */
    readonly output?: string | undefined
    readonly version: string
  }

export async function diff(input: DiffInput, world: World): Promise<DiffResult> {
  if (input.output !== undefined && input.against !== undefined && input.against !== 'deployed') {
    const message = `a plan is made against what is deployed, not against ${input.against}`
    throw new MlpipeError({code: 'usage', message, nextSteps: [nextCommand(`diff -o ${quoted(input.output)}`, input)]})
  }
  const next = await openNextRun(input, world)
  const {project, cloud, pipeline, definition, nowMs} = next
  const other = await otherSide(input, project, pipeline, cloud, world)
  const changes = other.definition ? definitionChanges(other.definition, definition) : []
  const settings = pipeline && other.against.kind === 'deployed' ? await settingChanges(pipeline, project, cloud) : []
  const prediction = await next.predict()
  const given = new Map(prediction.given.map(({name, value}) => [name, value]))
  const gates = prediction.gates.map(({report}) => report)
  const data = await reportData(prediction.seen, project, cloud)
  if (input.output !== undefined) await writePlan(input.output, project, cloud, input.version, world)
  return {
    formatVersion: 1,
    file: project.specPath,
    pipeline: project.pipelineName,
    target: project.target.name,
    against: other.against,
    deploy: {
      outcome: deployOutcome(pipeline, [...settings, ...changes]),
      changes: changeReports([...settings, ...changes], findLines(project)),
    },
    ...(input.output === undefined ? {} : {plan: input.output}),
    run: forecastRun({project, definition, prediction, given, data, gates, changes, nowMs}),
  }
}

type OtherSide = {readonly against: DiffResult['against']; readonly definition: PipelineDefinition | undefined}

async function otherSide(
  {against = 'deployed', ...place}: DiffInput,
  project: Project,
  pipeline: Pipeline | undefined,
  cloud: Cloud,
  world: World,
): Promise<OtherSide> {
  const [kind, name = ''] = splitOnce(against)
  if (kind === 'deployed') {
    if (!pipeline) return {against: {kind: 'nothing'}, definition: undefined}
    return {against: {kind: 'deployed'}, definition: readableDefinition(pipeline.definition, 'the deployed definition')}
  }
  if (kind === 'execution' && name !== '') {
    const arn = await resolveExecution(name, project.pipelineName, cloud, place)
    const text = await cloud.executions.definition(arn)
    return {
      against: {kind: 'execution', name: executionId(arn)},
      definition: readableDefinition(text, `the definition of ${name}`),
    }
  }
  if (kind === 'file' && name !== '') {
    const text = await readFile(resolve(world.cwd, name), 'utf8').catch((cause: unknown) => {
      throw new MlpipeError({code: 'file-unreadable', message: `${name} cannot be read`, cause})
    })
    return {against: {kind: 'file', name}, definition: readableDefinition(text, name)}
  }
  throw new MlpipeError({
    code: 'usage',
    message: `--against takes deployed, execution:ID or file:PATH, not "${against}"`,
  })
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf(':')
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function deployOutcome(pipeline: Pipeline | undefined, changes: readonly Change[]): DiffResult['deploy']['outcome'] {
  if (!pipeline) return 'create'
  return changes.length > 0 ? 'update' : 'none'
}

async function settingChanges(pipeline: Pipeline, project: Project, cloud: Cloud): Promise<Change[]> {
  const wanted = wantedSettings(project)
  const tags = Object.keys(wanted.tags).length > 0 ? await cloud.pipelines.tags(pipeline.arn) : []
  const differences = settingDifferences(pipeline, tags, wanted)
  return differences.map((difference) => toChange({kind: 'pipeline', name: ''}, difference))
}
