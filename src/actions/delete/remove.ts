// Deletes what was found, in an order in which nothing is missed by what is still there.

import type {Cloud} from '../../cloud/ports.ts'
import {halfDeleted} from './half-deleted.ts'
import type {Starters} from './standing-starters.ts'

export type Going = Starters & {
  readonly pipelineName: string
  readonly pipelineArn: string
  readonly hasPipeline: boolean
  /** Its objects in S3, when they go too. */
  readonly dataUri?: string
}

/**
 * Triggers first, so that nothing starts what is going, and each alarm before the rule that it is found by; data last, so that
 * nothing needs it any more. `again` is the command that goes on from wherever this breaks off.
 */
export async function remove(going: Going, {triggers, ...cloud}: Cloud, again: string): Promise<void> {
  const {pipelineName, pipelineArn, group, role, dataUri} = going
  const done: string[] = []
  const step = async (what: string, removed: Promise<void>) => {
    await removed
    done.push(what)
  }
  try {
    for (const alarm of going.alarms) await step(`alarm ${alarm}`, cloud.alarms.remove(alarm))
    for (const rule of going.rules) {
      const own = rule.targets.filter(({arn}) => arn === pipelineArn).map(({id}) => id)
      await step(`rule ${rule.name}`, triggers.removeTargets(rule, own))
    }
    for (const schedule of going.schedules) {
      await step(`schedule ${schedule.name}`, triggers.removeSchedule(schedule))
    }
    if (group !== undefined) await step(`schedule group ${group}`, triggers.removeGroup(group, pipelineName))
    if (going.hasPipeline) await step('the pipeline', cloud.pipelines.delete(pipelineName))
    if (role !== undefined) await step(`role ${role}`, cloud.access.removeRole(role))
    if (dataUri !== undefined) await cloud.objects.removeAll(dataUri)
  } catch (error) {
    throw halfDeleted(error, done, again)
  }
}
