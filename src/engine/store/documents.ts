// Small pieces of the documents that Describe and List operations answer with.

import type {Json, JsonObject} from '../../definition/json.ts'

/** The object without its null and undefined members: AWS leaves absent members out. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept: Record<string, Json> = {}
  for (const [name, value] of Object.entries(members)) if (value !== undefined && value !== null) kept[name] = value
  return kept
}

/** AWS JSON timestamps are epoch seconds with a fraction. */
export function seconds(epochMs: number | null | undefined): number | undefined {
  return epochMs === null || epochMs === undefined ? undefined : epochMs / 1000
}

/** The creator that the embedded account gives for everything. */
export const userContext: JsonObject = {}
