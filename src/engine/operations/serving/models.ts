// CreateModel and DeleteModel. Wording as seen from the service: "Cannot create already existing model", "Could not find model",
// "Could not find model data at".

import type {JsonObject} from '../../../definition/json.ts'
import {textAt} from '../../../definition/json-members.ts'
import {containersOf} from '../../runners/hosting/hosted-model.ts'
import {refuseContainers} from '../../serving/make-model.ts'
import {resourceArn} from '../../store/arns.ts'
import {findModel, insertModel, deleteModel as removeModel} from '../../store/models.ts'
import {type ObjectStore, parseS3Uri} from '../../store/objects.ts'
import {putTags} from '../../store/tags.ts'
import type {createModelShape, deleteModelShape} from '../../validations/serving/models.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'

export async function createModel(
  input: InputOf<typeof createModelShape>,
  {db, objects, now}: OperationContext,
): Promise<Reply> {
  const request = input as unknown as JsonObject
  if ((input.PrimaryContainer === undefined) === (input.Containers === undefined) || input.Containers?.length === 0) {
    return invalid('You must specify either PrimaryContainer or Containers, and not both.')
  }
  const missing = await findMissingData(request, objects)
  if (missing !== undefined) return invalid(`Could not find model data at ${missing}.`)

  const {ModelName: name, Tags: tags = []} = input
  const arn = resourceArn('model', name)
  return db.transaction(() => {
    if (findModel(db, name)) return invalid(`Cannot create already existing model "${arn}".`)
    const refusal = refuseContainers(db, request)
    if (refusal !== undefined) return invalid(refusal)
    putTags(db, arn, tags)
    insertModel(db, {arn, name, createdAtMs: now()}, request)
    return ok({ModelArn: arn})
  })
}

/** An archive that a container names and that is not there. */
async function findMissingData(request: JsonObject, objects: ObjectStore): Promise<string | undefined> {
  for (const container of containersOf(request)) {
    const uri = textAt(container, 'ModelDataUrl')
    const place = uri === undefined || container.Mode === 'MultiModel' ? undefined : parseS3Uri(uri)
    if (place && !(await objects.head(place.bucket, place.key))) return uri
  }
  return undefined
}

export function deleteModel(input: InputOf<typeof deleteModelShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const row = findModel(db, input.ModelName)
    if (!row) return invalid(`Could not find model "${resourceArn('model', input.ModelName)}".`)
    removeModel(db, row.arn)
    return ok({})
  })
}
