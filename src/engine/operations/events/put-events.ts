// PutEvents.

import {randomUUID} from 'node:crypto'
import {readObject} from '../../../events/json-nodes.ts'
import {publish} from '../../bus/publish.ts'
import type {putEventsShape} from '../../validations/events/events.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'
import {isDefaultBus} from './finding.ts'

type Entry = InputOf<typeof putEventsShape>['Entries'][number]

/** User Guide, "PutEvents entry size": the entries of a request together. */
const mostBytes = 262_144

export async function putEvents(input: InputOf<typeof putEventsShape>, context: OperationContext): Promise<Reply> {
  const bytes = input.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0)
  if (bytes > mostBytes) return invalid('Total size of the entries in the request is over the limit.')
  const entries = input.Entries.map((entry) => findFault(entry) ?? {EventId: send(entry, context)})
  const failed = entries.filter((entry) => 'ErrorCode' in entry).length
  return ok({FailedEntryCount: failed, Entries: entries})
}

function send({Source = '', DetailType = '', Detail = '', Resources, Time}: Entry, context: OperationContext): string {
  const id = randomUUID()
  const timeMs = Time === undefined ? context.now() : Time * 1000
  const event = {id, source: Source, detailType: DetailType, detail: Detail, resources: Resources ?? [], timeMs}
  publish(event, context)
  return id
}

function findFault({Source, DetailType, Detail, EventBusName}: Entry) {
  if (!Source) return missing('Source')
  if (!DetailType) return missing('DetailType')
  if (!Detail) return missing('Detail')
  if (Source.startsWith('aws.')) {
    return {ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.'}
  }
  const read = readObject(Detail)
  if (read.kind === 'broken' || read.rest.trim() !== '') {
    return {ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.'}
  }
  if (isDefaultBus(EventBusName)) return undefined
  // What the service does with events for a bus that is not there is not documented.
  return {ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${EventBusName} does not exist.`}
}

function missing(name: string) {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  }
}

function sizeOf({Time, Source = '', DetailType = '', Detail = '', Resources = []}: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14)
}
