// An event as matching sees it: the scalars at each dotted path, each with the array elements that it stands in.

import {comparableNumber} from './comparable-number.ts'
import {addressDigits} from './ip-ranges.ts'
import {type JsonNode, type ObjectNode, readObject, type ScalarNode} from './json-nodes.ts'

/** Which element of which array: the array's number in the event -> the index in it. */
export type Membership = ReadonlyMap<number, number>

export type EventValue = {
  readonly node: ScalarNode
  /** Of a number that is compared by value. */
  readonly number: number | undefined
  /** Of a string that is an IP address. */
  readonly address: string | undefined
  readonly membership: Membership
}

export type EventFields = {readonly node: ObjectNode; readonly byPath: ReadonlyMap<string, readonly EventValue[]>}

export type ParsedEvent =
  | {readonly kind: 'event'; readonly event: EventFields}
  | {readonly kind: 'invalid'; readonly reason: string}

export function parseEvent(text: string): ParsedEvent {
  const read = readObject(text)
  if (read.kind === 'broken') return {kind: 'invalid', reason: read.reason}
  return {kind: 'event', event: fieldsOf(read.node)}
}

/** Of an event that is read already. */
export function fieldsOf(node: ObjectNode): EventFields {
  return {node, byPath: flatten(node)}
}

function flatten(root: ObjectNode): ReadonlyMap<string, readonly EventValue[]> {
  const byPath = new Map<string, EventValue[]>()
  let arrays = 0

  const visit = (node: JsonNode, path: string, membership: Membership): void => {
    switch (node.kind) {
      case 'object':
        for (const [name, value] of node.members) visit(value, path === '' ? name : `${path}.${name}`, membership)
        return
      case 'array': {
        const array = arrays
        arrays += 1
        // Scalars of one array are alternatives and bind nothing; objects and arrays in it do.
        for (const [index, item] of node.items.entries()) {
          const isScalar = item.kind !== 'object' && item.kind !== 'array'
          visit(item, path, isScalar ? membership : new Map(membership).set(array, index))
        }
        return
      }
      default:
        add(path, {node, membership, ...readingsOf(node)})
    }
  }
  const add = (path: string, value: EventValue) => {
    const values = byPath.get(path)
    if (values) values.push(value)
    else byPath.set(path, [value])
  }

  visit(root, '', new Map())
  return byPath
}

function readingsOf({kind, text}: ScalarNode): Pick<EventValue, 'number' | 'address'> {
  return {
    number: kind === 'number' ? comparableNumber(text) : undefined,
    address: kind === 'string' ? addressDigits(text) : undefined,
  }
}
