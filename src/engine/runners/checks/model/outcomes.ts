// Reads what a model said and what was true out of a data set, by the attributes of the check's environment.
// Source: sagemaker-python-sdk, ModelQualityCheckConfig: each attribute is an index or a JSON path.

import {clientFault} from '../../job-fault.ts'
import {copyOf, isMissing} from '../data/column.ts'
import type {Cell, Columns, DatasetFormat} from '../dataset.ts'
import {readRows} from '../dataset.ts'
import type {Label, Outcomes} from './quality.ts'

export type Attributes = {
  readonly groundTruth: string
  readonly inference: string | undefined
  readonly probability: string | undefined
  /** From which probability on the label is 1, when the data have no predicted label. */
  readonly threshold: number
}

export type ReadOutcomes = {readonly outcomes: Outcomes; readonly skipped: number}

export async function readOutcomes(
  files: readonly string[],
  format: DatasetFormat,
  attributes: Attributes,
  isStopped: () => boolean,
): Promise<ReadOutcomes> {
  const {groundTruth, inference, probability, threshold} = attributes
  const actual: Label[] = []
  const predicted: Label[] = []
  const probabilities: number[] = []
  const indexes = new Map<string, number>()
  let skipped = 0

  const indexOf = (columns: Columns, attribute: string): number => {
    const index = indexes.get(attribute) ?? columnIndex(columns, attribute)
    indexes.set(attribute, index)
    return index
  }

  const onRow = (cells: readonly Cell[], columns: Columns) => {
    const cellOf = (attribute: string | undefined) =>
      attribute === undefined ? undefined : cells[indexOf(columns, attribute)]
    const chance = cellOf(probability)
    const truth = cellOf(groundTruth)
    const guess = inference === undefined ? labelFrom(chance, threshold) : cellOf(inference)
    if (isMissing(truth) || isMissing(guess) || (probability !== undefined && isMissing(chance))) {
      skipped += 1
      return
    }
    actual.push(label(truth))
    predicted.push(label(guess))
    if (probability !== undefined) probabilities.push(probabilityOf(chance))
  }

  await readRows(files, format, onRow, isStopped)
  if (actual.length === 0) throw clientFault('the data have no row with both an actual and a predicted value')
  return {outcomes: {actual, predicted, probabilities: probability === undefined ? undefined : probabilities}, skipped}
}

/** By name, by `$.path`, or by index (`2`; `_c2` in data without a header). */
export function columnIndex(columns: Columns, attribute: string | number): number {
  const name = String(attribute).replace(/^\$\.?/, '')
  const byName = columns.indexOf(name)
  if (byName >= 0) return byName
  const index = /^(?:_c)?(\d+)$/.exec(name)?.[1]
  if (index !== undefined && Number(index) < columns.length) return Number(index)
  const some = columns.slice(0, 10).join(', ')
  throw clientFault(`the data have no column "${attribute}"; they have ${some}${columns.length > 10 ? ' …' : ''}`)
}

/** 1, 1.0 and "1" are one label. */
export function label(cell: Cell | undefined): Label {
  const text = String(cell).trim()
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : copyOf(text)
}

function labelFrom(probability: Cell | undefined, threshold: number): string {
  return Number(probability) >= threshold ? '1' : '0'
}

function probabilityOf(cell: Cell | undefined): number {
  const value = Number(cell)
  if (Number.isNaN(value)) throw clientFault(`"${String(cell)}" is no probability`)
  return value
}
