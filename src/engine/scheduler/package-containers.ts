// A model that is made of a model package: its containers are those that the package was registered with (API Reference,
// ContainerDefinition, ModelPackageName).

import {isJsonObject, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import {arnOf} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {findPackage} from '../store/packages.ts'

/** The CreateModel request with the containers of the packages that it names in their places. */
export function withPackageContainers(request: JsonObject, db: Db): JsonObject {
  const containers = isJsonObject(request.PrimaryContainer)
    ? [request.PrimaryContainer]
    : objectsAt(request, 'Containers')
  if (containers.every((container) => textAt(container, 'ModelPackageName') === undefined)) return request
  const {PrimaryContainer: _, ...rest} = request
  return {...rest, Containers: containers.flatMap((container) => unfold(container, db))}
}

/** The environment of the model goes over that of the package. A package that is gone leaves the container as it is. */
function unfold(container: JsonObject, db: Db): readonly JsonObject[] {
  const {ModelPackageName: name, ...own} = container
  const row = typeof name === 'string' ? findPackage(db, arnOf('model-package', name)) : undefined
  if (!row) return [container]
  const {InferenceSpecification: specification = {}} = JSON.parse(row.request) as JsonObject
  return objectsAt(isJsonObject(specification) ? specification : {}, 'Containers').map((registered) => ({
    ...registered,
    ...own,
    Environment: {...objectAt(registered, 'Environment'), ...objectAt(own, 'Environment')},
  }))
}
