// Tags in the details of events: one object, where ListTags has a list.

import type {JsonObject} from '../../../definition/json.ts'
import type {Db} from '../../store/database.ts'
import {findTags} from '../../store/tags.ts'

export function tagsOf(db: Db, arn: string): JsonObject {
  return Object.fromEntries(findTags(db, arn).map(({key, value}) => [key, value]))
}
