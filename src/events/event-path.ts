// The paths by which a target takes values out of an event: `$.detail.object.key`, `$.resources[0]`, `$['detail-type']`.
// Source: Amazon EventBridge User Guide, "Input transformation"; a pipeline parameter is a single path or a constant.

import type {JsonNode} from './json-nodes.ts'

const step = /\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/y

/** The names and indices of a path, or undefined when the text is none. */
export function parseEventPath(text: string): readonly (string | number)[] | undefined {
  if (!text.startsWith('$')) return undefined
  const steps: (string | number)[] = []
  step.lastIndex = 1
  while (step.lastIndex < text.length) {
    const [, dotted, index, single, double] = step.exec(text) ?? []
    const name = dotted ?? single ?? double
    if (index !== undefined) steps.push(Number(index))
    else if (name !== undefined) steps.push(name)
    else return undefined
  }
  return steps
}

/** The text of what stands at the path: a string without its quotes, anything else as JSON. Undefined when nothing does. */
export function textAtPath(node: JsonNode, steps: readonly (string | number)[]): string | undefined {
  let at: JsonNode | undefined = node
  for (const name of steps) at = at === undefined ? undefined : childOf(at, name)
  if (at === undefined) return undefined
  return at.kind === 'object' || at.kind === 'array' ? formatNode(at) : at.text
}

function childOf(node: JsonNode, name: string | number): JsonNode | undefined {
  if (typeof name === 'number') return node.kind === 'array' ? node.items[name] : undefined
  if (node.kind !== 'object') return undefined
  // Of a name that stands twice the last counts.
  return node.members.findLast(([member]) => member === name)?.[1]
}

function formatNode(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map(([name, value]) => `${JSON.stringify(name)}:${formatNode(value)}`).join(',')}}`
    case 'array':
      return `[${node.items.map(formatNode).join(',')}]`
    case 'string':
      return JSON.stringify(node.text)
    default:
      return node.text
  }
}
