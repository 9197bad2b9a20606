// `mlpipe diff --markdown`: a comment for a pull request. What matters is in sight, what is long is folded.

import type {ChangeReport, DiffResult, RunForecast, StepForecast} from '../actions/forecast/forecast.ts'
import {tellData} from './data-words.ts'
import {changePath, describeDeploy, keyText, subjectTitle} from './deploy-half.ts'
import {describeParameters} from './diff.ts'
import {
  markOf,
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
import {codeSpan, details, escapeMarkdown, markdownTable} from './markdown.ts'
import {placeText} from './place-text.ts'
import {count} from './time.ts'
import {shortPair, shortValue} from './values.ts'
import {asItIs, type View} from './view.ts'

/** Rows in sight; a longer table is folded. */
const rowsInSight = 12
const valueRoom = 60

export const diffMarkdownView: View<DiffResult> = {
  human: (result) => {
    const {pipeline, target, run} = result
    const time = tellTime(run)
    return [
      `### Plan for ${codeSpan(pipeline)} on ${codeSpan(target)}`,
      '',
      `**Deploy** ${escapeMarkdown(describeDeploy(result))}  `,
      `**Run** ${escapeMarkdown(tellCounts(run))}${time === undefined ? '' : `; ${escapeMarkdown(time)}`}`,
      ...warnings(result),
      ...deployTable(result),
      ...runTable(result),
    ].join('\n')
  },
  json: asItIs,
}

function warnings({run, file}: DiffResult): string[] {
  const told = run.warnings.map(({message, line}) => {
    const place = line === undefined ? '' : ` (${spot(file, line)})`
    return `- **Warning:** ${escapeMarkdown(message)}${place}`
  })
  const gap = run.history.gap
  const cut = gap === undefined ? [] : [`- **Warning:** the history is not whole: ${escapeMarkdown(gap)}`]
  return told.length + cut.length === 0 ? [] : ['', ...told, ...cut]
}

function deployTable({deploy, file}: DiffResult): string[] {
  if (deploy.changes.length === 0) return []
  const rows = deploy.changes.map((change) => {
    const [before, after] = change.path === '' ? ['', ''] : sides(change)
    const where = change.path === '' ? '' : codeSpan(changePath(change))
    return [
      change.kind,
      escapeMarkdown(subjectTitle(change)),
      where,
      before,
      after,
      keyText(change),
      spot(file, change.line),
    ]
  })
  const table = markdownTable(['change', 'of', 'argument', 'old', 'new', 'cache', 'line'], rows)
  return ['', ...folded(`Deploy: ${count(rows.length, 'change')}`, rows.length, table)]
}

type Sides = Pick<ChangeReport, 'before' | 'after'>

/** Old and new as code spans, empty for what is not there. */
function sides({before, after}: Sides): readonly [string, string] {
  if (before !== undefined && after !== undefined) {
    const [left, right] = shortPair(before, after, 2 * valueRoom)
    return [codeSpan(left), codeSpan(right)]
  }
  const [left, right] = [before, after].map((value) =>
    value === undefined ? '' : codeSpan(shortValue(value, valueRoom)),
  )
  return [left ?? '', right ?? '']
}

function runTable({run, file}: DiffResult): string[] {
  const verdicts = verdictsOf(run.steps)
  const rows = run.steps.map((step) => {
    const {symbol, word} = markOf(step)
    const [first = ''] = whyCells(step, verdicts, file)
    const more = step.reasons.length > 1 ? ` and ${count(step.reasons.length - 1, 'more reason')}` : ''
    return [codeSpan(step.name), step.type, `${codeSpan(symbol)} ${word}`, `${first}${more}`]
  })
  const table = markdownTable(['step', 'type', 'verdict', 'why'], rows)
  return [
    '',
    `**A run** ${escapeMarkdown(describeParameters(run))}:`,
    '',
    ...folded(`Run: ${tellCounts(run)}`, rows.length, table),
    ...causes(run),
    ...allReasons(run, verdicts, file),
  ]
}

/** What is said of a step, one cell's text for each reason. */
function whyCells(step: StepForecast, verdicts: Verdicts, file: string): string[] {
  const when = tellConditional(step)
  const before = when === undefined ? '' : `${escapeMarkdown(when)}; `
  if (step.verdict === 'hit') {
    const stale = tellStale(step)
    const note = stale === undefined ? '' : `; **${escapeMarkdown(stale)}**`
    return [`${before}${escapeMarkdown(tellHit(step).join(', '))}${note}`]
  }
  if (step.verdict === 'skipped') return [escapeMarkdown(tellSkipped(step))]
  if (step.outcome !== undefined) return [`${before}is ${step.outcome}, whatever the run does`]
  return step.reasons.map((reason, index) => {
    const {words, path = '', change} = tellReason(reason, step.type, verdicts)
    const place = reason.line === undefined ? '' : ` (${spot(file, reason.line)})`
    const where = path === '' ? '' : codeSpan(path)
    const head = index === 0 ? before : ''
    if (!change) return `${head}${escapeMarkdown(words)}${where === '' ? '' : ` in ${where}`}${place}`
    return `${head}${where} ${changeCell(change)}${place}`
  })
}

function changeCell(change: Sides): string {
  const [left, right] = sides(change)
  if (left === '') return `added: ${right}`
  return right === '' ? `removed, was ${left}` : `${left} -&gt; ${right}`
}

function causes(run: RunForecast): string[] {
  const told = [...tellData(run), ...run.causes.map((cause) => tellCause(cause, run)), ...gateTexts(run.gates)]
  return told.length === 0 ? [] : ['', ...told.map((text) => `- ${escapeMarkdown(text)}`)]
}

/** Every reason of the steps that have more than one. */
function allReasons({steps}: RunForecast, verdicts: Verdicts, file: string): string[] {
  const many = steps.filter(({reasons}) => reasons.length > 1)
  if (many.length === 0) return []
  const lines = many.flatMap((step) => [
    `- ${codeSpan(step.name)}`,
    ...whyCells(step, verdicts, file).map((text) => `  - ${text}`),
  ])
  return ['', ...details('All reasons', lines)]
}

function spot(file: string, line: number | undefined): string {
  return codeSpan(placeText(file, line))
}

function folded(summary: string, rows: number, lines: readonly string[]): string[] {
  return rows <= rowsInSight ? [...lines] : details(summary, lines)
}
