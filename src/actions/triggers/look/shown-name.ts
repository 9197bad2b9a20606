// What a trigger is called: by its own name where mlpipe made it, else by that of its rule or schedule.

import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {ownName} from '../standing-triggers.ts'

export function shownName(trigger: StandingTrigger, pipelineName: string): string {
  return ownName(trigger, pipelineName) ?? trigger.name
}
