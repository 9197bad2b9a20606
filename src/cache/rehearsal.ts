// Results that the embedded engine only rehearsed: they may stand for a later run only if that would be a rehearsal too.

import {createHash} from 'node:crypto'
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../definition/json.ts'

/** Step types that nothing on the user's machine can stand in for. */
const rehearsedTypes: readonly string[] = ['AutoML', 'EMR', 'EMRServerless', 'Job']

/** Whether the embedded engine rehearses a step whatever it holds: its type cannot run there, or the spec asks for it. */
export function isRehearsed(type: string, runner: Json | undefined): boolean {
  return runner === 'simulate' || rehearsedTypes.includes(type) || type.startsWith('Bedrock')
}

/** How the spec wants the step to run on the user's machine: the member `local-<step>` of the definition's Metadata. */
export function localHints(metadata: JsonObject, stepName: string): JsonObject {
  const text = metadata[`local-${stepName}`]
  if (typeof text !== 'string') return {}
  try {
    const hints = JSON.parse(text) as Json
    return isJsonObject(hints) ? hints : {}
  } catch {
    return {}
  }
}

export type Rehearsal = {
  readonly runner?: Json | undefined
  readonly reports?: Json | undefined
  readonly metrics?: Json | undefined
  readonly outputs?: Json | undefined
  readonly properties?: Json | undefined
}

/** The values that a rehearsal is told to bring about are part of its signature: with others it has another result. */
export function rehearsalSignature(type: string, signature: string, hints: Rehearsal): string {
  const {runner, reports, metrics, outputs, properties} = hints
  const standIns = Object.entries({reports, metrics, outputs, properties}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  if (!isRehearsed(type, runner) || standIns.length === 0) return signature
  const told = canonicalJson({signature, ...Object.fromEntries(standIns)})
  return createHash('sha256').update(told).digest('hex')
}
