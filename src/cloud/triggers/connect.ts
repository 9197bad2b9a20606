// What starts a pipeline, through the AWS SDK: rules of EventBridge and schedules of EventBridge Scheduler.

import {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {SchedulerClient} from '@aws-sdk/client-scheduler'
import {equipped} from '../client-middleware.ts'
import {type CloudOptions, clientSettings} from '../client-options.ts'
import type {FreshRoles} from '../fresh-roles.ts'
import type {TriggersPort} from '../trigger-ports.ts'
import {ruleReading} from './read-rules.ts'
import {groupsPort} from './schedule-groups.ts'
import {schedulesPort} from './schedules.ts'
import {ruleWriting} from './write-rules.ts'

export function triggersPort(options: CloudOptions, roles: FreshRoles, now: () => number = Date.now): TriggersPort {
  const {region} = options
  const events = equipped(new EventBridgeClient(clientSettings(options, `events.${region}.amazonaws.com`)), options)
  const scheduler = equipped(new SchedulerClient(clientSettings(options, `scheduler.${region}.amazonaws.com`)), options)
  const {setRuleEnabled, ...rules} = ruleWriting(events, roles)
  const {setScheduleEnabled, ...schedules} = schedulesPort(scheduler, roles, now)
  return {
    ...ruleReading(events),
    ...rules,
    ...schedules,
    ...groupsPort(scheduler),
    setEnabled: (trigger, isEnabled) =>
      trigger.kind === 'rule' ? setRuleEnabled(trigger, isEnabled) : setScheduleEnabled(trigger, isEnabled),
  }
}
