// The requests of DescribeTrialComponent and ListTrialComponents.

import type {Shape} from '../shape.ts'
import {entityName, entityNameOrArn, listed, text256} from './members.ts'

export const describeTrialComponentShape = {
  TrialComponentName: {...entityNameOrArn, required: true},
} as const satisfies Shape

export const listTrialComponentsShape = {
  ExperimentName: entityName,
  TrialName: entityName,
  SourceArn: text256,
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  ...listed,
} as const satisfies Shape
