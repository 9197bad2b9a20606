// What is drawn of a graph: the pipeline, with the states of an execution or the verdicts of a plan laid over it.

import type {GraphResult} from '../../actions/graph/graph.ts'
import type {Picture} from '../../picture/picture.ts'
import {withStates} from './with-states.ts'
import {withVerdicts} from './with-verdicts.ts'

export function pictureOf(result: GraphResult): Picture {
  const {picture, states, verdicts} = result
  const drawn = verdicts ? withVerdicts(picture, verdicts) : withStates(picture, states ?? [])
  return {...drawn, title: titleOf(result), description: `${sourceWords(result)}: ${picture.description}`}
}

function titleOf({pipeline, source}: GraphResult): string {
  if (source.kind === 'execution') return `${pipeline}, execution ${source.execution}`
  return source.kind === 'plan' ? `${pipeline}, what a run would do` : pipeline
}

/** Where it comes from, for one who cannot see where the command was given. */
function sourceWords({source}: GraphResult): string {
  switch (source.kind) {
    case 'spec':
      return `Pipeline of ${source.file} for target ${source.target}`
    case 'plan':
      return `What a run of ${source.file} on target ${source.target} would do`
    case 'definition':
      return `Pipeline definition of ${source.file === '-' ? 'standard input' : source.file}`
    case 'deployed':
      return `Pipeline as it is deployed to target ${source.target}`
    case 'execution':
      return `Execution ${source.execution} on target ${source.target}, ${source.status}`
  }
}
