// Operations of SageMaker: what makes and changes models, endpoints and their configurations.

import * as endpointShapes from '../validations/serving/endpoints.ts'
import * as modelShapes from '../validations/serving/models.ts'
import {type Operation, operation} from './context.ts'
import {createModelPackage} from './serving/create-model-package.ts'
import {createEndpointConfig, deleteEndpointConfig} from './serving/endpoint-configs.ts'
import {
  createEndpoint,
  deleteEndpoint,
  updateEndpoint,
  updateEndpointWeightsAndCapacities,
} from './serving/endpoints.ts'
import {createModel, deleteModel} from './serving/models.ts'

export const servingOperations: Readonly<Record<string, Operation>> = {
  CreateModelPackage: operation(modelShapes.createModelPackageShape, createModelPackage),
  CreateModel: operation(modelShapes.createModelShape, createModel),
  DeleteModel: operation(modelShapes.deleteModelShape, deleteModel),
  CreateEndpointConfig: operation(endpointShapes.createEndpointConfigShape, createEndpointConfig),
  DeleteEndpointConfig: operation(endpointShapes.deleteEndpointConfigShape, deleteEndpointConfig),
  CreateEndpoint: operation(endpointShapes.createEndpointShape, createEndpoint),
  UpdateEndpoint: operation(endpointShapes.updateEndpointShape, updateEndpoint),
  UpdateEndpointWeightsAndCapacities: operation(
    endpointShapes.updateEndpointWeightsAndCapacitiesShape,
    updateEndpointWeightsAndCapacities,
  ),
  DeleteEndpoint: operation(endpointShapes.deleteEndpointShape, deleteEndpoint),
}
