// How the adapters send: SDK errors become ours, and "no such thing" becomes undefined.

import {isNotFound, ServiceError, translateError} from './service-error.ts'

/** The most that SageMaker gives in one page. */
export const pageSize = 100

export async function call<Answer>(operation: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw translateError(error, operation)
  }
}

export async function orUndefined<Answer>(
  answer: Promise<Answer>,
  isMissing = isNotFound,
): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export function isDenied(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'access-denied'
}

/** What was to be made is there already, or somebody changes it at this moment. */
export function isConflict(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'conflict'
}

/**
 * Of a job or a model that does not exist SageMaker says ValidationException; moto says so of a pipeline too. Names are
 * checked before they are asked for, so that nothing else can be meant.
 */
export function isGone(error: unknown): boolean {
  return isNotFound(error) || (error instanceof ServiceError && error.awsError === 'ValidationException')
}
