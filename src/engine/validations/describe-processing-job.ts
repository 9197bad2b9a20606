// The request of DescribeProcessingJob.

import {entityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeProcessingJobShape = {
  ProcessingJobName: {...entityName, required: true},
} as const satisfies Shape
