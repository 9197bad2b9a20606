// The SelectiveExecutionConfig of StartPipelineExecution: which steps run, and what is copied in place of the others.
//
// Sources: API reference, SelectiveExecutionConfig; Developer Guide, "Selective execution of pipeline steps". What these
// leave open is decided here: steps that are not connected by any path may be selected together; all successful steps
// upstream are copied, and at least those that a selected step needs directly must be there; a selected step in a branch
// that the source's condition did not take is refused, because it could never start.

import {stepGraph} from '../../definition/dependencies.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {borderOf, gapsBetween, neededOutside} from '../../graph/selection.ts'
import {chosenBranch} from '../scheduler/kept-steps.ts'
import type {Db} from '../store/database.ts'
import {isTerminal, type Selection} from '../store/executions.ts'
import {findSteps, parseMetadata, type StepRow} from '../store/steps.ts'
import type {InputOf} from '../validations/shape.ts'
import type {startPipelineExecutionShape} from '../validations/start-pipeline-execution.ts'
import {executionOf} from './finding.ts'
import {type Fault, invalid} from './reply.ts'

type Config = NonNullable<InputOf<typeof startPipelineExecutionShape>['SelectiveExecutionConfig']>

export type Selected =
  | {readonly kind: 'selected'; readonly selection: Selection; readonly copies: readonly StepRow[]}
  | {readonly kind: 'fault'; readonly fault: Fault}

/** Checks the configuration against the definition that will run and the execution it takes results from. */
export function selectSteps(config: Config, definition: PipelineDefinition, pipelineArn: string, db: Db): Selected {
  const steps = [...new Set(config.SelectedSteps.map(({StepName}) => StepName))]
  const picked = new Set(steps)
  const graph = stepGraph(definition)
  const unknown = steps.filter((name) => !graph.nodes.includes(name))
  if (unknown.length > 0) {
    return invalid(`Invalid SelectedSteps: ${list(unknown)} are not defined in the pipeline definition.`)
  }
  const gaps = gapsBetween(graph, picked)
  if (gaps.length > 0) {
    return invalid(
      `Invalid SelectedSteps: ${list(steps)}. All steps in all paths between two selected steps should be included: ` +
        `${list(gaps)} are missing.`,
    )
  }

  const {dependents, needs} = borderOf(graph, picked)
  const sourceArn = config.SourcePipelineExecutionArn
  const leaning = `The selected steps ${list(dependents)} have dependencies on ${list(needs)}`
  if (sourceArn === undefined) {
    // The service's own sentence, aws/sagemaker-python-sdk issue 4444.
    if (needs.length > 0) return invalid(`Invalid SourcePipelineExecutionArn: null. ${leaning}`)
    return {kind: 'selected', selection: {steps}, copies: []}
  }

  const source = sourceSteps(sourceArn, pipelineArn, db)
  if (source.kind === 'fault') return source
  const absent = needs.filter((name) => !source.successes.has(name))
  if (absent.length > 0) {
    return invalid(
      `Invalid SourcePipelineExecutionArn: ${sourceArn}. ${leaning}, of which ${list(absent)} did not succeed in it.`,
    )
  }
  const untaken = untakenSteps(definition, picked, source.successes)
  if (untaken.length > 0) {
    return invalid(
      `Invalid SourcePipelineExecutionArn: ${sourceArn}. The selected steps ${list(untaken)} are in branches that it did not take.`,
    )
  }
  const upstream = new Set(neededOutside(graph, picked))
  const copies = [...source.successes.values()].filter(({name}) => upstream.has(name))
  return {kind: 'selected', selection: {steps, sourceArn}, copies}
}

/** The row that stands in a new execution for a step whose result is copied. It is no candidate of the step cache. */
export function copyOf(step: StepRow, sourceArn: string, copy: {executionArn: string; position: number; atMs: number}) {
  const {executionArn, position, atMs} = copy
  const times = {startedAtMs: atMs, endedAtMs: atMs, attempts: 1}
  return {...step, ...times, executionArn, position, cachedFrom: null, signature: null, copiedFrom: sourceArn}
}

type Source = {readonly kind: 'source'; readonly successes: ReadonlyMap<string, StepRow>}

/** The API reference wants a Failed or a Succeeded source; the SageMaker Python SDK's documentation adds Stopped. */
function sourceSteps(arn: string, pipelineArn: string, db: Db): Source | Extract<Selected, {kind: 'fault'}> {
  const found = executionOf(db, arn)
  if (found.kind === 'fault') return found
  const {row} = found
  if (row.pipelineArn !== pipelineArn) {
    return invalid(
      `Invalid SourcePipelineExecutionArn: ${arn}. It is not an execution of the pipeline '${pipelineArn}'.`,
    )
  }
  if (!isTerminal(row.status)) {
    return invalid(`Invalid SourcePipelineExecutionArn: ${arn}. The execution is in ${row.status} status.`)
  }
  const successes = findSteps(db, arn).filter(({status}) => status === 'Succeeded')
  return {kind: 'source', successes: new Map(successes.map((step) => [step.name, step]))}
}

function untakenSteps(
  definition: PipelineDefinition,
  picked: ReadonlySet<string>,
  successes: ReadonlyMap<string, StepRow>,
): string[] {
  return flattenSteps(definition).flatMap(({step, parent}) => {
    const condition = parent && !picked.has(parent.condition) ? successes.get(parent.condition) : undefined
    const isUntaken = condition && picked.has(step.Name) && chosenBranch(parseMetadata(condition)) !== parent?.branch
    return isUntaken ? [step.Name] : []
  })
}

function list(names: readonly string[]): string {
  return `[${names.join(', ')}]`
}
