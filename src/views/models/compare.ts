// `mlpipe models compare`.

import type {ComparedModel, CompareModelsResult} from '../../actions/models/compare-models.ts'
import type {ComparedMetric, ComparedTaken, ProvenanceComparison} from '../../lineage/compare-provenance.ts'
import type {SourceOrigin} from '../../lineage/provenance.ts'
import {oneLine} from '../printable.ts'
import {delta, differs, type Row, type Section, sideBySide, toRow} from '../side-by-side.ts'
import {type Paint, painter} from '../style.ts'
import {clock, shortNumber} from '../time.ts'
import {asItIs, nextLines, type View} from '../view.ts'
import {shortApproval} from './registry.ts'

export const compareModelsView: View<CompareModelsResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    const lines = sideBySide([about(result, paint), ...compared(result)], width, paint)
    const gaps = result.gaps.map((gap) => paint.yellow(`not known: ${oneLine(gap)}`))
    return [...lines, ...(gaps.length > 0 ? ['', ...gaps] : []), ...nextLines(result.next)].join('\n')
  },
  json: asItIs,
}

function about({before, after}: CompareModelsResult, paint: Paint): Section {
  const row = (label: string, show: (model: ComparedModel) => string): Row => {
    return {word: '', label, before: show(before), after: show(after)}
  }
  const rows = [
    row('', ({model}) => paint.bold(model)),
    row('approval', ({approval}) => shortApproval(approval, paint)),
    row('registered (UTC)', ({createdAt}) => clock(createdAt)),
    row('execution', ({execution = '-'}) => execution),
  ]
  return {title: '', rows}
}

/** Only of steps whose result one of them took over. */
function takenOverRows(before: ComparedModel, after: ComparedModel): Row[] {
  const steps = new Set([...after.ranIn, ...before.ranIn].map(({step}) => step))
  const rows = [...steps].map((step) => ({step, left: sourceOf(step, before), right: sourceOf(step, after)}))
  const isOwn = (source: string) => source === 'itself' || source === '-'
  return rows
    .filter(({left, right}) => !isOwn(left) || !isOwn(right))
    .map(({step, left, right}) => ({word: '', label: oneLine(step), before: left, after: right}))
}

/** Of jobs outside of pipelines there is nothing to say. */
function sourceOf(wanted: string, {execution: own, ranIn}: ComparedModel): string {
  const execution = ranIn.find(({step}) => step === wanted)?.execution
  if (execution === undefined || own === undefined) return '-'
  return execution === own ? 'itself' : execution
}

function compared(result: CompareModelsResult): Section[] {
  const {metrics, parameters, hyperparameters, data, code, images} = result
  return [
    {title: 'results from', rows: takenOverRows(result.before, result.after)},
    {title: 'metrics', rows: metrics.map(metricRow)},
    {title: 'data', rows: data.map(takenRow)},
    {title: 'code', rows: [...code.map(takenRow), ...originRows(result)]},
    {title: 'parameters', rows: parameters.map((one) => toRow(one.name, one, oneLine, differs))},
    {
      title: 'hyperparameters',
      rows: hyperparameters.map((one) => toRow(`${one.step}: ${one.name}`, one, oneLine, differs)),
    },
    {title: 'images', rows: images.map((one) => toRow(one.step, one, imageName, differs))},
  ]
}

function metricRow(metric: ComparedMetric): Row {
  const label = metric.step === undefined ? metric.name : `${metric.step}: ${metric.name}`
  const judged = metric.change === undefined ? '' : ` ${metric.change}`
  return toRow(label, metric, shortNumber, (before, after) => `${delta(before, after)}${judged}`)
}

function takenRow(one: ProvenanceComparison['data'][number]): Row {
  const file = one.after?.file ?? one.before?.file
  const words = {same: 'same', differs: 'differs', unknown: 'same place', 'written-between': 'written between'}
  const label = `${one.step}: ${file ?? one.name}`
  return toRow(label, one, shownContent, () => words[one.sameness ?? 'differs'])
}

/** What was in it, as far as that is known: a place is long, and says less. */
/** Of an archive that holds one file alone, the hash of that file, as `sha256sum` gives it. */
function shownContent({uri, content, fileSha256}: ComparedTaken): string {
  return content === undefined ? uri : (fileSha256 ?? content.value).slice(0, 10)
}

function originRows({origin: {before, after}}: CompareModelsResult): Row[] {
  if (before?.gitCommit === undefined && after?.gitCommit === undefined) return []
  const commitOf = (origin: SourceOrigin | undefined) => {
    if (origin?.gitCommit === undefined) return {}
    return {commit: `${origin.gitCommit.slice(0, 10)}${origin.gitDirty ? ' and changes' : ''}`}
  }
  const [{commit: left}, {commit: right}] = [commitOf(before), commitOf(after)]
  const sides = {...(left === undefined ? {} : {before: left}), ...(right === undefined ? {} : {after: right})}
  // Two deploys with uncommitted changes may have had other changes each.
  const word = (one: string, other: string) => (one === other && before?.gitDirty ? 'same commit' : differs(one, other))
  return [toRow('git commit', sides, oneLine, word)]
}

/** The registry's host says little: `…/sagemaker-scikit-learn:1.2-1-cpu-py3` -> the part behind it. */
function imageName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1)
}
