// A mapping as JSON text inside a request.

import type {Json} from '../../definition/json.ts'
import {spacedJson} from '../../definition/spaced-json.ts'
import {type MapValue, referencesIn, type Value} from '../../spec/value.ts'
import type {StepScope} from '../context.ts'
import {resolveReference} from '../resolve-reference.ts'
import {compileText, compileValue, join} from './compile-value.ts'

/** A mapping as JSON text; where there are references in it, as a join that becomes JSON text in the run. */
export function compileJsonText(value: MapValue, scope: StepScope): Json {
  return join(jsonPieces(value, scope))
}

function jsonPieces(value: Value, scope: StepScope): Json[] {
  if (referencesIn(value).length === 0) return [spacedJson(compileValue(value, scope))]
  if (value.kind === 'list') return ['[', ...separated(value.items.map((item) => jsonPieces(item, scope))), ']']
  if (value.kind === 'map') {
    const members = value.entries.map((entry) => [`${JSON.stringify(entry.key)}: `, ...jsonPieces(entry.value, scope)])
    return ['{', ...separated(members), '}']
  }
  return isBare(value, scope) ? [compileText(value, scope)] : quoted(value, scope)
}

function separated(groups: readonly Json[][]): Json[] {
  return groups.flatMap((group, index) => (index === 0 ? group : [', ', ...group]))
}

/** A number or truth value stands in JSON without quotes. */
function isBare(value: Value, scope: StepScope): boolean {
  if (value.kind !== 'reference') return false
  const type = resolveReference(value.reference, scope)?.type
  return type !== 'String' && type !== 'Unknown'
}

/** The plain parts are escaped; what a reference gives cannot be, and must be free of quotes. */
function quoted(value: Value, scope: StepScope): Json[] {
  const parts = value.kind === 'text' ? value.parts : []
  const pieces =
    value.kind === 'text'
      ? parts.map((part) =>
          typeof part === 'string'
            ? JSON.stringify(part).slice(1, -1)
            : compileText({kind: 'reference', reference: part, range: part.range}, scope),
        )
      : [compileText(value, scope)]
  return ['"', ...pieces, '"']
}
