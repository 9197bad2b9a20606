// Sends the request that starts an execution, or one more try of it, so that it starts once at most and is not given up early.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import type {World} from '../world.ts'
import type {Pace} from './pace.ts'
import {isPassing, keepTrying} from './patience.ts'

/** `run` and `executions retry` are waited for by somebody: a minute, on top of what the SDK tries by itself. */
const startPatienceMs = 60_000

export type StartRequestOptions = {
  readonly pace: Pace
  readonly place: Place
  /** `run`, or `executions retry ID`: what to type again, when it turns out that nothing was started. */
  readonly again: string
}

/**
 * Every try carries the same token, by which SageMaker starts nothing twice (API reference, StartPipelineExecution:
 * ClientRequestToken). From the first try on Ctrl-C no longer ends this process by itself.
 */
export async function sendStart<Answer>(
  send: (token: string) => Promise<Answer>,
  {pace, place, again}: StartRequestOptions,
  world: World,
): Promise<Answer> {
  const token = world.newToken()
  let isUnclear = false
  const attempt = async () => {
    try {
      return await send(token)
    } catch (error) {
      // A throttled request was turned away; any other that got no answer may have been carried out.
      if (pace === 'service' && isPassing(error) && error.code !== 'throttled') isUnclear = true
      throw error
    }
  }
  // Read for its effect as well: from here on Ctrl-C is an event, not the end.
  if (world.interrupt.aborted) throw interrupted()
  try {
    return await keepTrying(attempt, {pace, forMs: startPatienceMs}, world)
  } catch (error) {
    if (!isUnclear || !(error instanceof MlpipeError)) throw error
    throw new MlpipeError({
      code: 'start-unclear',
      who: 'service',
      message: `it is not known whether an execution was started: ${error.message}`,
      nextSteps: [
        `${nextCommand('executions list --since 15m', place)}  (is there one?)`,
        `${nextCommand(again, place)}  (when there is none)`,
      ],
      cause: error,
    })
  }
}

function interrupted(): MlpipeError {
  return new MlpipeError({code: 'interrupted', message: 'nothing was started', exit: 130})
}
