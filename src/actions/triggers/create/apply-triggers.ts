// Makes triggers stand, in an order in which what is there always works: the role, the bucket's events, the alarm, then what
// fires, then away with what it replaces. What breaks off is told as such, and goes on from there when it is done again.

import type {Cloud} from '../../../cloud/ports.ts'
import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {amended, MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {removeStanding} from '../remove-standing.ts'
import {describeStanding} from '../standing-triggers.ts'
import {isToDo, type TriggerPlan} from './plan-triggers.ts'
import {nothingToDo, type PreparedTriggers, type TriggerSetting} from './prepare-triggers.ts'

/** The ARN of each trigger's rule or schedule, by the trigger's name. */
export type MadeTriggers = ReadonlyMap<string, string>

export type ApplyOptions = {
  /** No longer declared. */
  readonly removed?: readonly StandingTrigger[]
  /** What the command has done before. */
  readonly before?: readonly string[]
}

export async function applyTriggers(
  prepared: PreparedTriggers,
  setting: Pick<TriggerSetting, 'pipelineName' | 'pipelineArn' | 'again'>,
  cloud: Cloud,
  {removed = [], before = []}: ApplyOptions = {},
): Promise<MadeTriggers> {
  const {pipelineName, pipelineArn} = setting
  const {plans, role, buckets} = prepared
  const made = new Map(plans.flatMap(({trigger, standing}) => (standing ? [[trigger.name, standing.arn]] : [])))
  const done = [...before]
  try {
    if (role?.document && !nothingToDo(prepared)) {
      await cloud.access.putRole(role.document)
      if (role.action !== 'none') done.push(`the role ${role.document.name}`)
    }
    for (const bucket of buckets) {
      await cloud.buckets.sendEvents(bucket)
      done.push(`the events of bucket ${bucket}`)
    }
    for (const plan of plans.filter(isToDo)) {
      const arn = await applyPlan(plan, setting, cloud, done)
      if (arn !== undefined) made.set(plan.trigger.name, arn)
    }
    for (const standing of removed) {
      await removeStanding(standing, pipelineName, pipelineArn, cloud)
      done.push(`without ${describeStanding(standing)}`)
    }
    return made
  } catch (error) {
    throw halfDone(error, done, setting.again)
  }
}

async function applyPlan(
  plan: TriggerPlan,
  {pipelineName, pipelineArn}: Pick<TriggerSetting, 'pipelineName' | 'pipelineArn'>,
  cloud: Cloud,
  done: string[],
): Promise<string | undefined> {
  const {starter, alarm, action, standing, replaced, replacedAlarm} = plan
  if (alarm && alarm.action !== 'none') {
    await cloud.alarms.put(alarm.document)
    done.push(`alarm ${alarm.document.name}`)
  }
  let arn: string | undefined
  if (action !== 'none') {
    const {triggers} = cloud
    const put = starter.kind === 'rule' ? triggers.putRule(starter) : triggers.putSchedule(starter)
    arn = (await put).arn
    done.push(`${starter.kind} ${starter.name}`)
    await dropTwins(plan, pipelineArn, cloud)
  }
  for (const one of replaced) {
    await removeStanding(one, pipelineName, pipelineArn, cloud)
    done.push(`without ${describeStanding(one)}`)
  }
  if (replacedAlarm !== undefined) await cloud.alarms.remove(replacedAlarm)
  return arn ?? standing?.arn
}

/** Another target of a rule that was taken over starts the pipeline too: it would be started twice. */
async function dropTwins({standing, starter}: TriggerPlan, pipelineArn: string, {triggers}: Cloud): Promise<void> {
  if (standing?.kind !== 'rule') return
  const twins = standing.targets.filter(({id, arn}) => arn === pipelineArn && id !== starter.target.id)
  if (twins.length === 0) return
  const targets = [...standing.targets.filter(({id}) => id !== starter.target.id), starter.target]
  await triggers.removeTargets(
    {...standing, targets},
    twins.map(({id}) => id),
  )
}

function halfDone(error: unknown, done: readonly string[], again: string): unknown {
  if (!(error instanceof MlpipeError) || error.who === 'bug') return error
  const far = done.length === 0 ? 'nothing is changed' : `done so far: ${done.join(', ')}`
  const message = `not all of it is done (${far}): ${error.message}`
  return amended(error, {message, nextSteps: [...error.nextSteps, `${again}  (goes on from there)`]})
}
