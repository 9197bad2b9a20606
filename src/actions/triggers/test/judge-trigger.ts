// One trigger and one event: whether it fires, with which parameters, and if not, where the pattern fails.

import type {JsonObject} from '../../../definition/json.ts'
import {type EventFields, parseEvent} from '../../../events/event-fields.ts'
import type {Mismatch} from '../../../events/match.ts'
import {type EventPattern, parsePattern} from '../../../events/pattern.ts'
import {eventParameters} from '../../../trigger/event-parameters.ts'
import {eventPattern} from '../../../trigger/event-pattern.ts'
import {timetableOf} from '../../../trigger/firing-times.ts'
import {mismatches} from '../../../trigger/mismatches.ts'
import {documentName} from '../../../trigger/names.ts'
import {nearMiss} from '../../../trigger/near-miss.ts'
import {sampleEvent} from '../../../trigger/samples/sample-event.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import type {World} from '../../world.ts'
import {nextFirings} from '../look/next-firings.ts'
import {checkedParameters} from './checked-parameters.ts'
import {pipelineArnOf, type Subject} from './subject.ts'
import type {MismatchReport, TestedParameter, TriggerVerdict} from './test-result.ts'
import {waitsFor} from './waits-for.ts'

/** How many times of a schedule are told. */
const shownFirings = 5

type Clock = Pick<World, 'now' | 'zone' | 'newToken'>

/** With an event of its own, made for it. */
export function judgeSample(trigger: Trigger, subject: Subject, clock: Clock): TriggerVerdict {
  const pipelineArn = pipelineArnOf(subject)
  const base = baseOf(trigger, subject, pipelineArn, clock)
  const sample = sampleEvent(trigger.source, {
    pipelineArn,
    ruleName: documentName(subject.pipelineName, trigger.name),
    id: clock.newToken(),
    timeMs: clock.now(),
  })
  if (sample.kind === 'none') return {...base, verdict: 'no-sample', why: sample.why, parameters: []}
  if (sample.kind === 'no-event') return {...base, ...fired(trigger, undefined, subject)}

  const event = parseEvent(sample.text)
  if (event.kind === 'invalid') throw new Error(`a sample that is no event: ${event.reason}`)
  const document = JSON.parse(sample.text) as JsonObject
  // The sample of a schedule by a rule is what the schedule sends, and no pattern waits for it.
  const verdict =
    trigger.source.kind === 'schedule'
      ? fired(trigger, event.event, subject)
      : matched(trigger, event.event, subject, patternOf(trigger, pipelineArn))
  return {...base, ...verdict, sample: document}
}

export function judgeEvent(trigger: Trigger, event: EventFields, subject: Subject, clock: Clock): TriggerVerdict {
  const pipelineArn = pipelineArnOf(subject, placeOf(event))
  const base = baseOf(trigger, subject, pipelineArn, clock)
  if (trigger.source.kind === 'schedule') return {...base, verdict: 'waits-for-no-event', parameters: []}
  return {...base, ...matched(trigger, event, subject, patternOf(trigger, pipelineArn))}
}

/** One that nothing matches for a schedule. */
export function patternOf({source}: Trigger, pipelineArn: string): EventPattern {
  if (source.kind === 'schedule') return {branches: []}
  const parsed = parsePattern(eventPattern(source, pipelineArn))
  if (parsed.kind === 'invalid') throw new Error(`a trigger with a pattern that is none: ${parsed.reason}`)
  return parsed.pattern
}

/** Account and region as the event has them. */
export function placeOf({byPath}: EventFields): {readonly account?: string; readonly region?: string} {
  const [account, region] = ['account', 'region'].map((name) => byPath.get(name)?.[0]?.node.text)
  return {...(account === undefined ? {} : {account}), ...(region === undefined ? {} : {region})}
}

function matched(trigger: Trigger, event: EventFields, subject: Subject, pattern: EventPattern): Verdict {
  const failing = mismatches(pattern, event)
  return failing.length === 0
    ? fired(trigger, event, subject)
    : {verdict: 'does-not-match', mismatches: failing.map((one) => mismatchReport(one, event)), parameters: []}
}

function mismatchReport(mismatch: Mismatch, event: EventFields): MismatchReport {
  const {path, why, wanted, found} = mismatch
  const hint = nearMiss(mismatch, event)
  return {field: path, why, wanted, found, ...(hint === undefined ? {} : {hint})}
}

type Verdict = Pick<TriggerVerdict, 'verdict' | 'parameters' | 'mismatches'>

function fired(trigger: Trigger, event: EventFields | undefined, subject: Subject): Verdict {
  const parameters: readonly TestedParameter[] = checkedParameters(
    eventParameters(trigger.parameters, event?.node),
    // Of a bare pattern no pipeline is known that could refuse anything.
    subject.parameters,
  )
  const isRefused = parameters.some(({problem}) => problem !== undefined)
  return {verdict: isRefused ? 'cannot-start' : 'fires', parameters}
}

function baseOf(trigger: Trigger, subject: Subject, pipelineArn: string, clock: Clock) {
  const {name, source, isEnabled} = trigger
  const nowMs = clock.now()
  return {
    ...(subject.project ? {name} : {}),
    kind: source.kind,
    waitsFor: waitsFor(trigger, subject, pipelineArn),
    isEnabled,
    ...(source.kind === 'schedule'
      ? {next: nextFirings(timetableOf(source), nowMs, {nowMs, count: shownFirings, zone: clock.zone})}
      : {}),
  }
}
