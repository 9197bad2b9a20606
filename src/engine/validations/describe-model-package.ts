// The request of DescribeModelPackage.

import {packageNameOrArn} from './members.ts'
import type {Shape} from './shape.ts'

export const describeModelPackageShape = {
  ModelPackageName: {...packageNameOrArn, required: true},
} as const satisfies Shape
