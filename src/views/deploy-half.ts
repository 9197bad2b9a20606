// What a deploy would change, by step and path: the first half of a diff, and what is shown before a deploy is asked for.

import type {ChangeReport, DiffResult} from '../actions/forecast/forecast.ts'
import {flow, type Piece} from './flow.ts'
import {placeText} from './place-text.ts'
import {oneLine} from './printable.ts'
import {type Paint, padEnd} from './style.ts'
import {count} from './time.ts'
import {changeText, shortValue} from './values.ts'

/** What is only counted and named, of a pipeline that is new. */
type Named = readonly {readonly name: string}[]

/** What a diff and a proposed deploy both tell. */
export type DeployHalf = Pick<DiffResult, 'file' | 'against' | 'deploy'> & {
  readonly run: {readonly parameters: Named; readonly steps: Named}
}

export function deployHalf(result: DeployHalf, setting: Setting): string[] {
  const {deploy, run} = result
  const {width, paint} = setting
  const head = flow([{text: describeDeploy(result)}], width, 8, `${paint.bold('Deploy')}  `)
  if (result.against.kind === 'nothing') return [...head, ...createdLines(run, setting)]
  return [...head, ...bySubject(deploy.changes).flatMap((group) => subjectLines(group, setting))]
}

/** What a deploy does, in one sentence. */
export function describeDeploy(result: DeployHalf): string {
  const {against, deploy, run} = result
  if (against.kind === 'nothing') {
    const parameters = run.parameters.length === 0 ? '' : ` and ${count(run.parameters.length, 'parameter')}`
    return `creates the pipeline: ${count(run.steps.length, 'step')}${parameters}`
  }
  const creates = deploy.outcome === 'create' ? 'creates the pipeline; ' : ''
  return `${creates}${describeChanges(result)}`
}

function describeChanges({against, deploy}: DeployHalf): string {
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
function bySubject(changes: readonly ChangeReport[]): ChangeReport[][] {
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
function createdLines({parameters, steps}: DeployHalf['run'], {width, paint}: Setting): string[] {
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
export function valueRoom(width: number, indent: number): number {
  return Math.max(24, Math.min(120, width - indent))
}
