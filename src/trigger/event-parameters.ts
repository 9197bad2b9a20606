// The parameters that a trigger starts its pipeline with: constants, and values out of the event that it fired for.

import {parseEventPath, textAtPath} from '../events/event-path.ts'
import type {ObjectNode} from '../events/json-nodes.ts'
import type {TriggerParameter} from './trigger.ts'

export type EventParameter = {
  readonly name: string
  readonly value: string
  /** Where in the event the value comes from; absent for a constant. */
  readonly path?: string
}

export type EventParameters = {
  readonly given: readonly EventParameter[]
  /** The event has nothing at the paths of these: the pipeline cannot be started. */
  readonly missing: readonly {readonly name: string; readonly path: string}[]
}

/**
 * A value that is a path as a whole is taken from the event, and there is no joining of texts (API Reference,
 * SageMakerPipelineParameter). A schedule of EventBridge Scheduler has no event: its values are all constants.
 */
export function eventParameters(
  parameters: readonly TriggerParameter[],
  event: ObjectNode | undefined,
): EventParameters {
  const given: EventParameter[] = []
  const missing: {name: string; path: string}[] = []
  for (const {name, value: written} of parameters) {
    const path = event && parseEventPath(written)
    if (!event || !path) {
      given.push({name, value: written})
      continue
    }
    const value = textAtPath(event, path)
    if (value === undefined) missing.push({name, path: written})
    else given.push({name, value, path: written})
  }
  return {given, missing}
}
