// The request of DeleteModelPackageGroup.

import {groupNameOrArn} from './members.ts'
import type {Shape} from './shape.ts'

export const deleteModelPackageGroupShape = {
  ModelPackageGroupName: {...groupNameOrArn, required: true},
} as const satisfies Shape
