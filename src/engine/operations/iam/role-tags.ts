// TagRole, UntagRole, ListRoleTags.

import {findTags, putTags, removeTags, type TagRow} from '../../store/tags.ts'
import type {pagedRoleShape, tagRoleShape, untagRoleShape} from '../../validations/iam/roles.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseQuery} from './faults.ts'
import {replyMarkedPage, withRole} from './finding.ts'

// "IAM and STS quotas": tags that can be attached to a role.
const mostTags = 50

export function tagRole(input: InputOf<typeof tagRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, ({arn}) => {
    const keys = new Set([...findTags(db, arn).map(({key}) => key), ...input.Tags.map(({Key}) => Key)])
    if (keys.size > mostTags) return refuseQuery('LimitExceeded', `Cannot exceed quota for TagsPerRole: ${mostTags}`)
    putTags(db, arn, input.Tags)
    return ok({})
  })
}

export function untagRole(input: InputOf<typeof untagRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, ({arn}) => {
    removeTags(db, arn, input.TagKeys)
    return ok({})
  })
}

export function listRoleTags(input: InputOf<typeof pagedRoleShape>, {db}: OperationContext): Reply {
  return withRole(db, input, ({arn}) => {
    const listing = {from: 'tags', where: [['arn = ?', arn]] as const, sortBy: 'key', tieBreak: 'arn'}
    return replyMarkedPage(db, input, listing, 'Tags', ({key, value}: TagRow) => ({Key: key, Value: value}))
  })
}
