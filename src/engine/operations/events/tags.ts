// TagResource, UntagResource and ListTagsForResource, on rules.

import {findRule} from '../../store/rules.ts'
import {findTags, putTags, removeTags} from '../../store/tags.ts'
import type {listTagsForResourceShape, tagResourceShape, untagResourceShape} from '../../validations/events/events.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply, refuse} from '../reply.ts'

export function tagRule(input: InputOf<typeof tagResourceShape>, {db}: OperationContext): Reply {
  return onRule(input.ResourceARN, db, () => {
    putTags(db, input.ResourceARN, input.Tags)
    return ok({})
  })
}

export function untagRule(input: InputOf<typeof untagResourceShape>, {db}: OperationContext): Reply {
  return onRule(input.ResourceARN, db, () => {
    removeTags(db, input.ResourceARN, input.TagKeys)
    return ok({})
  })
}

export function listTagsOfRule(input: InputOf<typeof listTagsForResourceShape>, {db}: OperationContext): Reply {
  return onRule(input.ResourceARN, db, () =>
    ok({Tags: findTags(db, input.ResourceARN).map(({key, value}) => ({Key: key, Value: value}))}),
  )
}

function onRule(arn: string, db: OperationContext['db'], answer: () => Reply): Reply {
  return db.transaction(() => {
    if (findRule(db, arn)) return answer()
    const name = arn.slice(arn.lastIndexOf('/') + 1)
    return refuse('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`)
  })
}
