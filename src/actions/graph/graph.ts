// The picture of a pipeline: of the spec, of a definition in a file, of what is deployed, of an execution, or of what a run would do.

import {isRehearsed, localHints} from '../../cache/rehearsal.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {focusOn} from '../../picture/focus.ts'
import type {Picture} from '../../picture/picture.ts'
import type {Target} from '../../project/target.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {connect} from '../connect.ts'
import type {StepReport} from '../executions/execution-report.ts'
import {inspectExecution} from '../executions/inspect-execution.ts'
import {requirePipeline, resolveExecution} from '../executions/resolve-execution.ts'
import type {StepForecast} from '../forecast/forecast.ts'
import {findLines, stepForecast} from '../forecast/forecast-run.ts'
import {openNextRun, readableDefinition} from '../forecast/next-run.ts'
import {nextCommand, quoted} from '../next-commands.ts'
import {findPipeline, openProject, type Project, type ProjectInput} from '../open-project.ts'
import type {ParametersInput} from '../parameters/given-parameters.ts'
import type {World} from '../world.ts'
import {definitionPicture} from './definition-picture.ts'
import {readDefinitionFile} from './read-definition-file.ts'
import {declaredStarters, standingStarters} from './starters.ts'

export type GraphInput = ProjectInput &
  ParametersInput & {
    readonly source: GraphSource
    /** Only this step, with all that leads to it and all that it leads to. */
    readonly step?: string | undefined
    readonly allEdges: boolean
  }

export type GraphSource =
  | {readonly kind: 'spec' | 'deployed' | 'plan'}
  /** A file, or `-` for standard input. */
  | {readonly kind: 'definition'; readonly file: string}
  /** `latest`, an id, the beginning of one, or an ARN. */
  | {readonly kind: 'execution'; readonly execution: string}

export type GraphResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly source:
    | {readonly kind: 'spec' | 'plan'; readonly file: string; readonly target: string}
    | {readonly kind: 'definition'; readonly file: string}
    | {readonly kind: 'deployed'; readonly target: string}
    | {readonly kind: 'execution'; readonly target: string; readonly execution: string; readonly status: string}
  /** What the pipeline is; how its steps went, or would go, stands beside it. */
  readonly picture: Picture
  /** Of an execution. */
  readonly states?: readonly StepReport[]
  /** Of a plan. */
  readonly verdicts?: readonly StepForecast[]
}

export async function graph(input: GraphInput, world: World): Promise<GraphResult> {
  const isGiven = input.parameters.length > 0 || input.parametersFile !== undefined
  if (isGiven && input.source.kind !== 'plan') {
    throw new MlpipeError({
      code: 'usage',
      message: 'parameters change what a run would do, and nothing else of the graph',
      nextSteps: [nextCommand(['graph --plan', ...givenFlags(input)].join(' '), input)],
    })
  }
  const result = await drawSource(input, world)
  if (input.step === undefined) return result
  return {...result, picture: focusOn(result.picture, knownStep(input.step, result.picture))}
}

function givenFlags({parameters, parametersFile}: ParametersInput): string[] {
  const file = parametersFile === undefined ? [] : [`--params-file ${quoted(parametersFile)}`]
  return [...parameters.map((parameter) => `-p ${quoted(parameter)}`), ...file]
}

function drawSource(input: GraphInput, world: World): Promise<GraphResult> {
  const {source} = input
  switch (source.kind) {
    case 'spec':
      return drawSpec(input, world)
    case 'plan':
      return drawPlan(input, world)
    case 'deployed':
      return drawDeployed(input, world)
    case 'definition':
      return drawDefinition(source.file, input, world)
    case 'execution':
      return drawExecution(source.execution, input, world)
  }
}

async function drawSpec(input: GraphInput, world: World): Promise<GraphResult> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  return projectResult('spec', project, input)
}

async function drawPlan(input: GraphInput, world: World): Promise<GraphResult> {
  const {project, nowMs, predict} = await openNextRun(input, world)
  const {steps} = await predict()
  const lines = findLines(project)
  return {
    ...projectResult('plan', project, input),
    verdicts: steps.map((step) => stepForecast(step, lines, nowMs)),
  }
}

function projectResult(kind: 'spec' | 'plan', project: Project, {allEdges}: GraphInput): GraphResult {
  const {pipelineName: name, specPath: file, target, compiled} = project
  const {definition, parallelism} = compiled
  const triggers = declaredStarters(project)
  return {
    formatVersion: 1,
    pipeline: name,
    source: {kind, file, target: target.name},
    picture: definitionPicture({
      name,
      definition,
      triggers,
      parallelism,
      simulated: simulatedSteps(definition, target),
      allEdges,
    }),
  }
}

async function drawDefinition(file: string, {allEdges}: GraphInput, world: World): Promise<GraphResult> {
  const {name, definition, parallelism} = await readDefinitionFile(file, world)
  const picture = definitionPicture({name, definition, parallelism, simulated: simulatedSteps(definition), allEdges})
  return {formatVersion: 1, pipeline: name, source: {kind: 'definition', file}, picture}
}

async function drawDeployed(input: GraphInput, world: World): Promise<GraphResult> {
  const {pipelineName: name, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const pipeline = await requirePipeline(name, cloud, input)
  const definition = readableDefinition(pipeline.definition, 'the deployed definition')
  const triggers = await standingStarters(pipeline, cloud, world)
  const {parallelism} = pipeline
  const simulated = simulatedSteps(definition, target)
  return {
    formatVersion: 1,
    pipeline: name,
    source: {kind: 'deployed', target: target.name},
    picture: definitionPicture({name, definition, triggers, parallelism, simulated, allEdges: input.allEdges}),
  }
}

async function drawExecution(wanted: string, input: GraphInput, world: World): Promise<GraphResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const arn = await resolveExecution(wanted, pipelineName, cloud, input)
  const report = await inspectExecution(cloud, arn, target.name, world.now())
  const definition = readableDefinition(await cloud.executions.definition(arn), 'the definition of the execution')
  const {pipeline: name, execution, status, steps: states} = report
  return {
    formatVersion: 1,
    pipeline: name,
    source: {kind: 'execution', target: target.name, execution, status},
    picture: definitionPicture({name, definition, allEdges: input.allEdges}),
    states,
  }
}

/** Those that the embedded engine only stands in for: as the spec wants it or, where it is the target, because of their type. */
function simulatedSteps(definition: PipelineDefinition, target?: Target): ReadonlySet<string> {
  const simulated = flattenSteps(definition).filter(({step}) => {
    const {runner} = localHints(definition.Metadata, step.Name)
    return runner === 'simulate' || (target?.kind === 'local' && isRehearsed(step.Type, runner))
  })
  return new Set(simulated.map(({step}) => step.Name))
}

function knownStep(name: string, {nodes}: Picture): string {
  if (nodes.some(({id}) => id === name)) return name
  const steps = nodes.filter(({kind}) => kind !== 'trigger' && kind !== 'execution').map(({id}) => id)
  throw new MlpipeError({
    code: 'unknown-step',
    message: `"${name}" is not a step of the pipeline: ${suggestName(name, steps) ?? 'it has none'}`,
  })
}
