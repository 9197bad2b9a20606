// The request of DescribeModelPackageGroup.

import {groupNameOrArn} from './members.ts'
import type {Shape} from './shape.ts'

export const describeModelPackageGroupShape = {
  ModelPackageGroupName: {...groupNameOrArn, required: true},
} as const satisfies Shape
