// What becomes of an execution that is followed when the user presses Ctrl-C.

import type {ExecutionsPort} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Connection, World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {isPassing} from './patience.ts'

/** What Ctrl-C means for the execution. `ask` stops it where nobody can be asked, and where it would end with this process. */
export type OnInterrupt = 'ask' | 'stop' | 'leave'

export type StopControl = {
  isWanted(): boolean
  /** To be called between two looks. `look-again`: something has changed, or should have. */
  react(): Promise<'wait' | 'look-again' | 'leave'>
}

export function stopControl(
  {arn, onInterrupt}: {readonly arn: string; readonly onInterrupt: OnInterrupt},
  connection: Connection,
  world: World,
): StopControl {
  const {executions} = connection.cloud
  let stop: 'unwanted' | 'wanted' | 'requested' = 'unwanted'
  // Read at once: from here on Ctrl-C is an event, not the end of the process.
  let {interrupt} = world
  return {
    isWanted: () => stop !== 'unwanted',
    async react() {
      if (stop === 'unwanted' && interrupt.aborted) {
        const wish = await atInterrupt(onInterrupt, arn, connection, world)
        if (wish === 'leave') return 'leave'
        if (wish === 'follow') {
          world.forgetInterrupt()
          interrupt = world.interrupt
          return 'look-again'
        }
        stop = 'wanted'
        const outlives = connection.idle === undefined
        world.reporter.report({kind: 'stopping', execution: executionId(arn), outlives})
      }
      if (stop !== 'wanted' || !(await requestStop(arn, executions))) return 'wait'
      stop = 'requested'
      return 'look-again'
    },
  }
}

type Wish = 'follow' | 'stop' | 'leave'

async function atInterrupt(onInterrupt: OnInterrupt, arn: string, {idle}: Connection, world: World): Promise<Wish> {
  if (onInterrupt !== 'ask') return onInterrupt
  if (idle !== undefined) return 'stop'
  const question = `execution ${executionId(arn)} runs on: [s]top it, [l]eave it running, or Enter to go on following?`
  const answer = await world.choose<Wish>(question, ['follow', 'stop', 'leave'])
  if (answer === 'no-terminal') return 'stop'
  // Ctrl-C once more: out of here, with as little done as possible.
  return answer === 'interrupted' ? 'leave' : answer
}

/** False when there was no answer, and it has to be asked again. */
async function requestStop(arn: string, executions: ExecutionsPort): Promise<boolean> {
  try {
    await executions.stop(arn)
    return true
  } catch (error) {
    if (isPassing(error)) return false
    // It may have ended, or be stopping already, since it was looked at; the next look tells.
    if (error instanceof MlpipeError && error.who === 'service') return true
    throw error
  }
}
