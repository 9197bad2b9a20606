// TagResource, UntagResource and ListTagsForResource, on alarms.

import {findAlarmByArn} from '../../store/alarms.ts'
import {findTags, putTags, removeTags} from '../../store/tags.ts'
import type {
  listTagsForResourceShape,
  tagResourceShape,
  untagResourceShape,
} from '../../validations/monitoring/alarms.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseAlarm} from './faults.ts'

export function tagAlarm(input: InputOf<typeof tagResourceShape>, {db}: OperationContext): Reply {
  return onAlarm(input.ResourceARN, db, () => {
    putTags(db, input.ResourceARN, input.Tags)
    return ok({})
  })
}

export function untagAlarm(input: InputOf<typeof untagResourceShape>, {db}: OperationContext): Reply {
  return onAlarm(input.ResourceARN, db, () => {
    removeTags(db, input.ResourceARN, input.TagKeys)
    return ok({})
  })
}

export function listTagsOfAlarm(input: InputOf<typeof listTagsForResourceShape>, {db}: OperationContext): Reply {
  return onAlarm(input.ResourceARN, db, () =>
    ok({Tags: findTags(db, input.ResourceARN).map(({key, value}) => ({Key: key, Value: value}))}),
  )
}

function onAlarm(arn: string, db: OperationContext['db'], answer: () => Reply): Reply {
  return db.transaction(() => {
    if (findAlarmByArn(db, arn)) return answer()
    return refuseAlarm('ResourceNotFoundException', `Resource ${arn} does not exist.`)
  })
}
