// AddTags, ListTags and DeleteTags, on anything that exists and has an ARN.

import type {Db} from '../store/database.ts'
import {findExecution} from '../store/executions.ts'
import {findJob} from '../store/jobs.ts'
import {findEntity} from '../store/lineage/entities.ts'
import {findModelByArn} from '../store/models.ts'
import {findGroup, findPackage} from '../store/packages.ts'
import {findPipeline} from '../store/pipelines.ts'
import {findResource} from '../store/resources.ts'
import {findTags, putTags, removeTags} from '../store/tags.ts'
import type {addTagsShape} from '../validations/add-tags.ts'
import type {deleteTagsShape} from '../validations/delete-tags.ts'
import type {listTagsShape} from '../validations/list-tags.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply, refuse} from './reply.ts'

// "Tags" limit of every SageMaker resource.
const mostTags = 50

export function addTags(input: InputOf<typeof addTagsShape>, {db}: OperationContext): Reply {
  const arn = input.ResourceArn
  return db.transaction(() => {
    const missing = findMissing(db, arn)
    if (missing) return missing
    const keys = new Set([...findTags(db, arn).map(({key}) => key), ...input.Tags.map(({Key}) => Key)])
    if (keys.size > mostTags) return refuse('ValidationException', `A resource can have at most ${mostTags} tags.`)
    putTags(db, arn, input.Tags)
    return ok({Tags: tagList(db, arn)})
  })
}

export function listTags(input: InputOf<typeof listTagsShape>, {db}: OperationContext): Reply {
  return findMissing(db, input.ResourceArn) ?? ok({Tags: tagList(db, input.ResourceArn)})
}

export function deleteTags(input: InputOf<typeof deleteTagsShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const missing = findMissing(db, input.ResourceArn)
    if (missing) return missing
    removeTags(db, input.ResourceArn, input.TagKeys)
    return ok({})
  })
}

function tagList(db: Db, arn: string) {
  return findTags(db, arn).map(({key, value}) => ({Key: key, Value: value}))
}

function findMissing(db: Db, arn: string): ReturnType<typeof invalid> | undefined {
  const finders = [
    findPipeline,
    findExecution,
    findJob,
    findModelByArn,
    findGroup,
    findPackage,
    findResource,
    findEntity,
  ]
  if (finders.some((find) => find(db, arn) !== undefined)) return undefined
  return invalid(`Resource ${arn} does not exist.`)
}
