// The request of DescribeHyperParameterTuningJob.

import {shortEntityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeHyperParameterTuningJobShape = {
  HyperParameterTuningJobName: {...shortEntityName, required: true},
} as const satisfies Shape
