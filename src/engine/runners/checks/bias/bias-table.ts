// The columns of a data set that a bias analysis needs, in memory.

import {clientFault} from '../../job-fault.ts'
import {isMissing} from '../data/column.ts'
import type {Cell, Columns} from '../dataset.ts'
import {readRows} from '../dataset.ts'
import {columnIndex, label} from '../model/outcomes.ts'
import type {BiasConfig, ColumnId} from './analysis-config.ts'

export type BiasTable = {
  readonly labels: readonly string[]
  readonly predictions: readonly string[] | undefined
  readonly groups: readonly string[] | undefined
  /** In the order of the configuration. */
  readonly facets: readonly (readonly string[])[]
  /** The label column's name. */
  readonly labelName: string
  readonly facetNames: readonly string[]
}

/** Rows without a label or a facet's value are left out, as they say nothing. */
export async function readBiasTable(
  files: readonly string[],
  config: BiasConfig,
  isStopped: () => boolean,
): Promise<BiasTable> {
  const labels: string[] = []
  const predictions: string[] = []
  const groups: string[] = []
  const facets: string[][] = config.facets.map(() => [])
  const indexes = new Map<ColumnId, number>()

  const texts = new Map<string, string>()
  const labelOf = (cell: Cell | undefined): string => {
    const text = String(label(cell))
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }

  const onRow = (cells: readonly Cell[], columns: Columns) => {
    const cellOf = (column: ColumnId) => {
      const index = indexes.get(column) ?? columnIndex(columns, column)
      indexes.set(column, index)
      return cells[index]
    }
    const outcome = cellOf(config.label)
    const values = config.facets.map(({column}) => cellOf(column))
    if (isMissing(outcome) || values.some(isMissing)) return
    labels.push(labelOf(outcome))
    for (const [index, value] of values.entries()) facets[index]?.push(labelOf(value))
    if (config.predicted !== undefined) predictions.push(labelOf(cellOf(config.predicted)))
    if (config.group !== undefined) groups.push(labelOf(cellOf(config.group)))
  }
  const columns = await readRows(files, config.format, onRow, isStopped)
  if (labels.length === 0) throw clientFault('the data have no row with a label and a value of each facet')

  const nameOf = (column: ColumnId) => columns[columnIndex(columns, column)] ?? String(column)
  return {
    labels,
    predictions: config.predicted === undefined ? undefined : predictions,
    groups: config.group === undefined ? undefined : groups,
    facets,
    labelName: nameOf(config.label),
    facetNames: config.facets.map(({column}) => nameOf(column)),
  }
}
