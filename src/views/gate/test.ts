// `mlpipe gate test`: the verdict, then each requirement with its values.

import type {GateTestResult} from '../../actions/gates/test-gate.ts'
import {flow, widest} from '../flow.ts'
import {oneLine} from '../printable.ts'
import {type Paint, painter} from '../style.ts'
import {asItIs, type View} from '../view.ts'

export const gateTestView: View<GateTestResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    const room = Math.min(width, widest)
    const verdict = flow([{text: verdictOf(result), paint: colourOf(result.outcome, paint)}], room, 2, '')
    const requirements = result.requirements.flatMap(({told, holds, requirement}) => {
      const {symbol, word, colour: mark} = markOf(holds, paint)
      // Why it cannot be told is said above.
      return flow(
        [{text: oneLine(holds === undefined ? requirement : told)}],
        room,
        12,
        `  ${mark(`${symbol} ${word.padEnd(7)}`)} `,
      )
    })
    return [...verdict, ...requirements].join('\n')
  },
  json: asItIs,
}

function verdictOf({gate, outcome, branch, stepFails}: GateTestResult): string {
  if (stepFails !== undefined) return `${gate} would fail, and the execution with it: ${oneLine(stepFails)}`
  const steps = branch && branch.steps.length > 0 ? branch.steps.join(', ') : 'nothing'
  return `${gate} ${outcome === 'passed' ? 'passes' : 'does not pass'} -> ${steps}`
}

function colourOf(outcome: GateTestResult['outcome'], paint: Paint): (text: string) => string {
  return outcome === 'passed' ? paint.green : paint.red
}

function markOf(holds: boolean | undefined, paint: Paint) {
  if (holds === undefined) return {symbol: '?', word: 'unknown', colour: paint.yellow}
  return holds ? {symbol: '✓', word: 'holds', colour: paint.green} : {symbol: '✗', word: 'fails', colour: paint.red}
}
