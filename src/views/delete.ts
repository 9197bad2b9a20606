// `mlpipe delete`: what goes and what stays, before it is asked for and after it is done.

import type {DeleteResult, TriggerReport} from '../actions/delete/delete-result.ts'
import {painter} from './style.ts'
import {fields} from './table.ts'
import {bytes, count} from './time.ts'
import {asItIs, type Screen, type View} from './view.ts'

export const deleteView: View<DeleteResult> = {
  human: (result, screen) => {
    const {pipeline, target, outcome} = result
    if (outcome === 'nothing-there') return `there is no pipeline ${pipeline} on ${target}: nothing to delete`
    if (outcome === 'kept') return `nothing was deleted: ${pipeline} on ${target} is as it was`
    if (outcome === 'deleted') return deleteLines(result, screen, 'deleted').join('\n')
    return [...deleteProposal(result, screen), 'nothing is deleted: this was a dry run'].join('\n')
  },
  json: asItIs,
}

/** Before it is asked for; what was done says the same in the past. */
export function deleteProposal(result: DeleteResult, screen: Screen): string[] {
  return deleteLines(result, screen, 'goes')
}

function deleteLines(result: DeleteResult, {width, colour}: Screen, going: 'goes' | 'deleted'): string[] {
  const paint = painter(colour)
  const {arn, target, executions, triggers, data, stays, isForeign} = result
  const goes = [
    ...(arn === undefined ? [] : [`pipeline ${result.pipeline}`, `its ${count(executions, 'execution')}`]),
    ...triggers.map(describeTrigger),
    ...result.alarms.map((alarm) => `alarm ${alarm}`),
    ...(result.scheduleGroup === undefined ? [] : [`schedule group ${result.scheduleGroup}`]),
    ...(result.role === undefined ? [] : [`role ${result.role}`]),
    ...(data ? [`${count(data.objects, 'object')} (${bytes(data.bytes)}) under ${data.uri}`] : []),
  ]
  const kept = [
    ...(stays.data === undefined ? [] : [`data under ${stays.data}`]),
    ...stays.groups.map((group) => `model package group ${group}`),
    ...stays.endpoints.map((endpoint) => `endpoint ${endpoint}`),
    'models and jobs that it made',
  ]
  return [
    ...fields(
      [
        [going, listed(goes)],
        ['stays', listed(kept)],
        ['target', target],
        ['arn', arn],
      ],
      width,
    ),
    ...(isForeign ? [paint.yellow('it was not made by mlpipe (it has no tag mlpipe:version)')] : []),
  ]
}

function describeTrigger({kind, name, within, keptForOthers}: TriggerReport): string {
  if (keptForOthers) return `the target in rule ${name}, which starts other things too`
  return within === 'default' ? `${kind} ${name}` : `${kind} ${name} (${within})`
}

function listed(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item))
}
