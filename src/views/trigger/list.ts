// `mlpipe trigger list`.

import type {TriggersResult} from '../../actions/triggers/look/list-triggers.ts'
import type {TriggerReport} from '../../actions/triggers/look/trigger-report.ts'
import {oneLine} from '../printable.ts'
import {type Paint, painter} from '../style.ts'
import {type Field, fields} from '../table.ts'
import {asItIs, nextLines, type Screen, type View} from '../view.ts'
import {firingParts, makers, specWords, standingWords, startWords, stateWords} from './words.ts'

export const triggersView: View<TriggersResult> = {
  human: (result, screen) => {
    const {pipeline, target, triggers, isDeployed, notes, next} = result
    const paint = painter(screen.colour)
    const undeployed = isDeployed ? [] : [paint.yellow(`${pipeline} is not deployed to ${target}`)]
    const said = [...undeployed, ...notes]
    if (triggers.length === 0) return [...said, `nothing starts ${pipeline} on ${target}`].join('\n')

    const entries = triggers.map((trigger) => entry(trigger, result.zone, screen, paint).join('\n'))
    const steps = next.length === 0 ? [] : ['', ...nextLines(next)]
    return [...said, entries.join('\n\n'), ...steps].join('\n')
  },
  json: asItIs,
}

function entry(trigger: TriggerReport, zone: string, {width}: Screen, paint: Paint): string[] {
  const {name, kind, waitsFor, madeBy, standing, next, lastStart, problems} = trigger
  const by = madeBy === 'spec' ? undefined : makers[madeBy]
  const about: Field[] = [
    ['when', oneLine(waitsFor)],
    ...(next ? firingParts(next, zone) : []).map((time, index): Field => [index === 0 ? 'next' : '', time]),
    ['last run', lastStart && startWords(lastStart, paint)],
    ['made by', by && standing ? `${by}: ${standingWords(standing)}` : by],
    ...specWords(trigger).map((line, index): Field => [index === 0 ? 'spec' : '', line]),
    ...problems.map((problem): Field => [paint.red('problem'), oneLine(problem)]),
  ]
  const lines = fields(about, width - indent.length).map((line) => `${indent}${line}`)
  return [`${paint.bold(name)} (${kind}, ${stateWords(trigger, paint)})`, ...lines]
}

const indent = '  '
