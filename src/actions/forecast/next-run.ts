// The prediction of the next run of a spec, and that of a past execution as it stood when it began.

import type {Cloud, NameValue, Pipeline} from '../../cloud/ports.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {historyFiles} from '../../project/history-files.ts'
import type {Target} from '../../project/target.ts'
import {connect} from '../connect.ts'
import {championObject} from '../gates/keep-champions.ts'
import {type GateState, lookAtGates} from '../gates/look-at-gates.ts'
import {openProject, type Project, type ProjectInput} from '../open-project.ts'
import {givenParameters, type ParametersInput} from '../parameters/given-parameters.ts'
import type {World} from '../world.ts'
import {lookAtData, type SeenData, withFingerprints} from './fingerprint-data.ts'
import {predictRun, type RunPrediction} from './predict-run.ts'
import {type RunHistoryFiles, typedParameters} from './run-history.ts'

export type NextRun = {
  readonly project: Project
  readonly cloud: Cloud
  /** Undefined when it is not deployed. */
  readonly pipeline: Pipeline | undefined
  readonly definition: PipelineDefinition
  readonly given: readonly NameValue[]
  readonly nowMs: number
  /** Looks at the data that counts by its content, once the pipeline is there to have run on it. */
  predict(): Promise<NextPrediction>
}

export type NextPrediction = RunPrediction & {
  readonly seen: readonly SeenData[]
  readonly gates: readonly GateState[]
  /** With the fingerprints of what was seen. */
  readonly given: readonly NameValue[]
}

/** Opens what a forecast needs: the compiled spec, the target, the parameters of the run. */
export async function openNextRun(input: ProjectInput & ParametersInput, world: World): Promise<NextRun> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const {cloud} = await connect(project.target, input, world)
  const definition = readableDefinition(project.definitionText, 'the spec')
  const given = await givenParameters(input, definition.Parameters, world, 'the spec')
  const {pipelineName} = project
  const pipeline = await cloud.pipelines.describe(pipelineName)
  const nowMs = world.now()
  const predict = async () => {
    const seen = pipeline ? await lookAtData({definition, pipeline, given}, cloud) : []
    const started = withFingerprints(given, seen)
    const gates = await lookAtGates({definition, pipelineName}, cloud)
    const prediction = await predictRun(
      {
        definition,
        pipeline: {arn: pipeline?.arn ?? '', pipelineName},
        parameters: typedParameters(definition, started),
        documents: new Map(gates.map((state) => [state.gate.uri, championObject(state)])),
        nowMs,
      },
      pipeline && cloud,
      historyOf(project.target),
    )
    const {executions, calls} = prediction.history
    world.reporter.report({kind: 'history-read', executions, calls})
    return {...prediction, seen, gates, given: started}
  }
  return {project, cloud, pipeline, definition, given, nowMs, predict}
}

/** What could be foretold of an execution when it began: with its own definition and parameters, and what was before it. */
export async function predictPastRun(
  executionArn: string,
  {pipelineName, target}: {readonly pipelineName: string; readonly target: Target},
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
    historyOf(target),
  )
  return {...prediction, definitionText}
}

/** Where executions of a target that have ended well are kept. */
export function historyOf({stateDirectory, name}: Target): RunHistoryFiles {
  return historyFiles(stateDirectory, name)
}

export function readableDefinition(text: string, what: string): PipelineDefinition {
  const parsed = parseDefinition(text)
  if (parsed.ok) return parsed.definition
  throw new MlpipeError({code: 'definition-unreadable', message: `${what} cannot be read: ${parsed.message}`, exit: 65})
}
