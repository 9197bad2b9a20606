// Whether something is an event as EventBridge takes it.

import type {ObjectNode} from '../events/json-nodes.ts'

/** API Reference, TestEventPattern, Event: "the following fields are mandatory". */
const mandatory = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'] as const

/** `part`: without any of them; EventBridge would refuse it too, but it is plainly not meant as an event. */
export type Envelope =
  | {readonly kind: 'whole'}
  | {readonly kind: 'part'}
  | {readonly kind: 'gaps'; readonly missing: readonly string[]}

export function checkEnvelope({members}: ObjectNode): Envelope {
  const names = new Set(members.map(([name]) => name))
  const missing = mandatory.filter((name) => !names.has(name))
  if (missing.length === 0) return {kind: 'whole'}
  return missing.length === mandatory.length ? {kind: 'part'} : {kind: 'gaps', missing}
}

/** The text of a field of the envelope. */
export function envelopeText({members}: ObjectNode, name: string): string | undefined {
  const value = members.findLast(([member]) => member === name)?.[1]
  return value?.kind === 'string' ? value.text : undefined
}
