// Values with a short and a long form.

import {
  type Entry,
  type Field,
  type Fields,
  isFunctionNode,
  type JsonSchema,
  listOf,
  type Reader,
  type Recorded,
  reader,
  record,
  text,
} from '../fields.ts'
import type {Node} from '../node.ts'

/** The schema of what has several forms. */
export function either(...forms: readonly JsonSchema[]): JsonSchema {
  return {anyOf: forms}
}

/** A mapping by its table of fields, or a single value that stands for `{<key>: value}`. */
export function recordOr<K extends string, F extends Fields & Readonly<Record<K, Field<unknown>>>>(
  fields: F,
  owner: string,
  key: K,
): Reader<Recorded<F>> {
  const whole = record(fields, owner)
  return reader(either(fields[key].read.schema, whole.schema), (node, findings) => {
    if (node.kind === 'map' && !isFunctionNode(node)) return whole(node, findings)
    const read = whole(mapOf(key, node), findings)
    return read?.[key] === undefined ? undefined : read
  })
}

function mapOf(key: string, value: Node): Node {
  const {range} = value
  return {kind: 'map', entries: [{key, keyRange: range, value}], range}
}

const names = listOf(text)

/** A list of names of outputs, each of which is `usual`, or a mapping that tells more of each. */
export function outputNamesOr<T>(entries: Reader<Entry<T>[]>, usual: T): Reader<Entry<T>[]> {
  return reader(either(names.schema, entries.schema), (node, findings) => {
    if (node.kind === 'map') return entries(node, findings)
    const seen = new Set<string>()
    return names(node, findings)?.flatMap(({value: name, range}) => {
      if (seen.has(name)) {
        findings.error('duplicate-key', range, `the output "${name}" is listed twice`)
        return []
      }
      seen.add(name)
      return [{name, nameRange: range, value: usual}]
    })
  })
}
