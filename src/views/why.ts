// `mlpipe why`: one step, its verdict in a sentence, the chain to the root cause, and its whole key, old beside new.

import type {StepForecast, WhyResult} from '../actions/forecast/forecast.ts'
import type {Setting} from './deploy-half.ts'
import {reasonPieces} from './diff.ts'
import {flow, type Piece, widest} from './flow.ts'
import {
  markOf,
  markOfVerdict,
  minute,
  roughly,
  tellConditional,
  tellHit,
  tellReason,
  tellSkipped,
  tellStale,
  type Verdicts,
} from './forecast-words.ts'
import {placeText} from './place-text.ts'
import {oneLine} from './printable.ts'
import {type Paint, padEnd, painter} from './style.ts'
import {count} from './time.ts'
import {changeText, shortValue} from './values.ts'
import {asItIs, type View} from './view.ts'

export const whyView: View<WhyResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    const setting: Setting = {file: result.file, width: Math.min(width, widest), paint}
    const blocks = [
      verdictLines(result, setting),
      chainLines(result, setting),
      keyLines(result, setting),
      endLines(result, setting),
    ]
    return blocks
      .filter((block) => block.length > 0)
      .map((block) => block.join('\n'))
      .join('\n\n')
  },
  json: asItIs,
}

/** The verdict, then every reason. */
function verdictLines(result: WhyResult, setting: Setting): string[] {
  const {step, chain} = result
  const {width, paint} = setting
  const {paint: colour} = markOf(step)
  const sentence = {text: describeVerdict(result), paint: colour ? paint[colour] : undefined}
  const verdicts: Verdicts = new Map(chain.map((link) => [link.step, link.verdict]))
  const isTold = step.verdict !== 'hit' && step.verdict !== 'skipped' && step.outcome === undefined
  const reasons = isTold
    ? step.reasons.map((reason) => reasonPieces(reason, tellReason(reason, step.type, verdicts), setting, 2))
    : []
  const stale = tellStale(step)
  return [
    ...flow([withoutUndefined(sentence)], width, 0),
    ...reasons.flatMap((pieces) => flow(pieces, width, 4, '  ')),
    ...(stale === undefined ? [] : flow([{text: stale, paint: paint.yellow}], width, 4, '  ')),
  ]
}

function withoutUndefined({text, paint}: {text: string; paint: Piece['paint'] | undefined}): Piece {
  return paint ? {text, paint} : {text}
}

/** `train would rerun: 3 parts of its key differ from abc123`. */
export function describeVerdict({step, execution, nearest}: WhyResult): string {
  const only = tellConditional(step)
  const when = only === undefined ? '' : `, ${only}`
  const did = (next: string, past: string) =>
    `${step.name} ${execution === undefined ? next : `${past} in ${execution}`}`
  switch (step.verdict) {
    case 'hit':
      return `${did('would be reused', 'was reused')}${when}: ${tellHit(step).join(', ')}`
    case 'rerun':
      return `${did('would rerun', 'ran')}${when}: ${rerunCause(step, nearest)}`
    case 'unknown':
      return `${step.name} is unknown${when}: only the run can tell`
    case 'always':
      return `${execution === undefined ? `${step.name} runs` : `${did('', 'ran')}, as`} in every execution${when}${outcomeText(step)}`
    case 'skipped':
      return `${did('would be skipped', 'was skipped')}: ${tellSkipped(step)}`
  }
}

function outcomeText({outcome}: StepForecast): string {
  return outcome === undefined ? '' : `, and is ${outcome}`
}

function rerunCause({reasons}: StepForecast, nearest: WhyResult['nearest']): string {
  const [first] = reasons
  if (first?.code === 'no-earlier-success' || first?.code === 'only-simulated') return 'there is nothing to reuse'
  if (first?.code === 'expired') return 'what could be reused is too old'
  if (first?.code === 'fresh-value') return 'its key holds what is new in this run'
  const differing = reasons.filter(({code}) => code === 'key-differs').length
  const from = nearest ? ` from ${nearest.execution}` : ''
  return differing === 1 ? `1 part of its key differs${from}` : `${differing} parts of its key differ${from}`
}

/** From the step to the root cause; a chain of one link says no more than its reasons. */
function chainLines({chain}: WhyResult, {width, paint}: Setting): string[] {
  if (chain.length < 2) return []
  const names = Math.max(...chain.map(({step}) => step.length))
  const links = chain.flatMap(({step, verdict, because}) => {
    const {symbol, word, paint: colour} = markOfVerdict(verdict)
    const mark = (text: string) => (colour ? paint[colour](text) : text)
    const lead = `  ${mark(symbol)}  ${padEnd(step, names)}  ${padEnd(mark(word), 7)}  `
    return flow([{text: oneLine(because)}], width, width - names < 60 ? 7 : names + 16, lead)
  })
  return [`${paint.bold('Chain')}  each because of the next`, ...links]
}

const partWords = {same: 'same', differs: 'differs', fresh: 'new', open: 'unknown'} as const
const partSymbols = {same: '=', differs: '~', fresh: '~', open: '?'} as const

function keyLines({key, nearest}: WhyResult, setting: Setting): string[] {
  if (key.length === 0) return []
  const {paint} = setting
  const parts = key.reduce((sum, {parts: own}) => sum + own.length, 0)
  const beside = nearest ? `, beside that of ${nearest.execution}` : ''
  return [
    `${paint.bold('Key')}  ${count(parts, 'part')}${beside}`,
    ...key.flatMap((one) => [
      `  ${paint.bold(one.attribute)}`,
      ...partGroups(one).flatMap((group) => groupLines(group, one.attribute, setting)),
    ]),
  ]
}

type Part = WhyResult['key'][number]['parts'][number]

/** Parts that are the same, stand in the same element and come from the same line are told together. */
function partGroups({attribute, parts}: WhyResult['key'][number]): Part[][] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const {element} = splitPath(part.path, attribute)
    const key = part.state === 'same' ? `${element} ${part.line}` : part.path
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
}

/** `InputDataConfig['train'].ChannelName` of InputDataConfig -> `['train']` and `ChannelName`. */
function splitPath(path: string, attribute: string): {readonly element: string; readonly member: string} {
  const own = path.startsWith(attribute) ? path.slice(attribute.length).replace(/^\./, '') : path
  const element = /^\[[^\]]*\]/.exec(own)?.[0] ?? ''
  return {element, member: own.slice(element.length).replace(/^\./, '')}
}

function groupLines(group: readonly Part[], attribute: string, setting: Setting): string[] {
  const [part, ...others] = group
  if (!part) return []
  if (others.length === 0) return partLines(part, attribute, setting)
  const {file, width, paint} = setting
  const members = group.map((one): Piece => {
    const text = `${splitPath(one.path, attribute).member}=${partValue(one, width - partIndent)}`
    return {text, paint: paint.dim}
  })
  const place = {text: placeText(file, part.line), paint: paint.dim}
  const pieces = [{text: splitPath(part.path, attribute).element}, ...members, place]
  return flow(pieces, width, partIndent, partLead(part, paint))
}

const partIndent = 15

function partLines(part: Part, attribute: string, {file, width, paint}: Setting): string[] {
  const {element, member} = splitPath(part.path, attribute)
  const pieces: Piece[] = [
    {text: element === '' || member === '' ? element + member : `${element}.${member}`},
    {text: partValue(part, width - partIndent), paint: part.state === 'same' ? paint.dim : paint.bold},
    {text: part.value === undefined ? '' : `of ${oneLine(part.value)}`, paint: paint.dim},
    {text: placeText(file, part.line), paint: paint.dim},
  ]
  return flow(pieces, width, partIndent, partLead(part, paint))
}

function partLead(part: Part, paint: Paint): string {
  return `    ${padEnd(partColour(part, paint)(`${partSymbols[part.state]} ${partWords[part.state]}`), 9)}  `
}

function partColour({state}: Part, paint: Paint): (text: string) => string {
  if (state === 'same') return paint.dim
  return state === 'open' ? paint.bold : paint.yellow
}

function partValue({state, before, after}: Part, width: number): string {
  const room = Math.max(24, Math.min(120, width))
  if (state === 'same') return after === undefined ? '' : shortValue(after, room)
  if (state === 'differs') return changeText(before, after, room)
  const next = state === 'fresh' ? 'a new value' : 'what the run tells'
  return before === undefined ? next : `${shortValue(before, room - next.length - 4)} -> ${next}`
}

function endLines({nearest, toHit, step}: WhyResult, {width, paint}: Setting): string[] {
  const rows: (readonly [string, string])[] = []
  if (nearest && nearest.parts > 0 && step.verdict !== 'hit') {
    const {differing, parts, execution, endedAt} = nearest
    const verb = differing === 1 ? 'differs' : 'differ'
    rows.push([
      'nearest',
      `${differing} of ${count(parts, 'part')} ${verb} from ${execution} (ended ${minute(endedAt)})`,
    ])
  }
  if (toHit !== undefined) rows.push(['to reuse', oneLine(toHit)])
  if (step.lastSeconds !== undefined && step.lastSeconds >= 0.05) {
    rows.push(['took', `${roughly(step.lastSeconds)} when it last ran`])
  }
  return rows.flatMap(([label, text]) => flow([{text}], width, 10, paint.bold(padEnd(label, 8)) + '  '))
}
