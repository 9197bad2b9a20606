// How the SageMaker adapters send: SDK errors become ours, and "no such thing" becomes undefined.

import {isNotFound, translateError} from '../service-error.ts'

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
