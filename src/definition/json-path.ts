// The small part of JSONPath that Std:JsonGet knows: `metrics.accuracy.value`, `rows[0]['a b']`, with or without `$.`.
// Source: SageMaker Python SDK, workflow/functions.py (JsonGet), whose paths are written without the leading `$.`.

import type {Json} from './json.ts'
import {parseSegments, readSegment} from './property-path.ts'

/** What stands at the path, or undefined when nothing does or the path cannot be read. */
export function readJsonPath(document: Json, path: string): Json | undefined {
  const text = path.replace(/^\$\.?/, '')
  if (text === '') return path.startsWith('$') ? document : undefined

  const segments = parseSegments(text)
  if (!segments) return undefined
  let at: Json | undefined = document
  for (const segment of segments) at = at === undefined ? undefined : readSegment(at, segment)
  return at
}
