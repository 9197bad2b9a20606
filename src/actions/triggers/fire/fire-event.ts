// The event that a trigger is fired with: the user's own, the one that a real object or model package makes, or a sample.

import type {Cloud} from '../../../cloud/ports.ts'
import type {JsonObject} from '../../../definition/json.ts'
import {textAt} from '../../../definition/json-members.ts'
import {overlay} from '../../../definition/json-overlay.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {type EventFields, parseEvent} from '../../../events/event-fields.ts'
import type {SamplePlace} from '../../../trigger/samples/envelope.ts'
import {eventForPattern} from '../../../trigger/samples/event-for-pattern.ts'
import {sampleEvent} from '../../../trigger/samples/sample-event.ts'
import {scheduledRule} from '../../../trigger/samples/service-events.ts'
import type {TriggerSource} from '../../../trigger/trigger.ts'
import {resolveModel} from '../../models/resolve-model.ts'
import {nextCommand, type Place, quoted} from '../../next-commands.ts'
import type {World} from '../../world.ts'
import {readGiven} from '../test/read-given.ts'
import {mismatchOf} from './check-match.ts'
import {objectEvent, packageEvents} from './real-events.ts'

export type EventInput = {
  /** A file that holds the event, `-` for standard input, or the event itself. */
  readonly event?: string | undefined
  /** `s3://bucket/key`. */
  readonly object?: string | undefined
  /** An ARN or `group/version`. */
  readonly modelPackage?: string | undefined
}

export type FireEvent = {
  readonly from: 'sample' | 'given' | 'object' | 'model-package'
  readonly fields: EventFields
  readonly document: JsonObject
  /** Absent when the event has none that could stand in a sentence. */
  readonly id?: string
}

export type EventScope = {
  readonly triggerName: string
  /** Of the rule that is fired; absent for one that goes by the clock only. */
  readonly pattern: string | undefined
  /** What is declared under the trigger's name. */
  readonly source: TriggerSource | undefined
  readonly sample: SamplePlace
  readonly pipelineName: string
  readonly place: Place
}

export async function fireEvent(
  input: EventInput,
  scope: EventScope,
  cloud: Cloud,
  {cwd}: Pick<World, 'cwd'>,
): Promise<FireEvent> {
  if (input.event !== undefined) return read((await readGiven(input.event, 'event', cwd)).text, 'given')
  if (input.object !== undefined) return read(await objectEvent(input.object, scope.sample, cloud), 'object')
  if (input.modelPackage !== undefined) {
    const {arn} = await resolveModel(input.modelPackage, scope.pipelineName, cloud, scope.place)
    const texts = packageEvents(await cloud.registry.describe(arn), scope.sample)
    return firstMatch(texts, scope.pattern, 'model-package')
  }
  return sample(scope)
}

/**
 * A declared kind makes the fuller event; where what stands waits for something else, what its pattern wants is laid over that, or is
 * an event by itself.
 */
function sample({triggerName, pattern, source, sample: sampled, place}: EventScope): FireEvent {
  if (pattern === undefined) return read(JSON.stringify(scheduledRule(sampled)), 'sample')
  const declared = source && sampleEvent(source, sampled)
  const made = eventForPattern(pattern, sampled)
  const texts = [declared, made].flatMap((one) => (one?.kind === 'event' ? [one.text] : []))
  const [fuller, wanted] = texts
  if (fuller !== undefined && wanted !== undefined) texts.splice(1, 0, laidOver(fuller, wanted))
  if (texts.length > 0) return firstMatch(texts, pattern, 'sample')
  throw new MlpipeError({
    code: 'no-sample',
    message: `no sample can be made for the trigger "${triggerName}"${made.kind === 'none' ? `: ${made.why}` : ''}`,
    nextSteps: [nextCommand(`trigger fire ${quoted(triggerName)} --event FILE`, place)],
  })
}

function laidOver(fuller: string, wanted: string): string {
  return JSON.stringify(overlay(JSON.parse(fuller) as JsonObject, JSON.parse(wanted) as JsonObject))
}

/** The first of these events that the pattern matches; where none does, the first, which is told about. */
function firstMatch(texts: readonly string[], pattern: string | undefined, from: FireEvent['from']): FireEvent {
  const events = texts.map((text) => read(text, from))
  const match = events.find(({fields}) => mismatchOf(pattern, fields) === undefined)
  const [first] = events
  if (!first) throw new Error('there is no event to fire with')
  return match ?? first
}

function read(text: string, from: FireEvent['from']): FireEvent {
  const parsed = parseEvent(text)
  if (parsed.kind === 'invalid') throw notAnEvent(parsed.reason)
  const document = readJson(text)
  const id = textAt(document, 'id')
  // It goes into a description, in which it has to be one word.
  const isWord = id !== undefined && /^[\w.:/-]{1,128}$/.test(id)
  return {from, fields: parsed.event, document, ...(isWord ? {id} : {})}
}

/** EventBridge reads the object that the text begins with; the rest of the world wants nothing else in it. */
function readJson(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject
  } catch (error) {
    throw notAnEvent(error instanceof Error ? error.message : String(error))
  }
}

function notAnEvent(reason: string): MlpipeError {
  return new MlpipeError({code: 'wrong-event', message: `the event cannot be read: ${reason}`})
}
