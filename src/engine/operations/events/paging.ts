// The pages of EventBridge's List operations: `Limit` items, by name.

import type {Json} from '../../../definition/json.ts'
import type {Db} from '../../store/database.ts'
import {type Listing, listRows} from '../../store/listing.ts'
import {invalid, ok, type Reply} from '../reply.ts'

type PagingInput = {readonly NextToken?: string; readonly Limit?: number}

export function replyEventsPage<Row extends object>(
  db: Db,
  {NextToken: nextToken, Limit: maxResults}: PagingInput,
  query: Omit<Listing, 'order' | 'maxResults' | 'nextToken'>,
  member: string,
  summarise: (row: Row) => Json,
): Reply {
  const page = listRows<Row>(db, {...query, order: 'Ascending', maxResults, nextToken})
  if (page.kind === 'bad-token') return invalid('Parameter NextToken is not valid.')
  return ok({[member]: page.rows.map(summarise), ...(page.nextToken === undefined ? {} : {NextToken: page.nextToken})})
}
