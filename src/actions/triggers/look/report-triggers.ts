// An entry for each trigger that stands or is declared: what it waits for, when it fires, and what is not as it should be.

import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {compareStarter, type Difference} from '../../../trigger/compare.ts'
import {describeStarter} from '../../../trigger/describe.ts'
import {standingTimetable} from '../../../trigger/firing-times.ts'
import {originOf, ownName, withinOf} from '../standing-triggers.ts'
import type {DeclaredDocuments} from './declared-triggers.ts'
import type {Problems} from './find-problems.ts'
import {type Look, nextFirings} from './next-firings.ts'
import {kindOf, type TriggerPair} from './pair-triggers.ts'
import type {Starts} from './starts.ts'
import type {TriggerReport} from './trigger-report.ts'

export type Seen = {
  readonly pipelineName: string
  /** Whether the spec could be compiled. */
  readonly isCompared: boolean
  readonly problems: Problems
  /** Of alarms, by the name of the trigger. */
  readonly alarmDifferences: ReadonlyMap<string, readonly Difference[]>
  readonly starts: Starts
}

/** In the order of the spec; then those of the command line and of others, by name. */
export function reportTriggers(pairs: readonly TriggerPair[], order: readonly string[], seen: Seen, look: Look) {
  const makers = ['spec', 'command-line', 'something-else']
  const rank = ({name, madeBy}: TriggerReport) => {
    const at = madeBy === 'something-else' ? -1 : order.indexOf(name)
    return at >= 0 ? at : order.length + makers.indexOf(madeBy)
  }
  const reports = pairs.map((pair) => reportTrigger(pair, seen, look))
  return reports.sort((a, b) => rank(a) - rank(b) || compareText(a.name, b.name))
}

export function reportTrigger({name, standing, declared}: TriggerPair, seen: Seen, look: Look): TriggerReport {
  if (standing) return {name, ...reportStanding(standing, declared, seen, look)}
  const waiting = declared ? describeStarter(declared.documents.starter) : {kind: 'event' as const, waitsFor: 'nothing'}
  return {
    name,
    kind: kindOf(waiting.kind, declared, true),
    waitsFor: waiting.waitsFor,
    state: 'not-made',
    madeBy: 'spec',
    spec: 'not-made',
    differences: [],
    problems: [],
  }
}

function reportStanding(
  standing: StandingTrigger,
  declared: DeclaredDocuments | undefined,
  seen: Seen,
  look: Look,
): Omit<TriggerReport, 'name'> {
  const isOwn = ownName(standing, seen.pipelineName) !== undefined
  const {kind, waitsFor} = describeStarter(standing)
  const timetable = standing.isEnabled ? standingTimetable(standing) : undefined
  const madeAtMs = standing.kind === 'schedule' ? standing.madeAtMs : undefined
  const [lastStart] = seen.starts.get(standing.arn) ?? []
  return {
    kind: kindOf(kind, declared, isOwn),
    waitsFor,
    state: standing.isEnabled ? 'enabled' : 'disabled',
    madeBy: (isOwn ? originOf(standing) : undefined) ?? 'something-else',
    standing: {kind: standing.kind, name: standing.name, within: withinOf(standing), arn: standing.arn},
    ...(timetable ? {next: nextFirings(timetable, madeAtMs, look)} : {}),
    ...besideSpec(standing, declared, isOwn, seen),
    problems: seen.problems.get(standing.arn) ?? [],
    ...(lastStart ? {lastStart} : {}),
  }
}

function besideSpec(
  standing: StandingTrigger,
  declared: DeclaredDocuments | undefined,
  isOwn: boolean,
  {isCompared, alarmDifferences}: Seen,
): Pick<TriggerReport, 'spec' | 'differences'> {
  if (declared) {
    const alarm = alarmDifferences.get(declared.trigger.name) ?? []
    const differences = [...compareStarter(declared.documents.starter, standing), ...alarm]
    return {spec: differences.length === 0 ? 'same' : 'differs', differences}
  }
  const isLeftOver = isCompared && isOwn && originOf(standing) === 'spec'
  return {...(isLeftOver ? {spec: 'not-declared' as const} : {}), differences: []}
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
