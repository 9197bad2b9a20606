// Whether two event patterns are the same JSON: the order of fields and blanks do not count, the texts of numbers do, since
// EventBridge matches those that no double holds by their text.

import {type JsonNode, readObject} from '../events/json-nodes.ts'

export function samePattern(one: string, other: string): boolean {
  if (one === other) return true
  const [a, b] = [one, other].map(canonical)
  return a !== undefined && a === b
}

/** Undefined for what is no object. */
function canonical(text: string): string | undefined {
  const read = readObject(text)
  return read.kind === 'object' ? canonicalNode(read.node) : undefined
}

function canonicalNode(node: JsonNode): string {
  switch (node.kind) {
    case 'object': {
      // Of a name that stands twice the last counts.
      const members = [...new Map(node.members)].sort(([a], [b]) => (a < b ? -1 : 1))
      return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${canonicalNode(value)}`).join()}}`
    }
    case 'array':
      return `[${node.items.map(canonicalNode).join()}]`
    case 'string':
      return JSON.stringify(node.text)
    default:
      return node.text
  }
}
