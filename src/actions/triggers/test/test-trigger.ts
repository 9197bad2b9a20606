// Does it fire for this event, and with which parameters? Asks no target.

import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {type EventFields, parseEvent} from '../../../events/event-fields.ts'
import {checkEnvelope} from '../../../trigger/event-envelope.ts'
import type {World} from '../../world.ts'
import {judgeEvent, judgeSample} from './judge-trigger.ts'
import {type Given, readGiven} from './read-given.ts'
import {openSubject, type Subject, type SubjectInput} from './subject.ts'
import type {TestResult} from './test-result.ts'

export type TestInput = SubjectInput & {
  /** A file, `-`, or the JSON itself; absent: each trigger gets a sample. */
  readonly event?: string | undefined
}

export async function testTriggers(input: TestInput, world: World): Promise<TestResult> {
  const subject = await openSubject(input, world)
  if (input.event === undefined) {
    const triggers = subject.triggers.map((trigger) => judgeSample(trigger, subject, world))
    return resultOf(subject, {from: 'sample', shown: 'a sample'}, triggers, shiftedTimes(subject), world)
  }
  const given = await readGiven(input.event, 'event', world.cwd)
  const {event, notes} = readEvent(given)
  const triggers = subject.triggers.map((trigger) => judgeEvent(trigger, event, subject, world))
  return resultOf(subject, {from: 'given', shown: given.shown}, triggers, [...notes, ...openPlace(subject)], world)
}

/** Refused where EventBridge would refuse it. */
function readEvent({text, shown}: Given): {readonly event: EventFields; readonly notes: readonly string[]} {
  const parsed = parseEvent(text)
  if (parsed.kind === 'invalid') {
    throw new MlpipeError({code: 'wrong-event', message: `the event (${shown}) is no JSON object: ${parsed.reason}`})
  }
  const envelope = checkEnvelope(parsed.event.node)
  if (envelope.kind === 'gaps') {
    const [only = '', ...more] = envelope.missing
    const fields = more.length === 0 ? `field ${only}` : `fields ${envelope.missing.join(', ')}`
    throw new MlpipeError({
      code: 'wrong-event',
      message: `the event (${shown}) has no ${fields}, which every event has`,
      nextSteps: ['mlpipe trigger test --sample --json  (a whole event to begin with)'],
    })
  }
  const notes = ['it has no field of an event, such as source and detail-type: EventBridge never sends the like']
  return {event: parsed.event, notes: envelope.kind === 'part' ? notes : []}
}

/** Patterns that hold an ARN of the account are tried with that of the event where nothing else says which it is. */
function openPlace({project, triggers}: Subject): string[] {
  if (!project || (project.target.account && project.target.region)) return []
  const isAsked = triggers.some(
    ({source}) =>
      (source.kind === 'pipeline' && !source.pipeline.startsWith('arn:')) ||
      (source.kind === 'drift' && source.by.kind === 'violation'),
  )
  return isAsked
    ? [`account or region of target "${project.target.name}" are not in the spec: those of the event count`]
    : []
}

/** Counted as if the schedule were made now. */
function shiftedTimes({triggers}: Subject): string[] {
  const isShifted = triggers.some(
    ({source}) => source.kind === 'schedule' && source.expression.startsWith('rate(') && source.startMs === undefined,
  )
  return isShifted ? ['a rate counts from when its schedule is made: its times are those of one that is made now'] : []
}

function resultOf(
  subject: Subject,
  event: TestResult['event'],
  triggers: TestResult['triggers'],
  notes: readonly string[],
  {zone}: World,
): TestResult {
  const {project} = subject
  return {
    formatVersion: 1,
    kind: 'test',
    ...(project ? {spec: {file: project.specPath, pipeline: project.pipelineName, target: project.target.name}} : {}),
    event,
    triggers,
    fires: triggers.some(({verdict, isEnabled}) => verdict === 'fires' && isEnabled),
    notes,
    zone,
  }
}
