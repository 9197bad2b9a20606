// The picture of a pipeline with how its steps went in an execution.

import type {StepReport, StepState} from '../../actions/executions/execution-report.ts'
import type {Picture, PictureNode, Tone} from '../../picture/picture.ts'
import {stepDetail, stepSymbols, stepTime, stepWords} from '../step-line.ts'

const tones: Readonly<Record<StepState, Tone>> = {
  waiting: 'idle',
  running: 'work',
  stopping: 'work',
  succeeded: 'good',
  cached: 'reused',
  reused: 'reused',
  failed: 'bad',
  stopped: 'open',
  'not-run': 'idle',
}

/** By the names of the steps, which are the ids of their nodes. */
export function withStates(picture: Picture, steps: readonly StepReport[]): Picture {
  const states = new Map(steps.map((step) => [step.name, step]))
  const nodes = picture.nodes.map((node) => {
    const step = states.get(node.id)
    return step ? withState(node, step) : node
  })
  return {...picture, nodes}
}

function withState(node: PictureNode, step: StepReport): PictureNode {
  const status = {tone: tones[step.state], word: stepWords[step.state], mark: stepSymbols[step.state]}
  const notes = [stepDetail(step), stepTime(step)].filter((note) => note !== '')
  return {...node, status, notes: [...notes, ...node.notes]}
}
