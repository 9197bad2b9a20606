// The process that runs one handed-over execution to its end.

import {exitCodes} from './exit-codes.ts'
import {listenForInterrupts} from './interrupts.ts'

/** Ends when the execution is terminal. A signal stops the process and what it runs; the execution is marked stopped. */
export async function runWorker(executionArn: string, stateDirectory: string): Promise<void> {
  const {openEngine} = await import('../engine/engine.ts')
  const engine = openEngine({stateDirectory, now: Date.now, env: process.env})
  const end = () => {
    engine.kill()
    process.exit(exitCodes.interrupted)
  }
  const interrupts = listenForInterrupts(end)
  interrupts.signal.addEventListener('abort', end, {once: true})
  try {
    await engine.runExecution(executionArn)
  } finally {
    interrupts.dispose()
    engine.close()
  }
}
