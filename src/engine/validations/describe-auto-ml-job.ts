// The request of DescribeAutoMLJob.

import {shortEntityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeAutoMLJobShape = {
  AutoMLJobName: {...shortEntityName, required: true},
} as const satisfies Shape
