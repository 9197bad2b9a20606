// Every List operation's answer: summaries under their member, and NextToken while there is more.

import type {JsonObject} from '../../definition/json.ts'
import type {Db} from '../store/database.ts'
import {type Listing, listRows, type SortOrder} from '../store/listing.ts'
import {invalid, ok, type Reply} from './reply.ts'

type PagingInput = {readonly NextToken?: string; readonly MaxResults?: number; readonly SortOrder?: SortOrder}

type Query = Omit<Listing, 'order' | 'maxResults' | 'nextToken'> & {
  readonly defaultOrder: SortOrder
  /** Where the API says none, as many as there may be on a page. */
  readonly defaultSize?: number
}

export function replyPage<Row extends object>(
  db: Db,
  input: PagingInput,
  query: Query,
  member: string,
  summarise: (row: Row) => JsonObject,
): Reply {
  const {defaultOrder, defaultSize, ...listing} = query
  const {MaxResults: maxResults = defaultSize, NextToken: nextToken, SortOrder: order = defaultOrder} = input
  const page = listRows<Row>(db, {...listing, order, maxResults, nextToken})
  if (page.kind === 'bad-token') return invalid('The provided NextToken is not valid.')

  const summaries = page.rows.map(summarise)
  return ok({[member]: summaries, ...(page.nextToken === undefined ? {} : {NextToken: page.nextToken})})
}

/** A timestamp member as epoch milliseconds. */
export function milliseconds(epochSeconds: number | undefined): number | undefined {
  return epochSeconds === undefined ? undefined : Math.round(epochSeconds * 1000)
}

/** `text` for `column LIKE ? ESCAPE '\'`: somewhere in the column, or at its beginning. */
export function containing(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `%${escapeLike(text)}%`
}

export function beginningWith(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${escapeLike(text)}%`
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}
