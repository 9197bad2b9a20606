// `mlpipe trigger delete`: what goes and what stays, before it is asked for and after it is done.

import type {DeleteTriggersResult, RemovedTrigger} from '../../actions/triggers/delete-triggers-result.ts'
import {painter} from '../style.ts'
import {fields} from '../table.ts'
import {asItIs, nextLines, type Screen, type View} from '../view.ts'

export const deleteTriggersView: View<DeleteTriggersResult> = {
  human: (result, screen) => {
    const {pipeline, target, outcome, next} = result
    if (outcome === 'kept') return `nothing was deleted: the triggers of ${pipeline} on ${target} are as they were`
    if (outcome === 'nothing-there') {
      const left = result.leaves.length === 0 ? [] : deleteLines(result, screen, 'goes')
      return [`no trigger of ${pipeline} on ${target} is mlpipe's: nothing to delete`, ...left].join('\n')
    }
    const lines = deleteLines(result, screen, outcome === 'deleted' ? 'deleted' : 'goes')
    const dryRun = outcome === 'dry-run' ? ['nothing is deleted: this was a dry run'] : []
    return [...lines, ...dryRun, ...nextLines(next)].join('\n')
  },
  json: asItIs,
}

/** Before it is asked for. */
export function deleteTriggersProposal(result: DeleteTriggersResult, screen: Screen): string[] {
  return deleteLines(result, screen, 'goes')
}

function deleteLines(result: DeleteTriggersResult, {width, colour}: Screen, going: 'goes' | 'deleted'): string[] {
  const paint = painter(colour)
  const {pipeline, target, triggers, role, group, leaves} = result
  const goes = [
    ...triggers.flatMap((trigger) => [describe(trigger), ...(trigger.alarm ? [`alarm ${trigger.alarm}`] : [])]),
    ...(group === undefined ? [] : [`schedule group ${group}`]),
    ...(role === undefined ? [] : [`role ${role}`]),
  ]
  const isForeign = triggers.some((trigger) => trigger.isForeign)
  return [
    ...fields(
      [
        [going, goes.join('; ')],
        ['stays', leaves.map((one) => `${describe(one)}${one.isForeign ? ', not made by mlpipe' : ''}`).join('; ')],
        ['pipeline', pipeline],
        ['target', target],
      ],
      width,
    ),
    ...(isForeign ? [paint.yellow('it was not made by mlpipe')] : []),
  ]
}

function describe({name, kind, starter, within, keptForOthers}: RemovedTrigger): string {
  const place = within === 'default' ? starter : `${starter} (${within})`
  const what = keptForOthers ? `the target in rule ${place}, which starts other things too` : `${kind} ${place}`
  return name === undefined ? what : `trigger ${name}: ${what}`
}
