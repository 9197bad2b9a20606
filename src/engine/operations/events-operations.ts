// EventBridge's operations by their names on the wire: `X-Amz-Target: AWSEvents.<name>`.

import {
  describeEventBusShape,
  listEventBusesShape,
  listTagsForResourceShape,
  putEventsShape,
  tagResourceShape,
  testEventPatternShape,
  untagResourceShape,
} from '../validations/events/events.ts'
import {
  deleteRuleShape,
  listRuleNamesByTargetShape,
  listRulesShape,
  oneRuleShape,
  putRuleShape,
} from '../validations/events/rules.ts'
import {listTargetsByRuleShape, putTargetsShape, removeTargetsShape} from '../validations/events/targets.ts'
import {type Operation, operation} from './context.ts'
import {describeEventBus, listEventBuses} from './events/buses.ts'
import {putEvents} from './events/put-events.ts'
import {putRule} from './events/put-rule.ts'
import {deleteRule, describeRule, disableRule, enableRule, listRuleNamesByTarget, listRules} from './events/rules.ts'
import {listTagsOfRule, tagRule, untagRule} from './events/tags.ts'
import {listTargetsByRule, putTargets, removeTargets} from './events/targets.ts'
import {testEventPattern} from './events/test-event-pattern.ts'

export const eventsOperations: Readonly<Record<string, Operation>> = {
  PutRule: operation(putRuleShape, putRule),
  DescribeRule: operation(oneRuleShape, describeRule),
  DeleteRule: operation(deleteRuleShape, deleteRule),
  EnableRule: operation(oneRuleShape, enableRule),
  DisableRule: operation(oneRuleShape, disableRule),
  ListRules: operation(listRulesShape, listRules),
  ListRuleNamesByTarget: operation(listRuleNamesByTargetShape, listRuleNamesByTarget),
  PutTargets: operation(putTargetsShape, putTargets),
  RemoveTargets: operation(removeTargetsShape, removeTargets),
  ListTargetsByRule: operation(listTargetsByRuleShape, listTargetsByRule),
  PutEvents: operation(putEventsShape, putEvents),
  TestEventPattern: operation(testEventPatternShape, testEventPattern),
  DescribeEventBus: operation(describeEventBusShape, describeEventBus),
  ListEventBuses: operation(listEventBusesShape, listEventBuses),
  TagResource: operation(tagResourceShape, tagRule),
  UntagResource: operation(untagResourceShape, untagRule),
  ListTagsForResource: operation(listTagsForResourceShape, listTagsOfRule),
}
