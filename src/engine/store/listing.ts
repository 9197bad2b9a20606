// Paging of every List operation: rows in one order, and a token that says after which row to go on.
// The token holds the last row's place (not an offset), so rows that arrive between two pages shift nothing; and which list
// it is of, so that in another list, with other filters or in another order it is refused instead of skipping rows.

import {createHash} from 'node:crypto'
import type {Db, SqlValue} from './database.ts'

export type SortOrder = 'Ascending' | 'Descending'

export type Listing = {
  readonly from: string
  /** Default `*`. */
  readonly columns?: string
  /** Each `[condition, value]` must hold; an undefined value leaves the condition out. */
  readonly where?: readonly (readonly [condition: string, value: SqlValue | undefined])[]
  readonly sortBy: string
  /** A unique column that decides between equal values of `sortBy`. */
  readonly tieBreak: string
  readonly order: SortOrder
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export type Page<Row> = {readonly kind: 'page'; readonly rows: readonly Row[]; readonly nextToken?: string}
export type BadToken = {readonly kind: 'bad-token'}

const defaultPageSize = 100

/** One page of rows. `from` and the column names are constants of this program, never a caller's text. */
export function listRows<Row extends object>(db: Db, listing: Listing): Page<Row> | BadToken {
  const given = (listing.where ?? []).filter(([, value]) => value !== undefined)
  const mark = markOf(listing, given)
  const after = listing.nextToken === undefined ? undefined : parseToken(listing.nextToken, mark)
  if (listing.nextToken !== undefined && !after) return {kind: 'bad-token'}

  const size = listing.maxResults ?? defaultPageSize
  const {sortBy, tieBreak} = listing
  const isAscending = listing.order === 'Ascending'
  const place = after ? [`(${sortBy}, ${tieBreak}) ${isAscending ? '>' : '<'} (?, ?)`] : []
  const conditions = [...given.map(([condition]) => condition), ...place]
  const direction = isAscending ? 'ASC' : 'DESC'
  const sql =
    `SELECT ${listing.columns ?? '*'} FROM ${listing.from}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}` +
    ` ORDER BY ${sortBy} ${direction}, ${tieBreak} ${direction} LIMIT ?`
  const values = given.map(([, value]) => value ?? null)
  const rows = db.all<Row & Record<string, SqlValue>>(sql, ...values, ...(after ?? []), size + 1)
  if (rows.length <= size) return {kind: 'page', rows}

  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return {kind: 'page', rows: kept, nextToken: formatToken([mark, last?.[sortBy] ?? null, last?.[tieBreak] ?? null])}
}

/** What tells one list from another. */
function markOf({from, sortBy, order}: Listing, given: Listing['where']): string {
  const text = JSON.stringify([from, sortBy, order, given])
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}

function formatToken(parts: readonly SqlValue[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function parseToken(token: string, mark: string): readonly [SqlValue, SqlValue] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (!Array.isArray(parts) || parts.length !== 3) return undefined
    const [found, sort, tie]: unknown[] = parts
    return found === mark && isSqlValue(sort) && isSqlValue(tie) ? [sort, tie] : undefined
  } catch {
    return undefined
  }
}

function isSqlValue(value: unknown): value is SqlValue {
  return value === null || typeof value === 'string' || typeof value === 'number'
}
