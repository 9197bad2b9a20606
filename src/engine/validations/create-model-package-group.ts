// The request of CreateModelPackageGroup.

import {entityName, tags} from './members.ts'
import {managedStorageType} from './serving/package-members.ts'
import type {Shape} from './shape.ts'

export const createModelPackageGroupShape = {
  ModelPackageGroupName: {...entityName, required: true},
  ModelPackageGroupDescription: {kind: 'string', max: 1024},
  Tags: tags,
  ManagedConfiguration: {kind: 'structure', members: {ManagedStorageType: managedStorageType}},
} as const satisfies Shape
