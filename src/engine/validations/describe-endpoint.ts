// The requests of DescribeEndpoint, DescribeEndpointConfig and DescribeInferenceComponent.

import {entityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeEndpointShape = {EndpointName: {...entityName, required: true}} as const satisfies Shape

export const describeEndpointConfigShape = {
  EndpointConfigName: {...entityName, required: true},
} as const satisfies Shape

export const describeInferenceComponentShape = {
  InferenceComponentName: {...entityName, required: true},
} as const satisfies Shape
