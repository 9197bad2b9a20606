// The requests of DescribeLineageGroup and ListLineageGroups.

import type {Shape} from '../shape.ts'
import {entityName, listed} from './members.ts'

export const describeLineageGroupShape = {LineageGroupName: {...entityName, required: true}} as const satisfies Shape

export const listLineageGroupsShape = {
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  ...listed,
} as const satisfies Shape
