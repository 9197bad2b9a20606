// Operations of SageMaker: lineage.

import * as associationShapes from '../validations/lineage/associations.ts'
import * as shapes from '../validations/lineage/entities.ts'
import {describeLineageGroupShape, listLineageGroupsShape} from '../validations/lineage/lineage-groups.ts'
import {queryLineageShape} from '../validations/lineage/query-lineage.ts'
import {describeTrialComponentShape, listTrialComponentsShape} from '../validations/lineage/trial-components.ts'
import {type Operation, operation} from './context.ts'
import {addAssociation, deleteAssociation, listAssociations} from './lineage/associations.ts'
import {
  deleteAction,
  deleteArtifact,
  deleteContext,
  updateAction,
  updateArtifact,
  updateContext,
} from './lineage/change-entity.ts'
import {createAction, createArtifact, createContext} from './lineage/create-entity.ts'
import {describeLineageGroup, listLineageGroups} from './lineage/lineage-groups.ts'
import {
  describeAction,
  describeArtifact,
  describeContext,
  listActions,
  listArtifacts,
  listContexts,
} from './lineage/look-at-entities.ts'
import {queryLineage} from './lineage/query-lineage.ts'
import {describeTrialComponent, listTrialComponents} from './lineage/trial-components.ts'

export const lineageOperations: Readonly<Record<string, Operation>> = {
  CreateArtifact: operation(shapes.createArtifactShape, createArtifact),
  DescribeArtifact: operation(shapes.describeArtifactShape, describeArtifact),
  UpdateArtifact: operation(shapes.updateArtifactShape, updateArtifact),
  DeleteArtifact: operation(shapes.deleteArtifactShape, deleteArtifact),
  ListArtifacts: operation(shapes.listArtifactsShape, listArtifacts),
  CreateAction: operation(shapes.createActionShape, createAction),
  DescribeAction: operation(shapes.describeActionShape, describeAction),
  UpdateAction: operation(shapes.updateActionShape, updateAction),
  DeleteAction: operation(shapes.deleteActionShape, deleteAction),
  ListActions: operation(shapes.listActionsShape, listActions),
  CreateContext: operation(shapes.createContextShape, createContext),
  DescribeContext: operation(shapes.describeContextShape, describeContext),
  UpdateContext: operation(shapes.updateContextShape, updateContext),
  DeleteContext: operation(shapes.deleteContextShape, deleteContext),
  ListContexts: operation(shapes.listContextsShape, listContexts),
  AddAssociation: operation(associationShapes.addAssociationShape, addAssociation),
  DeleteAssociation: operation(associationShapes.deleteAssociationShape, deleteAssociation),
  ListAssociations: operation(associationShapes.listAssociationsShape, listAssociations),
  DescribeTrialComponent: operation(describeTrialComponentShape, describeTrialComponent),
  ListTrialComponents: operation(listTrialComponentsShape, listTrialComponents),
  QueryLineage: operation(queryLineageShape, queryLineage),
  DescribeLineageGroup: operation(describeLineageGroupShape, describeLineageGroup),
  ListLineageGroups: operation(listLineageGroupsShape, listLineageGroups),
}
