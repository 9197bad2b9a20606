// Paging of every List operation: rows in one order, and a token that says after which row to go on.
// The token holds the last row's place (not an offset), so rows that arrive between two pages shift nothing.

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
  const after = listing.nextToken === undefined ? undefined : parseToken(listing.nextToken)
  if (listing.nextToken !== undefined && !after) return {kind: 'bad-token'}

  const size = listing.maxResults ?? defaultPageSize
  const given = (listing.where ?? []).filter(([, value]) => value !== undefined)
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
  return {kind: 'page', rows: kept, nextToken: formatToken([last?.[sortBy] ?? null, last?.[tieBreak] ?? null])}
}

function formatToken(place: readonly SqlValue[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function parseToken(token: string): readonly [SqlValue, SqlValue] | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (!Array.isArray(place) || place.length !== 2) return undefined
    const [sort, tie]: unknown[] = place
    return isSqlValue(sort) && isSqlValue(tie) ? [sort, tie] : undefined
  } catch {
    return undefined
  }
}

function isSqlValue(value: unknown): value is SqlValue {
  return value === null || typeof value === 'string' || typeof value === 'number'
}
