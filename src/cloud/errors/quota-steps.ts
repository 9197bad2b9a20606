// Which quota was met, by what was asked for: most refusals do not name it.

import type {Meaning} from './error-table.ts'

type Quota = {
  /** Its code in Service Quotas. */
  readonly service: string
  readonly why?: string
  readonly nextSteps?: readonly string[]
}

/** EventBridge User Guide, "EventBridge quotas": 300 rules a bus, fewer in some regions; 5 targets a rule, which is fixed. */
const quotas: Readonly<Record<string, Quota>> = {
  PutRule: {service: 'events', why: 'the event bus has as many rules as it may have (300 in most regions)'},
  PutTargets: {
    service: 'events',
    why: 'the rule has five targets, and no rule may have more',
    nextSteps: ['give the trigger another name, or take a target off the rule'],
  },
  CreateSchedule: {service: 'scheduler'},
  CreateScheduleGroup: {service: 'scheduler'},
  UpdateSchedule: {service: 'scheduler'},
  CreateRole: {service: 'iam'},
  PutRolePolicy: {service: 'iam'},
  TagRole: {service: 'iam'},
  UpdateAssumeRolePolicy: {service: 'iam'},
  PutMetricAlarm: {service: 'monitoring'},
}

export function quotaMeaning(meaning: Meaning, operation: string, reason: string): Meaning {
  const {service = 'sagemaker', why, nextSteps} = quotas[operation] ?? {}
  return {...meaning, ...(why === undefined ? {} : {why}), nextSteps: nextSteps ?? stepsFor(service, reason)}
}

/** SageMaker names the quota in quotes: `The account-level service limit 'ml.p3.2xlarge for training job usage' is 0`. */
function stepsFor(service: string, reason: string): string[] {
  const [, quota] = service === 'sagemaker' ? (/'([^']+)'/.exec(reason) ?? []) : []
  const query = quota === undefined ? '' : ` --query "Quotas[?QuotaName=='${quota}']"`
  const list = `aws service-quotas list-service-quotas --service-code ${service}${query}`
  return [list, 'aws service-quotas request-service-quota-increase --help']
}
