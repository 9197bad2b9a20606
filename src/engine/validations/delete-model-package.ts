// The request of DeleteModelPackage.

import {packageNameOrArn} from './members.ts'
import type {Shape} from './shape.ts'

export const deleteModelPackageShape = {
  ModelPackageName: {...packageNameOrArn, required: true},
} as const satisfies Shape
