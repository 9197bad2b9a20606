// The prediction of the next run of a spec, and that of a past execution as it stood when it began.

import type {Cloud, NameValue, Pipeline} from '../cloud/ports.ts'
import {parseDefinition} from '../definition/parse-definition.ts'
import type {PipelineDefinition} from '../definition/types.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {connect} from './connect.ts'
import {givenParameters, type ParametersInput} from './given-parameters.ts'
import {openProject, type Project, type ProjectInput} from './open-project.ts'
import {predictRun, type RunPrediction} from './predict-run.ts'
import {typedParameters} from './run-history.ts'
import type {World} from './world.ts'

export type NextRun = {
  readonly project: Project
  readonly cloud: Cloud
  /** Undefined when it is not deployed. */
  readonly pipeline: Pipeline | undefined
  readonly definition: PipelineDefinition
  readonly given: readonly NameValue[]
  readonly nowMs: number
  predict(): Promise<RunPrediction>
}

/** Opens what a forecast needs: the compiled spec, the target, the parameters of the run. */
export async function openNextRun(input: ProjectInput & ParametersInput, world: World): Promise<NextRun> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const {cloud} = await connect(project.target, input, world)
  const definition = readableDefinition(project.definitionText, 'the spec')
  const given = await givenParameters(input, definition.Parameters, world)
  const {pipelineName} = project
  const pipeline = await cloud.pipelines.describe(pipelineName)
  const nowMs = world.now()
  const predict = () =>
    predictRun(
      {
        definition,
        pipeline: {arn: pipeline?.arn ?? '', pipelineName},
        parameters: typedParameters(definition, given),
        nowMs,
      },
      pipeline && cloud,
    )
  return {project, cloud, pipeline, definition, given, nowMs, predict}
}

/** What could be foretold of an execution when it began: with its own definition and parameters, and what was before it. */
export async function predictPastRun(
  executionArn: string,
  pipelineName: string,
  cloud: Cloud,
): Promise<RunPrediction & {readonly definitionText: string}> {
  const [{startedAtMs}, definitionText, parameters] = await Promise.all([
    cloud.executions.describe(executionArn),
    cloud.executions.definition(executionArn),
    cloud.executions.parameters(executionArn),
  ])
  const definition = readableDefinition(definitionText, 'the definition of the execution')
  const prediction = await predictRun(
    {
      definition,
      pipeline: {arn: executionArn.split('/execution/')[0] ?? '', pipelineName},
      parameters: typedParameters(definition, parameters),
      nowMs: startedAtMs,
      endedBeforeMs: startedAtMs,
    },
    cloud,
  )
  return {...prediction, definitionText}
}

export function readableDefinition(text: string, what: string): PipelineDefinition {
  const parsed = parseDefinition(text)
  if (parsed.ok) return parsed.definition
  throw new MlpipeError({code: 'definition-unreadable', message: `${what} cannot be read: ${parsed.message}`, exit: 65})
}
