// The requests of AddAssociation, DeleteAssociation and ListAssociations.

import type {Shape} from '../shape.ts'
import {associationEntityArn, associationType, listed, text256} from './members.ts'

export const addAssociationShape = {
  SourceArn: {...associationEntityArn, required: true},
  DestinationArn: {...associationEntityArn, required: true},
  AssociationType: associationType,
} as const satisfies Shape

export const deleteAssociationShape = {
  SourceArn: {...associationEntityArn, required: true},
  DestinationArn: {...associationEntityArn, required: true},
} as const satisfies Shape

export const listAssociationsShape = {
  SourceArn: associationEntityArn,
  DestinationArn: associationEntityArn,
  SourceType: text256,
  DestinationType: text256,
  AssociationType: associationType,
  SortBy: {kind: 'string', values: ['SourceArn', 'DestinationArn', 'SourceType', 'DestinationType', 'CreationTime']},
  ...listed,
} as const satisfies Shape
