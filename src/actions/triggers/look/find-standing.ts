// All that starts a pipeline, whoever made it, and what is marked as its trigger and does not start it any more.

import type {Cloud} from '../../../cloud/ports.ts'
import type {StandingTrigger, TriggerSchedule} from '../../../cloud/trigger-ports.ts'
import {documentName, documentPrefix} from '../../../trigger/names.ts'
import {ownName, standingTriggers} from '../standing-triggers.ts'

export type FoundTriggers = {
  /** By their target, on every bus and in every group. */
  readonly starting: readonly StandingTrigger[]
  /** By the mark that mlpipe has left on them. */
  readonly strayed: readonly StandingTrigger[]
}

export type PipelinePlace = {readonly pipelineName: string; readonly pipelineArn: string}

export async function findStanding({pipelineName, pipelineArn}: PipelinePlace, cloud: Cloud): Promise<FoundTriggers> {
  const [starting, rules, schedules] = await Promise.all([
    standingTriggers(pipelineArn, cloud),
    cloud.triggers.rulesNamed(documentPrefix(pipelineName)),
    groupSchedules(pipelineName, cloud),
  ])
  const known = new Set(starting.map(({arn}) => arn))
  const strayed = [...rules, ...schedules].filter(
    (one) => !known.has(one.arn) && ownName(one, pipelineName) !== undefined,
  )
  return {starting, strayed}
}

async function groupSchedules(pipelineName: string, {triggers}: Cloud): Promise<TriggerSchedule[]> {
  const group = documentName(pipelineName)
  const own = await triggers.ownGroup(group, pipelineName)
  const schedules = await Promise.all((own?.schedules ?? []).map((name) => triggers.schedule(group, name)))
  return schedules.flatMap((schedule) => schedule ?? [])
}
