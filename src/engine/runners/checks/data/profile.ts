// Reads a data set and sums up each of its columns.

import type {Cell, Columns, DatasetFormat} from '../dataset.ts'
import {readRows} from '../dataset.ts'
import {type Column, type ColumnSummary, openColumn} from './column.ts'

export type Profile = {readonly rows: number; readonly columns: readonly ColumnSummary[]}

export async function profileDataset(
  files: readonly string[],
  format: DatasetFormat,
  isStopped: () => boolean,
): Promise<Profile> {
  const columns: Column[] = []
  let rows = 0
  const onRow = (cells: readonly Cell[], names: Columns) => {
    rows += 1
    while (columns.length < names.length) columns.push(openColumn())
    for (const [index, column] of columns.entries()) column.add(cells[index] ?? null)
  }
  const names = await readRows(files, format, onRow, isStopped)
  return {rows, columns: names.map((name, index) => (columns[index] ?? openColumn()).summary(name, rows))}
}
