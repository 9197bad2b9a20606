// What stands already under the names of triggers: never overwritten when it is somebody else's, and never one target too many.

import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {ownerOf} from '../../../trigger/ownership.ts'
import type {TriggerPlan} from '../create/plan-triggers.ts'
import {describeStanding, ownName} from '../standing-triggers.ts'

/** Of a rule (EventBridge User Guide, "Amazon EventBridge quotas"). */
const mostTargets = 5

/** Something that mlpipe has not made is under the name. */
export function isForeign({standing}: TriggerPlan): boolean {
  return standing !== undefined && ownerOf(standing.description) === undefined
}

export function checkNames(plan: TriggerPlan, pipelineName: string, adopt: boolean, again: string): void {
  const {trigger, standing, starter, alarm} = plan
  if (standing && ownName(standing, pipelineName) !== trigger.name) {
    const owner = ownerOf(standing.description)
    const what = describeStanding(standing)
    if (owner) {
      throw new MlpipeError({
        code: 'name-taken',
        message: `${what} is trigger ${owner.triggerName} of the pipeline ${owner.pipelineName}`,
        nextSteps: [`give trigger ${trigger.name} another name`],
      })
    }
    if (!adopt) {
      throw new MlpipeError({
        code: 'name-taken',
        message: `${what} is there, and was not made by mlpipe`,
        nextSteps: [
          `give trigger ${trigger.name} another name`,
          `${again} --adopt  (takes it over: its pattern, schedule and state are replaced)`,
        ],
      })
    }
  }
  if (alarm?.isTaken && !adopt) {
    throw new MlpipeError({
      code: 'name-taken',
      message: `the alarm ${alarm.document.name} is there, and is not that of trigger ${trigger.name}`,
      nextSteps: [`wait for it: alarm: ${alarm.document.name}`, `${again} --adopt  (takes it over)`],
    })
  }
  if (standing?.kind !== 'rule') return
  const others = standing.targets.filter(({id, arn}) => id !== starter.target.id && arn !== starter.target.arn)
  if (others.length < mostTargets) return
  throw new MlpipeError({
    code: 'too-many-targets',
    message: `rule ${standing.name} has ${others.length} targets already, and a rule takes ${mostTargets}`,
    nextSteps: [`aws events remove-targets --rule ${standing.name} --ids ID  (of one that is not needed)`],
  })
}
