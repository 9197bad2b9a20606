// `mlpipe diff` for people: what a deploy would change, then what a run would do, and where the plan of it lies.

import type {DiffResult, ReasonReport, RunForecast, StepForecast} from '../actions/forecast/forecast.ts'
import {tellData} from './data-words.ts'
import {deployHalf, type Setting, valueRoom} from './deploy-half.ts'
import {flow, isOneLine, type Piece, widest} from './flow.ts'
import {
  markOf,
  roughly,
  type Told,
  tellCause,
  tellConditional,
  tellCounts,
  tellHit,
  tellReason,
  tellSkipped,
  tellStale,
  tellTime,
  type Verdicts,
  verdictsOf,
} from './forecast-words.ts'
import {gateTexts} from './gate/words.ts'
import {placeText} from './place-text.ts'
import {oneLine} from './printable.ts'
import {displayWidth, type Paint, padEnd, painter} from './style.ts'
import {count} from './time.ts'
import {changeText, valueText} from './values.ts'
import {asItIs, nextLines, type View} from './view.ts'

/** Reasons shown of one step; `why` shows them all. */
const shownReasons = 6
const reasonIndent = 7

export const diffView: View<DiffResult> = {
  human: (result, {width, colour}) => {
    const setting: Setting = {file: result.file, width: Math.min(width, widest), paint: painter(colour)}
    const plan =
      result.plan === undefined
        ? []
        : ['', `plan written to ${result.plan}`, ...nextLines([`mlpipe deploy ${result.plan}`])]
    return [...deployHalf(result, setting), '', ...runHalf(result, setting), ...plan].join('\n')
  },
  json: asItIs,
}

function runHalf({run}: DiffResult, setting: Setting): string[] {
  const {width, paint} = setting
  const head = flow([{text: describeParameters(run)}], width, 8, `${paint.bold('Run')}     `)
  const steps = stepLines(run, setting)
  const data = tellData(run).flatMap((text) => flow([{text}], width, 4, '  '))
  const causes = run.causes.flatMap((cause) => flow([{text: tellCause(cause, run)}], width, 4, '  '))
  const time = tellTime(run)
  const gates = gateTexts(run.gates).flatMap((text) => flow([{text}], width, 4, '  '))
  const summary = [tellCounts(run), ...(time === undefined ? [] : [time])]
  return [
    ...head,
    ...steps,
    ...(data.length + causes.length + gates.length > 0 ? ['', ...data, ...causes, ...gates] : []),
    '',
    ...summary.flatMap((text) => flow([{text}], width, 4, '  ')),
    ...warningLines(run, setting),
  ]
}

/** `of the spec as it is now, with epochs=50 and the other 3 parameters at their defaults`. */
export function describeParameters({parameters: all, data = []}: RunForecast): string {
  // Fingerprints are told as data.
  const parameters = all.filter(({name}) => !data.some(({parameter}) => parameter === name))
  const given = parameters.filter(({isDefault}) => !isDefault)
  const rest = parameters.length - given.length
  if (parameters.length === 0) return 'of the spec as it is now'
  if (given.length === 0) return 'of the spec as it is now, with the default parameters'
  const shown = given.map(({name, value}) => `${name}=${valueText(value)}`).join(' ')
  if (rest === 0) return `of the spec as it is now, with ${shown}`
  const others = rest === 1 ? 'the other parameter at its default' : `the other ${rest} parameters at their defaults`
  return `of the spec as it is now, with ${shown} and ${others}`
}

/** What is to be said stands beside the verdict where all of it fits there, else below. */
function stepLines({steps}: RunForecast, setting: Setting): string[] {
  const {width, paint} = setting
  const nameColumns = Math.min(28, Math.max(4, ...steps.map(({name}) => name.length)))
  const typeColumns = Math.max(4, ...steps.map(({type}) => type.length))
  const verdicts = verdictsOf(steps)
  return steps.flatMap((step) => {
    const {symbol, word, paint: colour} = markOf(step)
    const mark = (text: string) => (colour ? paint[colour](text) : text)
    const name = padEnd(step.name, nameColumns)
    const head = `  ${mark(symbol)}  ${name}  ${paint.dim(padEnd(step.type, typeColumns))}  ${padEnd(mark(word), 7)}  `
    const indent = displayWidth(head)
    const first = firstWords(step, paint)
    const rows = explain(step, verdicts, setting, reasonIndent)
    const beside = [[...first, ...(rows[0] ?? [])], ...rows.slice(1)]
    if (beside.every((pieces) => isOneLine(pieces, width - indent))) {
      return beside.flatMap((pieces, index) => flow(pieces, width, indent, index === 0 ? head : undefined))
    }
    return [...flow(first, width, reasonIndent, head), ...rows.flatMap((pieces) => flow(pieces, width, reasonIndent))]
  })
}

function firstWords(step: StepForecast, paint: Paint): Piece[] {
  const {verdict, lastSeconds: seconds = 0} = step
  const isTold = seconds >= 0.05 && verdict !== 'hit' && verdict !== 'skipped'
  return [
    {text: verdict === 'skipped' ? '' : (tellConditional(step) ?? ''), paint: paint.bold},
    {text: isTold ? `about ${roughly(seconds)}` : '', paint: paint.dim},
  ]
}

/** One row of pieces for each thing to say of a step. */
function explain(step: StepForecast, verdicts: Verdicts, setting: Setting, indent: number): Piece[][] {
  const {paint} = setting
  if (step.verdict === 'hit') {
    const stale = tellStale(step)
    const hit = tellHit(step).map((text) => ({text}))
    return [hit, ...(stale === undefined ? [] : [[{text: stale, paint: paint.yellow}]])]
  }
  if (step.verdict === 'skipped') return [[{text: tellSkipped(step), paint: paint.dim}]]
  if (step.outcome !== undefined) return [[{text: `is ${step.outcome}, whatever the run does`}]]

  const shown = step.reasons.slice(0, shownReasons)
  const more = step.reasons.length - shown.length
  return [
    ...shown.map((reason) => reasonPieces(reason, tellReason(reason, step.type, verdicts), setting, indent)),
    ...(more > 0 ? [[{text: `and ${count(more, 'more reason')}: mlpipe why ${step.name}`, paint: paint.dim}]] : []),
  ]
}

export function reasonPieces(reason: ReasonReport, told: Told, {file, width, paint}: Setting, indent: number): Piece[] {
  const place: Piece = {text: placeText(file, reason.line), paint: paint.dim}
  const {words, path = '', change} = told
  if (!change) return [{text: words}, {text: path === '' ? '' : `in ${path}`, paint: paint.dim}, place]
  return [
    {text: path},
    {text: changeText(change.before, change.after, valueRoom(width, indent)), paint: paint.bold},
    place,
  ]
}

function warningLines({warnings, history}: RunForecast, {file, width, paint}: Setting): string[] {
  const lines = warnings.flatMap(({message, line}) => {
    const place = {text: placeText(file, line), paint: paint.dim}
    return flow([{text: oneLine(message)}, place], width, 11, `  ${paint.yellow('warning')}  `)
  })
  const gap =
    history.gap === undefined
      ? []
      : flow([{text: `the history is not whole: ${oneLine(history.gap)}`}], width, 11, `  ${paint.yellow('warning')}  `)
  return [...lines, ...gap].length > 0 ? ['', ...lines, ...gap] : []
}
