// What a delete that broke off says: what is gone, and the command that goes on from there.

import {amended, MlpipeError} from '../../diagnostics/mlpipe-error.ts'

export function halfDeleted(error: unknown, done: readonly string[], again: string): unknown {
  if (!(error instanceof MlpipeError) || error.who === 'bug') return error
  const gone =
    done.length === 0 ? 'nothing is deleted' : `${done.join(', ')} ${done.length === 1 ? 'is' : 'are'} deleted`
  const message = `the rest stays (${gone}): ${error.message}`
  return amended(error, {message, nextSteps: [...error.nextSteps, `${again}  (goes on from there)`]})
}
