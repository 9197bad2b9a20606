// What CreateModel refuses of its containers, for the operation and for the Model steps of pipelines.

import type {JsonObject} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import {containersOf} from '../runners/hosting/hosted-model.ts'
import {arnOf} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {findPackage} from '../store/packages.ts'

/**
 * Why the containers, or the model packages that they name, cannot be made a model of. CreateModelPackage, ModelApprovalStatus: "For versioned
 * models, the value of this parameter must be set to Approved to deploy the model". The service's wording is not documented.
 */
export function refuseContainers(db: Db, request: JsonObject): string | undefined {
  for (const container of containersOf(request)) {
    const name = textAt(container, 'ModelPackageName')
    if (name === undefined && textAt(container, 'Image') === undefined) {
      return 'A container of a model needs an Image or a ModelPackageName.'
    }
    if (name === undefined) continue
    const arn = arnOf('model-package', name)
    const row = findPackage(db, arn)
    if (!row) return `ModelPackage ${arn} does not exist.`
    if (row.approval !== 'Approved') {
      return `Cannot create a model of the model package ${arn}: its ModelApprovalStatus is ${row.approval}, and must be Approved to deploy it.`
    }
  }
  return undefined
}
