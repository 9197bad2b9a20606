// `mlpipe lineage`: from what was asked about, step by step to what it came from, or to what came of it.

import type {
  LineageExecution,
  LineageFormat,
  LineageModel,
  LineageResult,
  LineageStep,
  Measured,
  TakenReport,
  Took,
} from '../actions/lineage/lineage-result.ts'
import {cutMiddle} from './flow.ts'
import {oneLine} from './printable.ts'
import {sinceWords} from './since-words.ts'
import {displayWidth, type Paint, padEnd, painter} from './style.ts'
import {fields} from './table.ts'
import {ago, clock, count, duration, shortNumber} from './time.ts'
import {asItIs, nextLines, type View} from './view.ts'

const shownMetrics = 6
const hashLength = 12
const shownGaps = 12

/** The tree for people, JSON, or the document that the result holds. */
export function lineageView(format: LineageFormat): View<LineageResult> {
  return {
    human: (result, {width, colour}) => {
      if (format === 'json') return JSON.stringify(result, null, 2)
      if (result.document !== undefined) return result.document.replace(/\n$/, '')
      return tree(result, width, painter(colour))
    },
    json: asItIs,
  }
}

/** It went into a file. */
export function lineageFileView(path: string): View<LineageResult> {
  return {
    human: ({subject, direction, steps, gaps}) => {
      const left = gaps.length === 0 ? '' : `; ${count(gaps.length, 'gap')}`
      return `${path} holds what lies ${direction} of ${subject.name} (${count(steps.length, 'step run')}${left})`
    },
    json: asItIs,
  }
}

/** A list is broken between its items, a text between its words. */
type Line = readonly [label: string, value: string | readonly string[]]

function tree(result: LineageResult, width: number, paint: Paint): string {
  const {direction, models, steps, subject} = result
  const modelBlocks = models.map((model) => modelLines(model, model.model === subject.name, width, paint))
  // Upstream one reads from the model back; downstream from the data on.
  const ordered = direction === 'upstream' ? [...steps].reverse() : steps
  const about: About = {
    own: direction === 'upstream' ? result.executions[0]?.execution : undefined,
    commits: new Map(result.executions.map(({execution, origin}) => [execution, commitText(origin)])),
  }
  const blocks = [
    head(result, width, paint),
    ...(direction === 'upstream' ? modelBlocks : []),
    ...(result.took && result.took.length > 0 ? [tookLines(result.took, width, paint)] : []),
    ...ordered.map((step) => stepLines(step, about, width, paint)),
    ...(direction === 'downstream' ? modelBlocks : []),
    executionLines(result.executions, width, paint),
    gapLines(result.gaps, width, paint),
    nextLines(result.next),
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')
}

function head({subject, direction, notes}: LineageResult, width: number, paint: Paint): string[] {
  const file = subject.kind === 'file' && subject.isFolder ? 'folder' : 'file'
  const words = {model: 'model', execution: 'execution', endpoint: 'endpoint', object: '', file}[subject.kind]
  const name = [words, subject.name].filter((word) => word !== '').join(' ')
  const hash = subject.kind === 'file' ? ` ${shortHash(subject.sha256)}` : ''
  const way = direction === 'upstream' ? 'what made it' : 'what came of it'
  const told = notes.flatMap((note) => branchText('', oneLine(note), width, '! ', '  '))
  return [`${paint.bold(name)}${hash}: ${way}`, ...told.map((line) => paint.yellow(line))]
}

function modelLines(model: LineageModel, isSubject: boolean, width: number, paint: Paint): string[] {
  const reason = model.approvalReason === undefined ? '' : ` (${oneLine(model.approvalReason)})`
  const by = registrant(model)
  return [
    ...(isSubject ? [] : [paint.bold(`model ${model.model}`)]),
    ...fields(
      [
        ['approval', `${paintApproval(model.approval, paint)}${reason}`],
        ['registered', `${clock(model.createdAt)} UTC (${ago(model.agoSeconds)})${by}`],
        ['metrics', numbers(model.metrics)],
        ['file', model.modelDataUrl],
        ['endpoints', model.endpoints.length === 0 ? 'none that is known' : model.endpoints.join(', ')],
      ],
      width,
    ),
  ]
}

function registrant({registeredBy, goneExecutionArn}: LineageModel): string {
  if (registeredBy) return ` by ${registeredBy.execution}`
  if (goneExecutionArn === undefined) return ', by no execution that is known'
  return ` by ${lastPart(goneExecutionArn)}, which is there no more`
}

const heldWords = {same: 'the same today', changed: 'changed since', gone: 'gone since', 'place-only': 'by its place'}

function tookLines(took: readonly Took[], width: number, paint: Paint): string[] {
  const rows = took.map(({step, execution, input, content, sha256, held, since}): Line => {
    const seen = content ? identityText(content, sha256) : ''
    const told = [held === undefined ? '' : heldWords[held], sinceWords(since) ?? '']
    return [`${step} ${execution}`, [`as ${input}`, seen, ...told].filter((word) => word !== '').join(', ')]
  })
  return [paint.bold('taken by'), ...branch(rows, width)]
}

type About = {
  /** The execution that is asked about: what it took over is said to be cached. */
  readonly own: string | undefined
  readonly commits: ReadonlyMap<string, string>
}

function stepLines(step: LineageStep, about: About, width: number, paint: Paint): string[] {
  const rows: Line[] = [
    ...step.inputs.map((taken): Line => ['data', takenText(taken, step)]),
    ...step.code.map((taken): Line => ['code', `${takenText(taken, step)}${about.commits.get(step.execution) ?? ''}`]),
    ...values('parameters', step.parameters),
    ...values('set', step.hyperparameters),
    ...values('environment', step.environment),
    ...(step.image === undefined ? [] : [['image', lastPart(step.image)] as const]),
    ...(step.metrics.length === 0 ? [] : [['gave', numbers(step.metrics)] as const]),
    ...(step.simulated === undefined ? [] : [['simulated', oneLine(step.simulated)] as const]),
  ]
  return [...stepHead(step, about, width, paint), ...branch(rows, width)]
}

function stepHead(step: LineageStep, {own: asked}: About, width: number, paint: Paint): string[] {
  const {type, status, execution, takenOverBy, agoSeconds, durationSeconds, jobArn, executionArn, isExecutionGone} =
    step
  const name = `${paint.bold(step.step)}  ${type}`
  const own = takenOverBy.filter(({execution: taker}) => taker === asked)
  const isFailed = status === 'Failed' || status === 'Stopped'
  const state = isFailed ? `${paint.red(status.toLowerCase())} in ` : ''
  const when = agoSeconds === undefined ? '' : `, ${ago(agoSeconds)}`
  const took = durationSeconds === undefined || durationSeconds < 0.005 ? '' : ` (${duration(durationSeconds)})`
  const [how] = own.map((taker) => taker.how)
  const ranIn = isExecutionGone ? `${execution} (there no more)` : execution
  const source = executionArn === jobArn ? 'outside of pipelines' : ranIn
  const others = takenOverBy.length - own.length
  const also = others === 0 || how !== undefined ? '' : `, ${paint.dim(`taken over by ${listed(takenOverBy)}`)}`
  const word = how === undefined ? '' : `${paint.cyan(how)}: really ran in `
  const ran = `${word}${state}${source}${when}${took}${also}`
  const line = `${name}  ${ran}`
  return displayWidth(line) <= width ? [line] : [name, ...branchText('', ran, width, '  ', '  ')]
}

function listed(takers: LineageStep['takenOverBy']): string {
  const ids = takers.map(({execution}) => execution)
  return ids.length <= 2 ? ids.join(', ') : `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more`
}

function takenText(
  {name, uri, content, file, fileSha256, madeBy, since}: TakenReport,
  {execution}: LineageStep,
): string {
  if (madeBy) {
    const elsewhere = madeBy.execution === execution ? '' : ` (${madeBy.execution})`
    return `${name} from ${madeBy.step}${elsewhere}`
  }
  const what = file ?? (content?.kind === 'content-hash' ? lastPart(uri) : uri)
  const words = content === undefined ? sinceWords(since) : identityText(content, fileSha256)
  const identity = words === undefined ? '' : `  ${words}`
  return name === 'code' ? `${what}${identity}` : `${name}  ${what}${identity}`
}

/** Of a single file the hash that sha256sum gives. */
function identityText({kind, value}: NonNullable<TakenReport['content']>, fileSha256 = value): string {
  return kind === 'fingerprint' ? `fingerprint:${short(value)}` : `sha256:${short(fileSha256)}`
}

function executionLines(executions: readonly LineageExecution[], width: number, paint: Paint): string[] {
  if (executions.length === 0) return []
  return [
    paint.bold('executions'),
    ...executions.flatMap(({execution, status, agoSeconds, parameters, origin}) => {
      const rows: Line[] = [...values('parameters', parameters), ['deployed from', originText(origin)]]
      return [`${execution}  ${status}, ${ago(agoSeconds)}`, ...branch(rows, width)]
    }),
  ]
}

/** Where code stands beside its hash. */
function commitText(origin: LineageExecution['origin']): string {
  if (origin?.gitCommit === undefined) return ''
  return `  commit ${origin.gitCommit.slice(0, 8)}${origin.gitDirty ? ' + changes' : ''}`
}

function originText(origin: LineageExecution['origin']): string {
  if (!origin) return 'not known: no note of a deploy was found'
  const {gitCommit, gitDirty, specSha256, mlpipeVersion, from} = origin
  const commit = gitCommit === undefined ? 'no git commit' : `commit ${gitCommit.slice(0, hashLength)}`
  const dirty = gitDirty ? ' with changes that were not committed' : ''
  const spec = specSha256 === undefined ? '' : `, spec sha256:${short(specSha256)}`
  const by = mlpipeVersion === undefined ? '' : `, mlpipe ${mlpipeVersion}`
  const source = from === 'tags' ? " (as the pipeline's tags say)" : ''
  return `${commit}${dirty}${spec}${by}${source}`
}

function gapLines(gaps: readonly string[], width: number, paint: Paint): string[] {
  if (gaps.length === 0) return []
  const more = gaps.length - shownGaps
  const shown = [...gaps.slice(0, shownGaps), ...(more > 0 ? [`and ${more} more, which --json tells`] : [])]
  return [paint.bold('not followed'), ...shown.flatMap((gap) => branchText('', oneLine(gap), width, '- ', '  '))]
}

function values(label: string, pairs: readonly {readonly name: string; readonly value: string}[]): Line[] {
  if (pairs.length === 0) return []
  return [[label, pairs.map(({name, value}) => `${name}=${oneLine(value)}`)]]
}

function numbers(metrics: readonly Measured[]): string[] {
  const shown = metrics.slice(0, shownMetrics).map(({name, value}) => `${name} ${shortNumber(value)}`)
  const more = metrics.length - shown.length
  const items = [...shown, ...(more > 0 ? [`and ${more} more`] : [])]
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item))
}

/** Lines that hang on the one above them, labels in a column; long values go on below themselves. */
function branch(rows: readonly Line[], width: number): string[] {
  const column = Math.max(0, ...rows.map(([label]) => displayWidth(label)))
  return rows.flatMap(([label, value], index) => {
    const isLast = index === rows.length - 1
    return branchText(padEnd(label, column), value, width, isLast ? '└─ ' : '├─ ', isLast ? '   ' : '│  ')
  })
}

function branchText(
  label: string,
  value: string | readonly string[],
  width: number,
  rail: string,
  below: string,
): string[] {
  const indent = label === '' ? 0 : displayWidth(label) + 2
  const room = Math.max(20, width - rail.length - indent)
  const lines: string[] = []
  const words = typeof value === 'string' ? value.split(' ') : value
  for (const word of words.map((part) => cutMiddle(part, room))) {
    const last = lines.at(-1)
    if (last === undefined || displayWidth(last) + 1 + displayWidth(word) > room) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map((line, index) => {
    const front = index === 0 && label !== '' ? `${label}  ` : ' '.repeat(indent)
    return `${index === 0 ? rail : below}${front}${line}`.trimEnd()
  })
}

function paintApproval(approval: string, paint: Paint): string {
  if (approval === 'Approved') return paint.green(approval)
  return approval === 'Rejected' ? paint.red(approval) : paint.yellow(approval)
}

function shortHash(sha256: string): string {
  return `sha256:${short(sha256)}`
}

function short(digest: string): string {
  return digest.slice(0, hashLength)
}

function lastPart(uri: string): string {
  return uri.split('/').findLast((part) => part !== '') ?? uri
}
