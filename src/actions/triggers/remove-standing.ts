// Takes a trigger away: first the alarm that it made, then what fires, so that a removal that broke off finds the rest again.

import type {Cloud} from '../../cloud/ports.ts'
import type {StandingTrigger} from '../../cloud/trigger-ports.ts'
import {madeAlarm, targetsOf} from './standing-triggers.ts'

/** Of a rule only what starts the pipeline; the rule goes when no other target is left. */
export async function removeStanding(
  standing: StandingTrigger,
  pipelineName: string,
  pipelineArn: string,
  cloud: Cloud,
): Promise<void> {
  const alarm = await madeAlarm(standing, pipelineName, cloud)
  if (alarm !== undefined) await cloud.alarms.remove(alarm)
  if (standing.kind === 'schedule') {
    await cloud.triggers.removeSchedule(standing)
    return
  }
  const ids = targetsOf(standing, pipelineArn).map(({id}) => id)
  await cloud.triggers.removeTargets(standing, ids)
}
