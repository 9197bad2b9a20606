// One trigger with everything that is known of it: as it stands, or as the spec declares it while it is not made.

import type {Cloud} from '../../../cloud/ports.ts'
import type {JsonObject} from '../../../definition/json.ts'
import {parseEventPath} from '../../../events/event-path.ts'
import {withoutOwner} from '../../../trigger/ownership.ts'
import {scheduleWords} from '../../../trigger/schedule-words.ts'
import {iso} from '../../executions/step-report.ts'
import {nextCommand, type Place, quoted} from '../../next-commands.ts'
import type {World} from '../../world.ts'
import {readDeadLetters} from './dead-letters.ts'
import {examine, lookAtTriggers, type TriggersInView} from './look-at-triggers.ts'
import {choosePair, starterOf, type TriggerPair, targetsIn} from './pair-triggers.ts'
import {reportTrigger} from './report-triggers.ts'
import {lookAtSubjects} from './subjects.ts'
import type {TargetReport, TriggerDetail} from './trigger-detail.ts'
import type {StartReport, TriggerReport} from './trigger-report.ts'

const shownTimes = 5
const shownExecutions = 5

export type ShowTriggerInput = Place & {
  /** Of a trigger, or the name or ARN of a rule or schedule. */
  readonly name: string
}

export async function showTrigger(input: ShowTriggerInput, world: World): Promise<TriggerDetail> {
  const view = await lookAtTriggers(input, world)
  const {spec, connection, pairs, pipelineName} = view
  const {cloud} = connection
  const pair = choosePair(input.name, pairs, pipelineName, input)
  const seen = await examine(view, world)
  const {zone} = world
  const trigger = reportTrigger(pair, seen, {nowMs: world.now(), count: shownTimes, zone})
  const {alarms, buckets} = await lookAtSubjects(starterOf(pair), cloud)
  const silent = buckets.filter(({events}) => events === 'off').map(({bucket}) => bucket)
  const problems = [
    ...trigger.problems,
    ...silent.map((bucket) => `the bucket ${bucket} does not send its events to EventBridge`),
  ]
  const starts = (pair.standing && seen.starts.get(pair.standing.arn)) ?? []
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: spec.target.name,
    isDeployed: view.pipeline !== undefined,
    zone,
    trigger: {...trigger, problems},
    ...describeStarted(pair),
    ...(await describeTargets(pair, view, world)),
    tags: pair.standing?.kind === 'rule' ? pair.standing.tags : [],
    alarms,
    buckets,
    executions: await withParameters(starts.slice(0, shownExecutions), cloud),
    notes: spec.notes,
    next: nextSteps({...trigger, problems}, silent.length > 0, input),
  }
}

/** When it fires. */
function describeStarted(pair: TriggerPair): Pick<TriggerDetail, 'description' | 'pattern' | 'schedule'> {
  const starter = starterOf(pair)
  const own = withoutOwner(starter?.description)
  const pattern = starter?.kind === 'rule' ? readJson(starter.pattern) : undefined
  return {
    ...(own === undefined ? {} : {description: own}),
    ...(pattern ? {pattern} : {}),
    ...scheduleOf(starter),
  }
}

function scheduleOf(starter: ReturnType<typeof starterOf>): Pick<TriggerDetail, 'schedule'> {
  const expression = starter?.kind === 'rule' ? starter.schedule : starter?.expression
  if (!starter || expression === undefined) return {}
  const words = scheduleWords(expression, starter.kind === 'rule' ? 'rule' : 'scheduler')
  const about = {expression, ...(words === undefined ? {} : {words})}
  if (starter.kind === 'rule') return {schedule: about}
  const {windowMinutes, startMs, endMs} = starter
  return {
    schedule: {
      ...about,
      ...(windowMinutes === undefined ? {} : {windowMinutes}),
      ...(startMs === undefined ? {} : {startsAt: iso(startMs)}),
      ...(endMs === undefined ? {} : {endsAt: iso(endMs)}),
    },
  }
}

/** EventBridge took the pattern when the rule was made; what is read of it is shown only. */
function readJson(pattern: string | undefined): JsonObject | undefined {
  if (pattern === undefined) return undefined
  try {
    return JSON.parse(pattern) as JsonObject
  } catch {
    return undefined
  }
}

/** What EventBridge does where nothing is said (API Reference, RetryPolicy). */
const usualRetry = {attempts: 185, maximumAgeSeconds: 86_400} as const

async function describeTargets(
  pair: TriggerPair,
  {pipelineArn, spec}: TriggersInView,
  world: World,
): Promise<Pick<TriggerDetail, 'targets' | 'alsoStarts'>> {
  const {standing} = pair
  const all = targetsIn(pair)
  const targets: TargetReport[] = []
  const hasEvent = starterOf(pair)?.kind === 'rule'
  for (const {arn, roleArn, parameters, retry, deadLetterArn} of all) {
    if (arn !== pipelineArn) continue
    const letters =
      standing && deadLetterArn !== undefined && spec.target.kind === 'local'
        ? await readDeadLetters(spec.target.stateDirectory, deadLetterArn, standing.arn, world.cwd)
        : undefined
    targets.push({
      ...(roleArn === undefined ? {} : {roleArn}),
      parameters: parameters.map(({name, value}) => ({
        name,
        value,
        from: hasEvent && parseEventPath(value) ? 'path' : 'constant',
      })),
      retry: {...usualRetry, ...retry},
      ...(deadLetterArn === undefined ? {} : {deadLetterArn}),
      ...(letters ? {deadLetters: letters} : {}),
    })
  }
  return {targets, alsoStarts: all.map(({arn}) => arn).filter((arn) => arn !== pipelineArn)}
}

async function withParameters(
  starts: readonly StartReport[],
  {executions}: Cloud,
): Promise<TriggerDetail['executions']> {
  return Promise.all(starts.map(async (start) => ({...start, parameters: await executions.parameters(start.arn)})))
}

function nextSteps({name, spec, standing}: TriggerReport, isSilent: boolean, place: Place): string[] {
  if (spec !== undefined && spec !== 'same') return [nextCommand('deploy --triggers', place)]
  if (isSilent && spec === 'same') return [nextCommand(`trigger create ${quoted(name)}`, place)]
  return standing ? [nextCommand(`trigger fire ${quoted(name)} --dry-run`, place)] : []
}
