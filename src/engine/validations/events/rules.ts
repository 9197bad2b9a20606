// The requests about rules.

import type {Shape} from '../shape.ts'
import {arn, busName, paging, ruleName, tags} from './members.ts'

export const putRuleShape = {
  Name: {...ruleName, required: true},
  ScheduleExpression: {kind: 'string', max: 256},
  EventPattern: {kind: 'string', max: 4096},
  State: {kind: 'string', values: ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']},
  Description: {kind: 'string', max: 512},
  RoleArn: arn,
  Tags: tags,
  EventBusName: busName,
} as const satisfies Shape

/** DescribeRule, EnableRule and DisableRule. */
export const oneRuleShape = {Name: {...ruleName, required: true}, EventBusName: busName} as const satisfies Shape

export const deleteRuleShape = {...oneRuleShape, Force: {kind: 'boolean'}} as const satisfies Shape

export const listRulesShape = {NamePrefix: ruleName, EventBusName: busName, ...paging} as const satisfies Shape

export const listRuleNamesByTargetShape = {
  TargetArn: {...arn, required: true},
  EventBusName: busName,
  ...paging,
} as const satisfies Shape
