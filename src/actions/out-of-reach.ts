// What a service does not tell: the caller may not ask, or what stands in for AWS does not know the question.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'

export function isOutOfReach(error: unknown): error is MlpipeError {
  return error instanceof MlpipeError && ['access-denied', 'unknown-operation'].includes(error.code)
}

/** Undefined where it is not told. */
export async function withinReach<Answer>(look: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await look()
  } catch (error) {
    if (isOutOfReach(error)) return undefined
    throw error
  }
}
