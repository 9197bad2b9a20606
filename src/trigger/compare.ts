// What a trigger declares beside what stands on the service, field by field, in words that people read.

import type {AlarmDocument, RuleDocument, ScheduleDocument, TargetDocument} from './documents.ts'
import {ownerOf, withoutOwner} from './ownership.ts'
import {samePattern} from './same-pattern.ts'

/** Absent `before` or `after`: the field is not there. */
export type Difference = {readonly field: string; readonly before?: string; readonly after?: string}

type Target = Omit<TargetDocument, 'roleArn'> & {readonly roleArn?: string}

/** A rule as it stands, with all of its targets. */
type Rule = Omit<RuleDocument, 'description' | 'target'> & {
  readonly description?: string
  readonly targets: readonly Target[]
}

type Schedule = Omit<ScheduleDocument, 'description' | 'target' | 'tags'> & {
  readonly description?: string
  readonly target: Target
}

type Alarm = Omit<AlarmDocument, 'description' | 'tags'> & {readonly description?: string}

/** Empty when putting the document would change nothing. Targets of the rule that are not the trigger's do not count. */
export function compareStarter(document: RuleDocument | ScheduleDocument, standing: Rule | Schedule): Difference[] {
  if (document.kind === 'rule' && standing.kind === 'rule') {
    return [
      ...commonDifferences(document, standing),
      ...patternDifference(standing.pattern, document.pattern),
      ...different('schedule', standing.schedule, document.schedule),
      ...compareTargets(document.target, ownTarget(document.target, standing.targets)),
    ]
  }
  if (document.kind === 'schedule' && standing.kind === 'schedule') {
    return [
      ...commonDifferences(document, standing),
      ...different('schedule', standing.expression, document.expression),
      ...different('time zone', standing.zone ?? defaultZone, document.zone ?? defaultZone),
      ...different('window', minutes(standing.windowMinutes), minutes(document.windowMinutes)),
      ...different('start', moment(standing.startMs), moment(document.startMs)),
      ...different('end', moment(standing.endMs), moment(document.endMs)),
      ...compareTargets(document.target, standing.target),
    ]
  }
  return different('kind', standing.kind, document.kind)
}

export function compareAlarm(document: AlarmDocument, standing: Alarm): Difference[] {
  return [
    ...describedDifferences(document.description, standing.description),
    ...different('namespace', standing.namespace, document.namespace),
    ...different('metric', standing.metric, document.metric),
    ...byName('dimension', standing.dimensions, document.dimensions),
    ...different('threshold', String(standing.threshold), String(document.threshold)),
    ...different('period', `${standing.periodSeconds} s`, `${document.periodSeconds} s`),
  ]
}

/** What EventBridge and EventBridge Scheduler take where nothing is said; Scheduler answers with these. */
const defaultZone = 'UTC'
const defaultRetry = {attempts: 185, maximumAgeSeconds: 86_400} as const

function commonDifferences(
  document: Pick<RuleDocument, 'description' | 'isEnabled'>,
  standing: {readonly description?: string; readonly isEnabled: boolean},
): Difference[] {
  return [
    ...describedDifferences(document.description, standing.description),
    ...different('enabled', yesOrNo(standing.isEnabled), yesOrNo(document.isEnabled)),
  ]
}

/** The mark of the owner at the end of a description is a field of its own. */
function describedDifferences(after: string, before: string | undefined): Difference[] {
  return [
    ...different('description', withoutOwner(before), withoutOwner(after)),
    ...different('owner', ownerText(before), ownerText(after)),
  ]
}

function ownerText(description: string | undefined): string | undefined {
  const owner = ownerOf(description)
  if (!owner) return undefined
  const from = owner.origin === 'spec' ? 'the spec' : 'the command line'
  return `trigger ${owner.triggerName} of ${owner.pipelineName}, from ${from}`
}

function patternDifference(before: string | undefined, after: string | undefined): Difference[] {
  if (before !== undefined && after !== undefined && samePattern(before, after)) return []
  return different('pattern', before, after)
}

/** The one with mlpipe's id, else one that starts the pipeline all the same. */
function ownTarget({id, arn}: TargetDocument, targets: readonly Target[]): Target | undefined {
  return targets.find((target) => target.id === id) ?? targets.find((target) => target.arn === arn)
}

function compareTargets(document: TargetDocument, standing: Target | undefined): Difference[] {
  if (!standing) return different('target', undefined, document.arn)
  const before = {...defaultRetry, ...standing.retry}
  const after = {...defaultRetry, ...document.retry}
  return [
    ...different('target', standing.arn, document.arn),
    ...different('role', standing.roleArn, document.roleArn),
    ...byName('parameter', standing.parameters, document.parameters),
    ...different('retry attempts', String(before.attempts), String(after.attempts)),
    ...different('retry age', `${before.maximumAgeSeconds} s`, `${after.maximumAgeSeconds} s`),
    ...different('dead letter', standing.deadLetterArn, document.deadLetterArn),
  ]
}

type NameValue = {readonly name: string; readonly value: string}

function byName(noun: string, before: readonly NameValue[], after: readonly NameValue[]): Difference[] {
  const [old, now] = [before, after].map((list) => new Map(list.map(({name, value}) => [name, value])))
  const names = new Set([...before, ...after].map(({name}) => name))
  return [...names].flatMap((name) => different(`${noun} ${name}`, old?.get(name), now?.get(name)))
}

function different(field: string, before: string | undefined, after: string | undefined): Difference[] {
  if (before === after) return []
  return [{field, ...(before === undefined ? {} : {before}), ...(after === undefined ? {} : {after})}]
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}

function minutes(amount: number | undefined): string | undefined {
  return amount === undefined ? undefined : `${amount} min`
}

/** The services keep whole seconds. */
function moment(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`
}
