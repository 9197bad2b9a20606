// The rows of a check's data, read file by file without holding them: CSV, JSON lines, JSON documents; also gzipped.
// Source: sagemaker-python-sdk, DatasetFormat; Developer Guide, "Create a baseline".

import {createReadStream} from 'node:fs'
import {StringDecoder} from 'node:string_decoder'
import {createGunzip} from 'node:zlib'
import type {Json, JsonObject} from '../../../definition/json.ts'
import {isJsonObject} from '../../../definition/json.ts'
import {clientFault, JobFault} from '../job-fault.ts'
import {csvReader} from './csv.ts'

export type Cell = string | number | boolean | null

export type DatasetFormat =
  | {readonly kind: 'csv'; readonly header: 'row' | 'none' | readonly string[]}
  | {readonly kind: 'jsonLines'}
  | {readonly kind: 'json'}

/** Names of the columns; JSON may show new ones in any row. */
export type Columns = readonly string[]

/** A row has a cell for each column; JSON rows before a column was seen are shorter. */
export type OnRow = (cells: readonly Cell[], columns: Columns) => void

/** The environment variable dataset_format: `{"csv": {"header": true}}` or `{"json": {"lines": true}}`. */
export function parseDatasetFormat(text: string | undefined): DatasetFormat {
  const format = parseObject(text ?? '')
  if (isJsonObject(format?.csv)) return {kind: 'csv', header: format.csv.header === false ? 'none' : 'row'}
  if (isJsonObject(format?.json)) return {kind: format.json.lines === false ? 'json' : 'jsonLines'}
  throw clientFault(
    `dataset_format is ${text ?? 'missing'}; the embedded engine reads {"csv": {"header": true}} and {"json": {"lines": true}}`,
  )
}

/** Reads every file and gives the columns. Files are all of one format. */
export async function readRows(
  files: readonly string[],
  format: DatasetFormat,
  onRow: OnRow,
  isStopped: () => boolean,
): Promise<Columns> {
  const columns: string[] = []
  for (const file of files) {
    const reader = openReader(format, columns, onRow)
    try {
      for await (const text of readText(file)) {
        if (isStopped()) return columns
        reader.push(text)
      }
      reader.end()
    } catch (error) {
      if (error instanceof JobFault) throw error
      throw clientFault(`the data cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return columns
}

type Reader = {push(text: string): void; end(): void}

function openReader(format: DatasetFormat, columns: string[], onRow: OnRow): Reader {
  switch (format.kind) {
    case 'csv':
      return csvRows(format.header, columns, onRow)
    case 'jsonLines':
      return jsonLineRows(columns, onRow)
    case 'json':
      return jsonRows(columns, onRow)
  }
}

/** Without a header the columns are _c0, _c1 …, as Spark names them and the SDK's attributes expect. */
function csvRows(header: 'row' | 'none' | readonly string[], columns: string[], onRow: OnRow): Reader {
  let isFirst = true
  return csvReader((cells) => {
    const isFirstRow = isFirst
    isFirst = false
    if (columns.length === 0) columns.push(...columnNames(cells, header))
    if (isFirstRow && (header === 'row' || repeats(cells, header))) return
    onRow(cells.length === columns.length ? cells : columns.map((_name, index) => cells[index] ?? ''), columns)
  })
}

function columnNames(cells: readonly string[], header: 'row' | 'none' | readonly string[]): readonly string[] {
  if (header === 'row') return cells
  return header === 'none' ? cells.map((_cell, index) => `_c${index}`) : header
}

function repeats(cells: readonly string[], header: 'row' | 'none' | readonly string[]): boolean {
  return typeof header !== 'string' && cells.every((cell, index) => cell === header[index])
}

function jsonLineRows(columns: string[], onRow: OnRow): Reader {
  const toCells = rowMaker(columns)
  let rest = ''
  let line = 0
  const take = (text: string) => {
    line += 1
    if (text.trim() === '') return
    const row = parseObject(text)
    if (!row) throw new Error(`line ${line} is not a JSON object`)
    onRow(toCells(row), columns)
  }
  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const one of lines) take(one)
    },
    end: () => take(rest),
  }
}

/** A list of objects, or one object. */
function jsonRows(columns: string[], onRow: OnRow): Reader {
  const toCells = rowMaker(columns)
  const parts: string[] = []
  return {
    push: (text) => parts.push(text),
    end() {
      const document = JSON.parse(parts.join('')) as Json
      for (const row of Array.isArray(document) ? document : [document]) {
        if (!isJsonObject(row)) throw new Error('the JSON is not a list of objects')
        onRow(toCells(row), columns)
      }
    },
  }
}

/** Nested objects become columns with dotted names; lists stay texts. */
function rowMaker(columns: string[]): (row: JsonObject) => Cell[] {
  const indexes = new Map(columns.map((name, index) => [name, index]))
  const place = (cells: Cell[], name: string, value: Json) => {
    if (isJsonObject(value)) {
      for (const [key, member] of Object.entries(value)) place(cells, name === '' ? key : `${name}.${key}`, member)
      return
    }
    const index = indexes.get(name) ?? columns.push(name) - 1
    indexes.set(name, index)
    cells[index] = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  }
  return (row) => {
    const cells: Cell[] = columns.map(() => null)
    place(cells, '', row)
    return cells
  }
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

async function* readText(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  const bytes = createReadStream(file, {highWaterMark: 1 << 18})
  let isFirst = true
  for await (const chunk of file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes) {
    const text = decoder.write(chunk as Buffer)
    yield isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text
    isFirst = false
  }
  yield decoder.end()
}
