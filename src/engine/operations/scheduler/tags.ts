// TagResource, UntagResource and ListTagsForResource: groups have tags, schedules have none.

import {findGroupByArn} from '../../store/schedules.ts'
import {findTags, putTags, removeTags} from '../../store/tags.ts'
import type {
  listTagsForResourceShape,
  tagResourceShape,
  untagResourceShape,
} from '../../validations/scheduler/schedules.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply, refuse} from '../reply.ts'

export function tagGroup(input: InputOf<typeof tagResourceShape>, {db}: OperationContext): Reply {
  return onGroup(input.ResourceArn, db, () => {
    putTags(db, input.ResourceArn, input.Tags)
    return ok({})
  })
}

export function untagGroup(input: InputOf<typeof untagResourceShape>, {db}: OperationContext): Reply {
  return onGroup(input.ResourceArn, db, () => {
    removeTags(db, input.ResourceArn, input.TagKeys)
    return ok({})
  })
}

export function listTagsOfGroup(input: InputOf<typeof listTagsForResourceShape>, {db}: OperationContext): Reply {
  return onGroup(input.ResourceArn, db, () =>
    ok({Tags: findTags(db, input.ResourceArn).map(({key, value}) => ({Key: key, Value: value}))}),
  )
}

function onGroup(arn: string, db: OperationContext['db'], answer: () => Reply): Reply {
  return db.transaction(() => {
    if (findGroupByArn(db, arn)) return answer()
    return refuse('ResourceNotFoundException', `Resource ${arn} does not exist.`)
  })
}
