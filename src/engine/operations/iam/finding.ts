// The role that a request names, and how every List operation of IAM is paged.

import type {JsonObject} from '../../../definition/json.ts'
import type {Db} from '../../store/database.ts'
import {type Listing, listRows} from '../../store/listing.ts'
import {findRole, type RoleRow} from '../../store/roles.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseQuery} from './faults.ts'

/** Goes on with the role, or refuses; in one transaction. */
export function withRole(db: Db, {RoleName}: {readonly RoleName: string}, run: (role: RoleRow) => Reply): Reply {
  return db.transaction(() => {
    const role = findRole(db, RoleName)
    return role ? run(role) : refuseQuery('NoSuchEntity', `The role with name ${RoleName} cannot be found.`)
  })
}

type Paging = {readonly Marker?: string; readonly MaxItems?: number}

export function replyMarkedPage<Row extends object>(
  db: Db,
  {Marker: nextToken, MaxItems: maxResults}: Paging,
  listing: Omit<Listing, 'order' | 'maxResults' | 'nextToken'>,
  member: string,
  summarise: (row: Row) => JsonObject | string,
): Reply {
  const page = listRows<Row>(db, {...listing, order: 'Ascending', maxResults, nextToken})
  if (page.kind === 'bad-token') return refuseQuery('ValidationError', 'Invalid Marker.')
  const isTruncated = page.nextToken !== undefined
  const marker = isTruncated ? {Marker: page.nextToken} : {}
  return ok({[member]: page.rows.map(summarise), IsTruncated: isTruncated, ...marker})
}
