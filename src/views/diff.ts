// `mlpipe diff` for people: what a deploy would change, then what a run would do.

import type {ChangeReport, DiffResult, ReasonReport, RunForecast, StepForecast} from '../actions/forecast/forecast.ts'
import {tellData} from './data-words.ts'
import {flow, isOneLine, type Piece, widest} from './flow.ts'
import {
  markOf,
  placeText,
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
import {oneLine} from './printable.ts'
import {displayWidth, type Paint, padEnd, painter} from './style.ts'
import {count} from './time.ts'
import {changeText, shortValue, valueText} from './values.ts'
import {asItIs, type View} from './view.ts'

/** Reasons shown of one step; `why` shows them all. */
const shownReasons = 6
const reasonIndent = 7

export const diffView: View<DiffResult> = {
  human: (result, {width, colour}) => {
    const setting: Setting = {file: result.file, width: Math.min(width, widest), paint: painter(colour)}
    return [...deployHalf(result, setting), '', ...runHalf(result, setting)].join('\n')
  },
  json: asItIs,
}

function deployHalf(result: DiffResult, setting: Setting): string[] {
  const {deploy, run} = result
  const {width, paint} = setting
  const head = flow([{text: describeDeploy(result)}], width, 8, `${paint.bold('Deploy')}  `)
  if (result.against.kind === 'nothing') return [...head, ...createdLines(run, setting)]
  return [...head, ...bySubject(deploy.changes).flatMap((group) => subjectLines(group, setting))]
}

/** What a deploy does, in one sentence. */
export function describeDeploy(result: DiffResult): string {
  const {against, deploy, run} = result
  if (against.kind === 'nothing') {
    const parameters = run.parameters.length === 0 ? '' : ` and ${count(run.parameters.length, 'parameter')}`
    return `creates the pipeline: ${count(run.steps.length, 'step')}${parameters}`
  }
  const creates = deploy.outcome === 'create' ? 'creates the pipeline; ' : ''
  return `${creates}${describeChanges(result)}`
}

function describeChanges({against, deploy}: DiffResult): string {
  const base = againstName(against)
  if (deploy.changes.length > 0) {
    return `${against.kind === 'deployed' ? '' : `against ${base}: `}${countChanges(deploy.changes)}`
  }
  if (against.kind !== 'deployed') return `no difference: the spec is the same as ${base}`
  if (deploy.outcome === 'update') return 'updates the pipeline, whose definition stays the same'
  return 'nothing to deploy: the spec is what is deployed'
}

function againstName({kind, name}: DiffResult['against']): string {
  if (kind === 'deployed') return 'what is deployed'
  return kind === 'execution' ? `what execution ${name ?? ''} ran` : (name ?? 'nothing')
}

/** `changes 2 steps and 1 parameter, adds 1 step`. */
function countChanges(changes: readonly ChangeReport[]): string {
  const groups = bySubject(changes)
  const of = (kind: ChangeReport['kind']) => groups.filter((group) => kindOf(group) === kind)
  const parts = (['changed', 'added', 'removed'] as const).flatMap((kind) => {
    const some = of(kind)
    return some.length === 0 ? [] : [`${verbs[kind]} ${countSubjects(some)}`]
  })
  return parts.join(', ')
}

const verbs = {changed: 'changes', added: 'adds', removed: 'removes'} as const

/** A subject is new or gone when the change is about the whole of it. */
function kindOf(group: readonly ChangeReport[]): ChangeReport['kind'] {
  return group.find(({path}) => path === '')?.kind ?? 'changed'
}

/** `2 steps and 1 parameter`. */
function countSubjects(groups: readonly (readonly ChangeReport[])[]): string {
  const amounts = (['step', 'parameter'] as const).flatMap((kind) => {
    const amount = groups.filter(([first]) => first?.subject.kind === kind).length
    return amount === 0 ? [] : [count(amount, kind)]
  })
  const isPipeline = groups.some(([first]) => first?.subject.kind === 'pipeline')
  return [...amounts, ...(isPipeline ? ['the pipeline itself'] : [])].join(' and ') || 'nothing'
}

/** In order of first appearance. */
export function bySubject(changes: readonly ChangeReport[]): ChangeReport[][] {
  const groups = new Map<string, ChangeReport[]>()
  for (const change of changes) {
    const key = `${change.subject.kind} ${change.subject.name}`
    const group = groups.get(key)
    if (group) group.push(change)
    else groups.set(key, [change])
  }
  return [...groups.values()]
}

/** Where everything is new, names are enough. */
function createdLines({parameters, steps}: RunForecast, {width, paint}: Setting): string[] {
  const list = (label: string, items: readonly {readonly name: string}[]) => {
    if (items.length === 0) return []
    const lead = `  ${paint.green('+ added')}  ${padEnd(label, 10)}  `
    return flow([{text: items.map(({name}) => name).join(', ')}], width, 23, lead)
  }
  return [...list('parameters', parameters), ...list('steps', steps)]
}

export type Setting = {readonly file: string; readonly width: number; readonly paint: Paint}

const changeMarks = {
  added: {symbol: '+', paint: 'green'},
  removed: {symbol: '-', paint: 'red'},
  changed: {symbol: '~', paint: 'yellow'},
} as const

function subjectLines(group: readonly ChangeReport[], setting: Setting): string[] {
  const [first] = group
  if (!first) return []
  const title = subjectTitle(first)
  const [whole] = group.filter(({path}) => path === '')
  if (whole && group.length === 1) return changeLines(whole, title, 2, setting)
  return [
    `  ${setting.paint.bold(title)}`,
    ...group.flatMap((change) => changeLines(change, changePath(change), 4, setting)),
  ]
}

export function subjectTitle({subject}: ChangeReport): string {
  return subject.kind === 'pipeline' ? 'the pipeline' : `${subject.kind} ${oneLine(subject.name)}`
}

/** A step's changes are in its arguments, unless the path says otherwise. */
export function changePath({path}: ChangeReport): string {
  return path.replace(/^Arguments\.?/, '') || 'all of it'
}

function changeLines(change: ChangeReport, title: string, indent: number, {file, width, paint}: Setting): string[] {
  const {symbol, paint: colour} = changeMarks[change.kind]
  const lead = `${' '.repeat(indent)}${padEnd(paint[colour](`${symbol} ${change.kind}`), 9)}  `
  const hang = indent + 11
  const pieces: Piece[] = [
    {text: title},
    {text: changedValue(change, valueRoom(width, hang)), paint: paint.bold},
    keyPiece(change, paint),
    {text: placeText(file, change.line), paint: paint.dim},
  ]
  return flow(pieces, width, hang, lead)
}

function changedValue({kind, path, before, after}: ChangeReport, room: number): string {
  // A whole step or parameter: its definition is no value to read here.
  if (path === '') return ''
  if (kind === 'changed') return changeText(before, after, room)
  const value = kind === 'added' ? after : before
  return value === undefined ? '' : shortValue(value, room)
}

/** Whether SageMaker looks at it when it looks for an earlier result. */
export function keyText({inKey}: ChangeReport): string {
  if (inKey === undefined) return ''
  return inKey ? 'in the cache key' : 'not in the cache key'
}

function keyPiece(change: ChangeReport, paint: Paint): Piece {
  return {text: keyText(change), paint: change.inKey ? paint.cyan : paint.yellow}
}

/** Values get a line of their own at most, and no more than reads well. */
function valueRoom(width: number, indent: number): number {
  return Math.max(24, Math.min(120, width - indent))
}

function runHalf({run}: DiffResult, setting: Setting): string[] {
  const {width, paint} = setting
  const head = flow([{text: describeParameters(run)}], width, 8, `${paint.bold('Run')}     `)
  const steps = stepLines(run, setting)
  const data = tellData(run).flatMap((text) => flow([{text}], width, 4, '  '))
  const causes = run.causes.flatMap((cause) => flow([{text: tellCause(cause, run)}], width, 4, '  '))
  const time = tellTime(run)
  const summary = [tellCounts(run), ...(time === undefined ? [] : [time])]
  return [
    ...head,
    ...steps,
    ...(data.length + causes.length > 0 ? ['', ...data, ...causes] : []),
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
