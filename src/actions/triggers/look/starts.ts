// Which executions which trigger has started. The embedded engine writes it into the description of the execution; AWS tells
// only who started one, and that is the role of the trigger's target, which several triggers may share.

import type {Cloud, ExecutionSummary} from '../../../cloud/ports.ts'
import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {executionId} from '../../executions/execution-arn.ts'
import {iso, seconds} from '../../executions/step-report.ts'
import {inParallel} from '../../in-parallel.ts'
import {rolesOf} from '../standing-triggers.ts'
import {shownName} from './shown-name.ts'
import type {StartReport} from './trigger-report.ts'

export type StartsOptions = {
  readonly pipelineName: string
  readonly pipelineArn: string
  readonly nowMs: number
}

/** Newest first, by the ARN of the rule or the schedule. */
export type Starts = ReadonlyMap<string, readonly StartReport[]>

/** Each may cost a call. */
const lookedThrough = 20
const parallelReads = 4

export async function findStarts(
  triggers: readonly StandingTrigger[],
  {executions}: Pick<Cloud, 'executions'>,
  options: StartsOptions,
): Promise<Starts> {
  if (triggers.length === 0) return new Map()
  const newest = await executions.list(options.pipelineName, lookedThrough)
  const silent = newest.filter(({description}) => starterOf(description) === undefined)
  const starters = new Map<string, string>()
  await inParallel(silent, parallelReads, async ({arn}) => {
    const role = roleIn((await executions.describe(arn)).createdBy)
    if (role !== undefined) starters.set(arn, role)
  })

  const byRole = (trigger: StandingTrigger, role: string | undefined) =>
    role !== undefined && rolesOf(trigger, options.pipelineArn).some((arn) => roleOf(arn) === role)
  const startsOf = (trigger: StandingTrigger): StartReport[] =>
    newest.flatMap((execution) => {
      const starter = starterOf(execution.description)
      const role = starters.get(execution.arn)
      const about = report(execution, options.nowMs)
      if (starter && isStarter(starter, trigger, options.pipelineName)) {
        return {
          ...about,
          foundBy: 'description' as const,
          ...(starter.kind === 'trigger' ? {byHand: true as const} : {}),
        }
      }
      if (!byRole(trigger, role)) return []
      const others = triggers.filter((other) => other.arn !== trigger.arn && byRole(other, role))
      const orBy = others.length === 0 ? {} : {orBy: others.map((other) => shownName(other, options.pipelineName))}
      return {...about, foundBy: 'role' as const, ...orBy}
    })
  return new Map(triggers.map((trigger) => [trigger.arn, startsOf(trigger)]))
}

type StarterName = {readonly kind: 'rule' | 'schedule' | 'trigger'; readonly name: string}

function starterOf(description: string | undefined): StarterName | undefined {
  const [, kind, name] = /^Started by (rule|schedule|trigger) ([^\s,]+)(?:,|$)/.exec(description ?? '') ?? []
  if (name === undefined || (kind !== 'rule' && kind !== 'schedule' && kind !== 'trigger')) return undefined
  return {kind, name}
}

function isStarter({kind, name}: StarterName, trigger: StandingTrigger, pipelineName: string): boolean {
  if (kind === 'trigger') return name === shownName(trigger, pipelineName)
  return kind === trigger.kind && name === trigger.name
}

/** `arn:aws:sts::111122223333:assumed-role/churn-trigger/session` -> `111122223333 churn-trigger`. */
function roleIn(createdBy: string | undefined): string | undefined {
  const [, account, name] = /^arn:[^:]+:sts::(\d*):assumed-role\/([^/]+)\//.exec(createdBy ?? '') ?? []
  return name === undefined ? undefined : `${account} ${name}`
}

/** The path of a role is not in the ARN of its sessions (IAM User Guide, "IAM identifiers"). */
function roleOf(arn: string): string | undefined {
  const [, account, path] = /^arn:[^:]+:iam::(\d*):role\/(.+)$/.exec(arn) ?? []
  return path === undefined ? undefined : `${account} ${path.slice(path.lastIndexOf('/') + 1)}`
}

function report({arn, status, startedAtMs}: ExecutionSummary, nowMs: number) {
  return {
    execution: executionId(arn),
    arn,
    status,
    startedAt: iso(startedAtMs),
    agoSeconds: seconds(nowMs - startedAtMs),
  }
}
