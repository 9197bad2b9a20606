// The requests about targets of rules.

import type {Shape} from '../shape.ts'
import {busName, paging, ruleName, target, targetId} from './members.ts'

const ofRule = {Rule: {...ruleName, required: true}, EventBusName: busName} as const

export const putTargetsShape = {
  ...ofRule,
  Targets: {kind: 'list', required: true, min: 1, max: 100, of: target},
} as const satisfies Shape

export const removeTargetsShape = {
  ...ofRule,
  Ids: {kind: 'list', required: true, min: 1, max: 100, of: targetId},
  Force: {kind: 'boolean'},
} as const satisfies Shape

export const listTargetsByRuleShape = {...ofRule, ...paging} as const satisfies Shape
