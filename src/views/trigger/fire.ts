// `mlpipe trigger fire`.

import type {FiredTrigger, FirePreview, FireResult} from '../../actions/triggers/fire/fire-trigger.ts'
import {runView} from '../execution.ts'
import {oneLine} from '../printable.ts'
import {type Field, fields} from '../table.ts'
import {asItIs, nextLines, type Screen, type View} from '../view.ts'

export const fireView: View<FireResult> = {
  human: (result, screen) => {
    if (result.outcome === 'dry-run') return preview(result, screen)
    return [...fields([['trigger', describe(result.trigger)]], screen.width), runView.human(result, screen)].join('\n')
  },
  json: asItIs,
}

function preview({trigger, parameters, notes, next}: FirePreview, {width}: Screen): string {
  const paths = new Map(trigger.parameters.map(({name, value, path}) => [name, {value, path}]))
  const values = parameters.map(({name, value}) => {
    const taken = paths.get(name)
    const from = taken?.path !== undefined && taken.value === value ? `  (${taken.path})` : ''
    return `${name}=${oneLine(value)}${from}`
  })
  const lines: Field[] = [
    ['trigger', describe(trigger)],
    ...(values.length === 0 ? ['none: every one has its default'] : values).map(
      (value, index): Field => [index === 0 ? 'parameters' : '', value],
    ),
    ...notes.map((note): Field => ['note', oneLine(note)]),
  ]
  return [...fields(lines, width), 'nothing is started: this was a dry run', ...nextLines(next)].join('\n')
}

function describe({name, kind, event}: FiredTrigger): string {
  const what = `${name} (${kind})`
  if (!event) return `${what}, without an event, as schedules start it`
  return `${what}, with ${eventWords[event.from]}${event.id === undefined ? '' : ` ${event.id}`}`
}

const eventWords = {
  sample: 'a sample event',
  given: 'the event',
  object: 'the event of the object',
  'model-package': 'the event of the model package',
} as const
