// `--from`, `--only` and `--select`: the steps that a selective execution runs. Pure.

import {stepGraph} from '../../definition/dependencies.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {borderOf, gapsBetween, withDownstream} from '../../graph/selection.ts'
import {suggestName} from '../../text/nearest-name.ts'

export type StepChoice = {
  /** This step and everything downstream of it. */
  readonly from?: string | undefined
  /** Just these. */
  readonly only?: readonly string[] | undefined
  /** These, and what lies between them. */
  readonly select?: readonly string[] | undefined
}

export type ChosenSteps = {
  /** In the order of the definition. */
  readonly steps: readonly string[]
  /** Steps outside whose results they need. */
  readonly needs: readonly string[]
}

/** SelectedSteps takes 1 to 50 (API reference, SelectiveExecutionConfig). */
const mostSteps = 50

/** Undefined when all steps are to run. Throws a usage error for a name or a set that SageMaker would refuse. */
export function chooseSteps(choice: StepChoice, definition: PipelineDefinition): ChosenSteps | undefined {
  const {from, only, select} = choice
  if (from === undefined && only === undefined && select === undefined) return undefined

  const graph = stepGraph(definition)
  const named = from === undefined ? namesOf(only ?? select ?? []) : [from]
  if (named.length === 0) throw wrong('name at least one step')
  checkStepNames(named, graph.nodes)

  const picked = new Set(from === undefined ? named : withDownstream(graph, from))
  const gaps = gapsBetween(graph, picked)
  if (only !== undefined && gaps.length > 0) throw gapError(named, gaps)
  for (const gap of gaps) picked.add(gap)
  if (picked.size > mostSteps) {
    throw wrong(`SageMaker runs at most ${mostSteps} selected steps, and these are ${picked.size}`)
  }
  return {steps: graph.nodes.filter((name) => picked.has(name)), needs: borderOf(graph, picked).needs}
}

/** The flags may be given several times, and each may name several steps: `--only train,evaluate`. */
export function namesOf(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

/** Throws one usage error for all names that are no steps. */
export function checkStepNames(names: readonly string[], known: readonly string[]): void {
  const problems = names.filter((name) => !known.includes(name)).map((name) => unknownStep(name, known))
  if (problems.length > 0) throw wrong(problems.join('\n'))
}

function unknownStep(name: string, known: readonly string[]): string {
  return `"${name}" is not a step of the deployed pipeline: ${suggestName(name, known) ?? 'it has no steps'}`
}

function gapError(named: readonly string[], gaps: readonly string[]): MlpipeError {
  const [one, others] = gaps.length === 1 ? ['step', 'it'] : ['steps', 'them']
  return new MlpipeError({
    code: 'wrong-steps',
    message:
      `${gaps.join(', ')} ${gaps.length === 1 ? 'lies' : 'lie'} between ${named.join(', ')}, ` +
      `and SageMaker does not leave out a ${one} between selected ones`,
    nextSteps: [`mlpipe run --select ${named.join(',')}  (runs ${others} too)`],
  })
}

function wrong(message: string): MlpipeError {
  return new MlpipeError({code: 'wrong-steps', message})
}
