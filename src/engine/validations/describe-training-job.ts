// The request of DescribeTrainingJob.

import {entityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeTrainingJobShape = {
  TrainingJobName: {...entityName, required: true},
} as const satisfies Shape
