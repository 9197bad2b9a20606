// The containers of models and model packages, as lineage sees them: an image, the model's data, the package that it comes from.

import {isJsonObject, type JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {arnOf} from '../arns.ts'
import type {Db} from '../database.ts'
import {findModel} from '../models.ts'

export type ModelContainer = {
  readonly image: string | undefined
  readonly dataUri: string | undefined
  readonly packageArn: string | undefined
}

/** Those of a model; of one that is not there, none. A container that comes from a package is the package's. */
export function containersOfModel(db: Db, modelName: string): ModelContainer[] {
  const row = findModel(db, modelName)
  if (!row) return []
  const request = JSON.parse(row.request) as JsonObject
  const {PrimaryContainer: primary} = request
  const containers = isJsonObject(primary) ? [primary] : objectsAt(request, 'Containers')
  return containers.flatMap((container) => unfold(db, container))
}

function unfold(db: Db, container: JsonObject): ModelContainer[] {
  const name = textAt(container, 'ModelPackageName')
  if (name === undefined) return [describe(container)]
  const packageArn = arnOf('model-package', name)
  const row = db.get<{request: string}>('SELECT request FROM packages WHERE arn = ?', packageArn)
  const registered = row ? containersOfPackage(JSON.parse(row.request) as JsonObject) : []
  return [{...describe(container), packageArn}, ...registered]
}

/** Those of a CreateModelPackage request. */
export function containersOfPackage(request: JsonObject): ModelContainer[] {
  return objectsAt(objectAt(request, 'InferenceSpecification'), 'Containers').map(describe)
}

function describe(container: JsonObject): ModelContainer {
  const located = objectAt(objectAt(container, 'ModelDataSource'), 'S3DataSource')
  return {
    image: textAt(container, 'Image'),
    dataUri: textAt(container, 'ModelDataUrl') ?? textAt(located, 'S3Uri'),
    packageArn: undefined,
  }
}
