// Results that the embedded engine only rehearsed: they may stand for a later run only if that would be a rehearsal too.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'

/** Step types that nothing on the user's machine can stand in for. */
const rehearsedTypes: readonly string[] = ['AutoML', 'EMR', 'EMRServerless', 'Job']

/** Whether the embedded engine rehearses a step whatever it holds: its type cannot run there, or the spec asks for it. */
export function isRehearsed(type: string, runner: string | undefined): boolean {
  return runner === 'simulate' || rehearsedTypes.includes(type) || type.startsWith('Bedrock')
}

/** How the spec wants the step to run on the user's machine, out of the member `local-<step>` of the definition's Metadata. */
export function localRunner(metadata: JsonObject, stepName: string): string | undefined {
  const text = metadata[`local-${stepName}`]
  if (typeof text !== 'string') return undefined
  try {
    const hints = JSON.parse(text) as Json
    return isJsonObject(hints) && typeof hints.runner === 'string' ? hints.runner : undefined
  } catch {
    return undefined
  }
}
