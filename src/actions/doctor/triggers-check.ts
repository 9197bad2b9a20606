// The triggers that the spec declares: that they stand, are switched on, and can start the pipeline.

import type {AccessSubject} from '../../access/subject.ts'
import type {Cloud} from '../../cloud/ports.ts'
import type {StandingTarget, StandingTrigger} from '../../cloud/trigger-ports.ts'
import {documentName} from '../../trigger/names.ts'
import type {Trigger} from '../../trigger/trigger.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {pipelineArn} from '../policy-subject.ts'
import {counted, type Finding, finding} from './check.ts'
import {trusts} from './role-check.ts'

type Wrong = {readonly what: string; readonly next: string}

export async function triggersFinding(
  triggers: readonly Trigger[],
  subject: AccessSubject,
  cloud: Cloud,
  place: Place,
): Promise<Finding> {
  const {pipelineName, region} = subject
  if (triggers.length === 0) return finding('skipped', 'the spec declares no triggers')
  const wrong: Wrong[] = []
  const off: Wrong[] = []
  for (const trigger of triggers) {
    const make = nextCommand(`trigger create ${trigger.name}`, place)
    const standing = await findStanding(trigger, pipelineName, cloud)
    if (!standing) {
      wrong.push({what: `${trigger.name}: not made`, next: make})
      continue
    }
    const found = await whatIsWrong(standing, pipelineArn(subject), {region, cloud})
    wrong.push(...found.map((what) => ({what: `${trigger.name}: ${what}`, next: make})))
    const alarm = await missingAlarm(trigger, cloud)
    if (alarm !== undefined) wrong.push({what: `${trigger.name}: there is no alarm ${alarm}`, next: make})
    if (trigger.isEnabled && !standing.isEnabled) {
      const enable = nextCommand(`trigger enable ${trigger.name}`, place)
      off.push({what: `${trigger.name}: switched off`, next: enable})
    }
  }

  const all = [...wrong, ...off]
  const details = all.map(({what}) => what)
  const next = [...new Set(all.map((one) => one.next))]
  if (wrong.length > 0) return finding('failed', 'not every declared trigger can start the pipeline', next, details)
  if (off.length > 0)
    return finding('warning', `${off.length} of ${counted(triggers.length, 'trigger')} do nothing`, next, details)
  return finding('ok', `${counted(triggers.length, 'trigger')} in place`)
}

function findStanding({name, source}: Trigger, pipelineName: string, {triggers}: Cloud) {
  const document = documentName(pipelineName, name)
  const isScheduled = source.kind === 'schedule' && source.via === 'scheduler'
  return isScheduled ? triggers.schedule(documentName(pipelineName), document) : triggers.rule(document)
}

async function missingAlarm({source}: Trigger, {alarms}: Cloud): Promise<string | undefined> {
  if (source.kind !== 'drift' || source.by.kind !== 'alarm') return undefined
  return (await alarms.find(source.by.alarmName)) ? undefined : source.by.alarmName
}

type Within = {readonly region: string; readonly cloud: Cloud}

async function whatIsWrong(standing: StandingTrigger, arnOfPipeline: string, within: Within): Promise<string[]> {
  const targets = standing.kind === 'rule' ? standing.targets : [standing.target]
  const own = targets.find(({arn}) => arn === arnOfPipeline)
  if (!own) return [`its ${standing.kind} has no target that starts the pipeline`]
  const role = await wrongRole(own, standing.kind === 'rule' ? 'events' : 'scheduler', within.cloud)
  return [role, wrongDeadLetter(own, within.region)].filter((what) => what !== undefined)
}

async function wrongRole({roleArn}: StandingTarget, service: string, {access}: Cloud): Promise<string | undefined> {
  if (roleArn === undefined) return 'its target has no role'
  const role = await access.role(roleArn)
  if (!role) return `there is no role ${roleArn}`
  const principal = `${service}.amazonaws.com`
  return trusts(role.trust, principal) ? undefined : `the role ${roleArn} does not trust ${principal}`
}

/** EventBridge User Guide, "Using dead-letter queues": a standard queue of the rule's region. */
function wrongDeadLetter({deadLetterArn: arn}: StandingTarget, region: string): string | undefined {
  if (arn === undefined) return undefined
  const [, place, name] = /^arn:[^:]+:sqs:([^:]+):\d{12}:([^:]+)$/.exec(arn) ?? []
  if (place === undefined || name === undefined) return `its dead-letter queue ${arn} is no ARN of an SQS queue`
  if (place !== region) return `its dead-letter queue is in ${place}, and has to be in ${region}`
  return name.endsWith('.fifo') ? 'its dead-letter queue is a FIFO queue, and has to be a standard one' : undefined
}
