// `mlpipe trigger test`: one trigger in full, several a line each; with --replay what many events would have done.

import type {ReplayResult} from '../../actions/triggers/test/replay/replay-result.ts'
import type {
  MismatchReport,
  TestedParameter,
  TestResult,
  TriggerVerdict,
} from '../../actions/triggers/test/test-result.ts'
import {flow, widest} from '../flow.ts'
import {oneLine} from '../printable.ts'
import {type Paint, padEnd, painter} from '../style.ts'
import {alignRows} from '../table.ts'
import {shortValue} from '../values.ts'
import type {Screen, View} from '../view.ts'
import {replayText} from './replay.ts'
import {firingLines} from './words.ts'

export const testView: View<TestResult | ReplayResult> = {
  human: (result, screen) => (result.kind === 'replay' ? replayText(result, screen) : testText(result, screen)),
  json: (result) => result,
}

function testText(result: TestResult, {width, colour}: Screen): string {
  const setting: Setting = {...result, width: Math.min(width, widest), paint: painter(colour)}
  const [only, ...more] = result.triggers
  const shown = only && more.length === 0 ? wholeVerdict(only, setting) : verdictRows(result, setting)
  const notes = result.notes.flatMap((note) => flow([{text: `note: ${note}`}], setting.width, 2, ''))
  return [...shown, ...notes].join('\n')
}

type Setting = Pick<TestResult, 'event' | 'zone'> & {readonly width: number; readonly paint: Paint}

function wholeVerdict(trigger: TriggerVerdict, setting: Setting): string[] {
  const {width, paint, zone} = setting
  const sample = trigger.sample ? ['', 'the sample:', JSON.stringify(trigger.sample, null, 2)] : []
  return [
    ...flow([{text: sentenceOf(trigger, setting), paint: paintOf(trigger, paint)}], width, 2, ''),
    ...(trigger.name === undefined ? [] : entry('when', [oneLine(trigger.waitsFor)], width)),
    ...parameterLines(trigger.parameters, width),
    ...(trigger.mismatches ?? []).flatMap((mismatch) => mismatchLines(mismatch, width)),
    ...(trigger.next ? entry('next', firingLines(trigger.next, zone), width) : []),
    ...sample,
  ]
}

const indent = 13

/** A label, and lines that go on below each other. */
function entry(label: string, lines: readonly string[], width: number): string[] {
  return lines.flatMap((text, index) => flow([{text}], width, indent, padEnd(`  ${index === 0 ? label : ''}`, indent)))
}

function sentenceOf(trigger: TriggerVerdict, {event}: Setting): string {
  const {verdict, why = '', isEnabled} = trigger
  const name = trigger.name ?? 'the pattern'
  const fires = trigger.name === undefined ? 'matches' : 'fires for'
  const off = isEnabled ? '' : '; it is disabled, and starts nothing'
  switch (verdict) {
    case 'fires':
      if (trigger.kind === 'schedule') return `${name} fires by the clock${off}`
      return isEnabled ? `${name} ${fires} ${event.shown}` : `${name} would fire for ${event.shown}${off}`
    case 'cannot-start':
      return `${name} ${fires} ${event.shown}, and cannot start the pipeline${off}`
    case 'does-not-match':
      return `${name} does not ${trigger.name === undefined ? 'match' : 'fire for'} ${event.shown}${off}`
    case 'waits-for-no-event':
      return `${name} goes by the clock, and fires for no event${off}`
    case 'no-sample':
      return `no sample can be made for ${name}: ${why}`
  }
}

function paintOf({verdict, isEnabled}: TriggerVerdict, paint: Paint): (text: string) => string {
  if (verdict === 'fires') return isEnabled ? paint.green : paint.yellow
  return verdict === 'cannot-start' ? paint.red : paint.yellow
}

function parameterLines(parameters: readonly TestedParameter[], width: number): string[] {
  const rows = alignRows(
    parameters.map((one) => [one.name, valueText(one), sourceOf(one)]),
    width - indent,
  )
  const problems = parameters.flatMap(({problem}) => (problem === undefined ? [] : [oneLine(problem)]))
  const given = rows.map((row, index) => `${padEnd(`  ${index === 0 ? 'gives' : ''}`, indent)}${row}`)
  return [...given, ...entry('refused', problems, width)]
}

/** Columns that a value gets beside its name and where it comes from. */
const valueRoom = 60

function valueText({value}: TestedParameter): string {
  return value === undefined ? 'nothing' : shortValue(value, valueRoom)
}

function sourceOf({value, path}: TestedParameter): string {
  if (path !== undefined) return `from ${path}`
  return value === undefined ? '' : 'constant'
}

function mismatchLines({field, why, wanted, found, hint}: MismatchReport, width: number): string[] {
  return [
    ...entry('field', [field], width),
    ...entry('wanted', [oneLine(wanted)], width),
    ...entry('found', [foundWords(why, found)], width),
    ...entry('hint', hint === undefined ? [] : [hint], width),
  ]
}

function foundWords(why: MismatchReport['why'], found: readonly string[]): string {
  const values = oneLine(found.join(', '))
  switch (why) {
    case 'absent':
      return 'nothing: the event has no such field'
    case 'other-element':
      return `${values}, but not in the element of the array where the other fields match`
    default:
      return values
  }
}

const marks: Readonly<Record<TriggerVerdict['verdict'], string>> = {
  fires: '+ fires',
  'cannot-start': '! refused',
  'does-not-match': '- does not fire',
  'waits-for-no-event': '. by the clock',
  'no-sample': '? no sample',
}

function verdictRows({triggers}: TestResult, setting: Setting): string[] {
  const {width, paint, event} = setting
  const rows = triggers.map((trigger) => [
    paintOf(trigger, paint)(trigger.isEnabled ? marks[trigger.verdict] : `${marks[trigger.verdict]} (disabled)`),
    trigger.name ?? '',
    detailOf(trigger),
  ])
  return [
    `for ${event.from === 'sample' ? 'a sample of its own each' : event.shown}:`,
    ...alignRows(rows, width - 2).map((row) => `  ${row}`),
  ]
}

/** What of the whole verdict fits on a line. */
function detailOf(trigger: TriggerVerdict): string {
  const {verdict, parameters, mismatches: [mismatch] = [], why = '', next} = trigger
  if (mismatch) return mismatchText(mismatch)
  if (verdict === 'no-sample') return why
  const [problem] = parameters.flatMap((one) => one.problem ?? [])
  if (problem !== undefined) return oneLine(problem)
  const times = next ? [`next ${firingLines(next, next.kind === 'times' ? next.zone : '')[0] ?? ''}`] : []
  return [...parameters.map((one) => `${one.name}=${valueText(one)}`), ...times].join(', ')
}

function mismatchText({field, wanted, found, hint}: MismatchReport): string {
  const values = found.length === 0 ? 'nothing' : oneLine(found.join(', '))
  return `${field}: ${hint ?? `found ${values}, wanted ${oneLine(wanted)}`}`
}
