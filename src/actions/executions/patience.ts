// Requests that go unanswered for a while: throttled, lost on the way, or failed inside the service.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {World} from '../world.ts'
import {type Pace, pauseAfterFailure} from './pace.ts'

/** How long a service that does not answer is waited for, once something has been started there. */
export const patienceMs = 600_000

/** Codes of refusals that say nothing about the request; see cloud/service-error.ts. */
const passing: readonly string[] = ['throttled', 'service-unreachable', 'service-fault', 'broken-answer', 'damaged']

export type PassingError = MlpipeError & {readonly who: 'service'}

export function isPassing(error: unknown): error is PassingError {
  return error instanceof MlpipeError && error.who === 'service' && passing.includes(error.code)
}

/** For a note: `no answer from SageMaker since 12:03:10 UTC (DescribePipeline was throttled: …), trying again`. */
export function noAnswerNote(sinceMs: number, error: MlpipeError): string {
  const time = new Date(sinceMs).toISOString().slice(11, 19)
  return `no answer from SageMaker since ${time} UTC (${error.message}), trying again`
}

export type Patience = {readonly pace: Pace; readonly forMs: number}

/** Tries again until there is an answer, the time is over, or the user interrupts; then throws the last error. */
export async function keepTrying<Answer>(
  work: () => Promise<Answer>,
  {pace, forMs}: Patience,
  world: World,
): Promise<Answer> {
  const startedMs = world.now()
  for (let failures = 1; ; failures += 1) {
    try {
      return await work()
    } catch (error) {
      if (pace === 'embedded' || !isPassing(error)) throw error
      if (failures === 1) world.reporter.report({kind: 'note', message: noAnswerNote(startedMs, error)})
      if (world.now() - startedMs >= forMs || world.interrupt.aborted) throw error
    }
    await world.sleep(pauseAfterFailure(failures, world.random()), world.interrupt)
  }
}
