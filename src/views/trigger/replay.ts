// `mlpipe trigger test --replay`: how often each trigger would have fired, and what the executions would have run.

import type {ReplayResult, RunsReport, TriggerReplay} from '../../actions/triggers/test/replay/replay-result.ts'
import {flow, widest} from '../flow.ts'
import {minute, roughly} from '../forecast-words.ts'
import {oneLine} from '../printable.ts'
import {type Paint, painter} from '../style.ts'
import {table} from '../table.ts'
import {count} from '../time.ts'
import type {Screen} from '../view.ts'

export function replayText(result: ReplayResult, screen: Screen): string {
  const width = Math.min(screen.width, widest)
  const paint = painter(screen.colour)
  const blocks = [
    eventLines(result, width, paint),
    triggerLines(result.triggers, width),
    result.runs ? runLines(result.runs, width) : [],
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')
}

function eventLines({from, events, first, last, broken}: ReplayResult, width: number, paint: Paint): string[] {
  const span = first === undefined || last === undefined ? '' : `, ${minute(first)} to ${minute(last)}`
  const skipped = broken.count === 0 ? '' : `; ${count(broken.count, 'record')} could not be read`
  const more = broken.count - broken.records.length
  return [
    ...flow([{text: `${from}: ${count(events, 'event')}${span}${skipped}`}], width, 2, ''),
    ...broken.records.flatMap(({line, problem}) =>
      flow([{text: `line ${line}: ${oneLine(problem)}`, paint: paint.yellow}], width, 4, '  '),
    ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

function triggerLines(triggers: readonly TriggerReplay[], width: number): string[] {
  const rows = triggers.map((one) => {
    const {fires, repeatedEvents, repeatedHappenings, refused, first, last} = one
    const isClock = one.kind === 'schedule'
    const counts = [fires, repeatedEvents + repeatedHappenings, refused].map(String)
    return [nameOf(one), ...(isClock ? ['-', '-', '-'] : counts), timeCell(first), timeCell(last)]
  })
  const head = ['TRIGGER', 'FIRES', 'TWICE', 'REFUSED', 'FIRST (UTC)', 'LAST (UTC)']
  return [
    ...table(head, rows, width).split('\n'),
    ...triggers.flatMap((one) => remarksOn(one).flatMap((text) => flow([{text: oneLine(text)}], width, 4, '  '))),
  ]
}

function timeCell(iso: string | undefined): string {
  return iso === undefined ? '' : iso.slice(0, 16).replace('T', ' ')
}

function nameOf({name}: TriggerReplay): string {
  return name ?? 'the pattern'
}

function remarksOn(trigger: TriggerReplay): string[] {
  const {kind, isEnabled, fires, repeatedEvents, repeatedHappenings, refused, problems, failsAt} = trigger
  const name = nameOf(trigger)
  if (kind === 'schedule') return [`${name} goes by the clock, and fires for no event`]
  const twice = [
    ...(repeatedEvents > 0 ? [`${repeatedEvents} for an event that came before`] : []),
    ...(repeatedHappenings > 0 ? [`${repeatedHappenings} for another event of the same happening`] : []),
  ]
  return [
    ...(isEnabled ? [] : [`${name} is disabled: it starts nothing`]),
    ...(fires === 0 && failsAt
      ? [`${name} never fires: ${count(failsAt.events, 'event')} fail at ${failsAt.field}`]
      : []),
    ...(twice.length > 0 ? [`${name} fires twice: ${twice.join(', ')}`] : []),
    ...(refused > 0 ? [`${name} starts nothing for ${refused} of them: ${problems.join('; ')}`] : []),
  ]
}

function runLines({executions, parameterSets, history, steps, total}: RunsReport, width: number): string[] {
  const past =
    history.from === 'none'
      ? 'as if nothing had run yet'
      : `after ${count(history.executions, 'execution')} that the target had`
  const head = `${count(executions, 'execution')} with ${count(parameterSets, 'different set')} of parameters, ${past}:`
  const hasConditions = total.conditional > 0
  const cells = (one: RunsReport['total']) => [
    String(one.runs),
    ...(hasConditions ? [String(one.conditional)] : []),
    String(one.reused),
    ...(total.seconds === undefined ? [] : [one.seconds === undefined ? '' : roughly(one.seconds)]),
  ]
  return [
    ...flow([{text: head}], width, 2, ''),
    ...table(
      [
        ...['STEP', 'TYPE', 'RUNS'],
        ...(hasConditions ? ['IF REACHED'] : []),
        'REUSED',
        ...(total.seconds === undefined ? [] : ['TAKES ABOUT']),
      ],
      [...steps.map((step) => [step.name, step.type, ...cells(step)]), ['total', '', ...cells(total)]],
      width,
    ).split('\n'),
  ]
}
