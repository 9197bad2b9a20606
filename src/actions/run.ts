// Starts an execution of the deployed pipeline and follows it.

import {parameterReach} from '../cache/parameter-reach.ts'
import type {NameValue, Pipeline} from '../cloud/ports.ts'
import {sameJson} from '../definition/json.ts'
import type {ParameterDefinition, PipelineDefinition} from '../definition/types.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {durationSeconds, parseDuration} from '../text/duration.ts'
import {outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import type {ExecutionReport} from './execution-report.ts'
import {type FollowEnd, followExecution} from './follow-execution.ts'
import {inspectExecution} from './inspect-execution.ts'
import {nextCommand, type Place} from './next-commands.ts'
import {openProject} from './open-project.ts'
import {readParametersFile} from './parameters-file.ts'
import {requirePipeline} from './resolve-execution.ts'
import {checkStartParameters, splitParameter} from './start-parameters.ts'
import type {World} from './world.ts'

export type RunInput = Place & {
  /** `name=value`, as given on the command line. */
  readonly parameters: readonly string[]
  readonly parametersFile?: string | undefined
  readonly wait: boolean
  /** How long to follow, such as `90m`. */
  readonly timeout?: string | undefined
}

/** `started`: not waited for. `timed-out`: it goes on. `interrupted`: the user stopped it. */
export type RunOutcome = 'started' | 'succeeded' | 'failed' | 'stopped' | 'interrupted' | 'timed-out'

export type RunResult = ExecutionReport & {
  readonly formatVersion: 1
  readonly outcome: RunOutcome
  readonly next: readonly string[]
}

export async function run(input: RunInput, world: World): Promise<RunResult> {
  const timeoutSeconds = input.timeout === undefined ? undefined : parseTimeout(input.timeout)
  const project = await openProject(input, world)
  const fromFile = input.parametersFile === undefined ? [] : await readParametersFile(input.parametersFile, world.cwd)
  const fromFlags = splitParameters(input.parameters)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})

  const handOver = !input.wait || timeoutSeconds !== undefined
  const connection = await world.connect(project.target, {handOver})
  const {cloud} = connection
  const pipeline = await requirePipeline(project.pipelineName, cloud, input)
  const definition = deployedDefinition(pipeline)
  const parameters = checkStartParameters(definition.Parameters, [...fromFile, ...fromFlags.given], fromFlags.problems)
  if (!sameJson(pipeline.definition, project.definitionText)) {
    world.reporter.report({
      kind: 'warning',
      message: `${project.specPath} differs from what is deployed, and the deployed pipeline is what runs`,
      nextSteps: [nextCommand('deploy', input)],
    })
  }
  for (const message of cacheNotes(definition, parameters)) world.reporter.report({kind: 'note', message})

  // Read before the start, so that from here on Ctrl-C stops the execution rather than this process.
  const {interrupt} = world
  const {arn} = await cloud.executions.start({pipelineName: pipeline.name, parameters, token: world.newToken()})
  const outline = outlineDefinition(definition)
  if (!input.wait) {
    const report = await inspectExecution(cloud, arn, project.target.name, world.now())
    return result(report, 'started', input)
  }
  const execution = executionId(arn)
  world.reporter.report({kind: 'execution-started', pipeline: pipeline.name, execution, steps: outline.steps})
  const timeout = timeoutSeconds === undefined ? {} : {timeoutSeconds}
  const end = await followExecution({arn, outline, ...timeout}, connection, world)
  world.reporter.end()
  const report = await inspectExecution(cloud, arn, project.target.name, world.now())
  return result(report, outcomeOf(end, report, interrupt.aborted), input)
}

function parseTimeout(text: string): number {
  const duration = parseDuration(text)
  const seconds = duration && durationSeconds(duration)
  if (seconds !== undefined) return seconds
  throw new MlpipeError({code: 'usage', message: `--timeout takes a time such as 45s, 90m or 2h, not "${text}"`})
}

function splitParameters(texts: readonly string[]): {given: NameValue[]; problems: string[]} {
  const pairs = texts.map((text) => ({text, pair: splitParameter(text)}))
  const wrong = pairs.filter(({pair}) => pair === undefined)
  return {
    given: pairs.flatMap(({pair}) => pair ?? []),
    problems: wrong.map(({text}) => `"${text}" is not name=value, as in --param epochs=50`),
  }
}

function deployedDefinition(pipeline: Pipeline): PipelineDefinition {
  const definition = readDefinition(pipeline.definition)
  if (definition) return definition
  throw new MlpipeError({
    code: 'definition-unreadable',
    message: `the deployed definition of "${pipeline.name}" cannot be read`,
    nextSteps: [nextCommand('deploy', {})],
  })
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

function outcomeOf(end: FollowEnd, {status}: ExecutionReport, interrupted: boolean): RunOutcome {
  if (end === 'timed-out') return 'timed-out'
  // It may have come to its end before the stop reached it.
  if (status === 'Succeeded') return 'succeeded'
  if (end === 'interrupted' || (interrupted && status === 'Stopped')) return 'interrupted'
  return status === 'Failed' ? 'failed' : 'stopped'
}

function result(report: ExecutionReport, outcome: RunOutcome, place: Place): RunResult {
  return {formatVersion: 1, outcome, ...report, next: nextSteps(report, outcome, place)}
}

function nextSteps(report: ExecutionReport, outcome: RunOutcome, place: Place): string[] {
  const {execution} = report
  switch (outcome) {
    case 'succeeded':
      return report.models
        .filter(({approval}) => approval === 'PendingManualApproval')
        .map(({model}) => nextCommand(`models approve ${model}`, place))
    case 'failed': {
      const step = report.failure?.step
      const failed = report.steps.find(({name}) => name === step)
      const logs =
        failed?.jobArn === undefined ? [] : [nextCommand(`executions logs ${execution} --step ${step}`, place)]
      return [...logs, nextCommand(`executions show ${execution}`, place)]
    }
    case 'stopped':
    case 'interrupted':
      return [nextCommand(`executions show ${execution}`, place)]
    case 'started':
    case 'timed-out':
      return [`show ${execution}`, `logs ${execution} --follow`, `stop ${execution}`].map((words) =>
        nextCommand(`executions ${words}`, place),
      )
  }
}
