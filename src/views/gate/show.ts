// `mlpipe gate show`.

import type {GatesResult} from '../../actions/gates/show-gates.ts'
import {oneLine} from '../printable.ts'
import {painter} from '../style.ts'
import {type Field, fields} from '../table.ts'
import {asItIs, nextLines, type View} from '../view.ts'

type Gate = GatesResult['gates'][number]

export const gatesView: View<GatesResult> = {
  human: (result, {width, colour}) => {
    const {pipeline, target, gates, next} = result
    if (gates.length === 0) return `${pipeline} on ${target} has no condition`
    const paint = painter(colour)
    const blocks = gates.map((gate) => [paint.bold(gate.gate), ...indented(fields(rows(gate), width - 2))].join('\n'))
    return [blocks.join('\n\n'), ...nextLines(next)].join('\n')
  },
  json: asItIs,
}

function rows({requirements, branches, champion, inForce}: Gate): Field[] {
  return [
    ...requirements.map((text, index): Field => [index === 0 ? 'asks for' : 'and', oneLine(text)]),
    ['champion', champion && `${champion.champion?.model ?? 'none'} of ${champion.group}`],
    ...(champion?.requirements ?? []).map(({text}): Field => ['now', oneLine(text)]),
    ['in force', inForce && tellInForce(inForce)],
    ['then', branches.then.join(', ')],
    ['else', branches.else.join(', ')],
  ]
}

function tellInForce({state, model = 'no champion', since = ''}: NonNullable<Gate['inForce']>): string {
  if (state === 'missing') return 'nothing yet: the condition would fail'
  return state === 'current' ? `since ${since}` : `outdated: ${model}, since ${since}`
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
