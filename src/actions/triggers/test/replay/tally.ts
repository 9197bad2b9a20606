// What one trigger does with events that come one after the other.

import type {NameValue} from '../../../../cloud/ports.ts'
import type {EventFields} from '../../../../events/event-fields.ts'
import {matchEvent} from '../../../../events/match.ts'
import type {EventPattern} from '../../../../events/pattern.ts'
import {eventParameters} from '../../../../trigger/event-parameters.ts'
import {mismatches} from '../../../../trigger/mismatches.ts'
import type {Trigger} from '../../../../trigger/trigger.ts'
import {checkedParameters} from '../checked-parameters.ts'
import {patternOf, placeOf} from '../judge-trigger.ts'
import {pipelineArnOf, type Subject} from '../subject.ts'
import {fingerprintSet} from './fingerprint-set.ts'
import type {TriggerReplay} from './replay-result.ts'
import {happeningOf} from './same-happening.ts'
import {timeSpan} from './time-span.ts'

/** Problems that are told. */
const shownProblems = 3

export type Seen = {readonly event: EventFields; readonly id: string | undefined; readonly atMs: number | undefined}

export type Tally = {
  readonly trigger: Trigger
  /** The parameters of the execution that it starts for the event; undefined when it starts none. */
  take(seen: Seen): readonly NameValue[] | undefined
  report(waitsFor: string): TriggerReplay
}

export function openTally(trigger: Trigger, subject: Subject): Tally {
  const counts = {fires: 0, repeatedEvents: 0, repeatedHappenings: 0, refused: 0}
  const problems = new Set<string>()
  const [ids, happenings] = [fingerprintSet(), fingerprintSet()]
  const failures = new Map<string, number>()
  const span = timeSpan()
  const patternFor = patterns(trigger, subject)

  function noteFire({event, id, atMs}: Seen): void {
    counts.fires += 1
    span.add(atMs)
    const isNewHappening = happenings.add(happeningOf(event))
    if (id !== undefined && !ids.add(id)) counts.repeatedEvents += 1
    else if (!isNewHappening) counts.repeatedHappenings += 1
  }

  function noteFailure(event: EventFields): void {
    const [first] = mismatches(patternFor(event), event)
    if (first) failures.set(first.path, (failures.get(first.path) ?? 0) + 1)
  }

  return {
    trigger,
    take(seen) {
      if (trigger.source.kind === 'schedule') return undefined
      const {event} = seen
      const result = matchEvent(patternFor(event), event)
      if (result.kind === 'fails') {
        if (counts.fires === 0) noteFailure(event)
        return undefined
      }
      noteFire(seen)
      const parameters = checkedParameters(eventParameters(trigger.parameters, event.node), subject.parameters)
      const wrong = parameters.flatMap(({problem}) => problem ?? [])
      if (wrong.length === 0) return parameters.map(({name, value = ''}) => ({name, value}))
      counts.refused += 1
      for (const problem of wrong) if (problems.size < shownProblems) problems.add(problem)
      return undefined
    },
    report(waitsFor) {
      const worst = [...failures].sort(([, a], [, b]) => b - a)[0]
      return {
        ...(subject.project ? {name: trigger.name} : {}),
        kind: trigger.source.kind,
        waitsFor,
        isEnabled: trigger.isEnabled,
        ...counts,
        ...span.report(),
        problems: [...problems],
        ...(counts.fires === 0 && worst ? {failsAt: {field: worst[0], events: worst[1]}} : {}),
      }
    },
  }
}

/** Account and region, where the target leaves them open, are those of the event. */
function patterns(trigger: Trigger, subject: Subject): (event: EventFields) => EventPattern {
  const known = new Map<string, EventPattern>()
  return (event) => {
    const arn = pipelineArnOf(subject, placeOf(event))
    const pattern = known.get(arn) ?? patternOf(trigger, arn)
    if (known.size < 100) known.set(arn, pattern)
    return pattern
  }
}
