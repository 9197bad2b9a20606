// Times in the details of events are milliseconds, where Describe has seconds.

import type {Json, JsonObject} from '../../../definition/json.ts'

/** The document with each of its own times, whose names end in "Time", written anew. */
export function inMilliseconds(document: JsonObject, write: (ms: number) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) =>
      name.endsWith('Time') && typeof value === 'number' ? [name, write(Math.round(value * 1000))] : [name, value],
    ),
  )
}
