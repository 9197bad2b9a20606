// An event that a trigger fires for, made without asking anybody.

import type {JsonObject} from '../../definition/json.ts'
import type {TriggerSource} from '../trigger.ts'
import type {SamplePlace} from './envelope.ts'
import {eventForPattern, type PatternSample} from './event-for-pattern.ts'
import {drift, modelPackage, objectCreated, pipelineStatus, scheduledRule} from './service-events.ts'

/** `no-event`: EventBridge Scheduler starts the pipeline without one. */
export type SampleEvent = PatternSample | {readonly kind: 'no-event'}

export function sampleEvent(source: TriggerSource, place: SamplePlace): SampleEvent {
  switch (source.kind) {
    case 's3':
      return event(objectCreated(source, place))
    case 'drift':
      return event(drift(source, place))
    case 'model':
      return event(modelPackage(source, place))
    case 'pipeline':
      return event(pipelineStatus(source, place))
    case 'event':
      return eventForPattern(source.pattern, place)
    case 'schedule':
      return source.via === 'rule' ? event(scheduledRule(place)) : {kind: 'no-event'}
  }
}

function event(document: JsonObject): SampleEvent {
  return {kind: 'event', text: JSON.stringify(document)}
}
