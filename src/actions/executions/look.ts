// One look at an execution after another, through a service that may not answer for a while.

import type {Execution, ExecutionStep, ExecutionsPort} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import type {World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {asksForStatus, type Pace} from './pace.ts'
import {isPassing, noAnswerNote, patienceMs} from './patience.ts'
import {isTerminalState, stateOf} from './step-report.ts'

export type Seen = {
  /** Absent where only the steps were asked for: it has not ended. */
  readonly execution?: Execution
  readonly steps: readonly ExecutionStep[]
}

/** Looks with as few calls as can tell what is new. */
export function observer(arn: string, pace: Pace, executions: ExecutionsPort): () => Promise<Seen> {
  let last = {isStepRunning: false, stepLooks: 0}
  return async () => {
    // The status first: once it says that the execution has ended, its steps are all there.
    const asked = asksForStatus(pace, last)
    const execution = asked ? await executions.describe(arn) : undefined
    const steps = await executions.steps(arn)
    const isStepRunning = steps.some((step) => !isTerminalState(stateOf(step)))
    last = {isStepRunning, stepLooks: asked ? 0 : last.stepLooks + 1}
    return execution ? {execution, steps} : {steps}
  }
}

export type Contact = {
  /** Since the last answer. */
  failures(): number
  /** Undefined when there was no answer this time. Throws when it goes on for too long, or cannot get better. */
  ask<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined>
}

/** A loss of contact is told once, and so is its end. */
export function keepContact(arn: string, pace: Pace, place: Place, world: World): Contact {
  let failures = 0
  let sinceMs = 0
  return {
    failures: () => failures,
    async ask(work) {
      const askedAtMs = world.now()
      try {
        const answer = await work()
        if (failures > 0) world.reporter.report({kind: 'note', message: 'SageMaker answers again'})
        failures = 0
        return answer
      } catch (error) {
        if (pace === 'embedded' || !(error instanceof MlpipeError) || error.who !== 'service') throw error
        if (!isPassing(error)) throw outOfSight(error, error.message, arn, place)
        if (failures === 0) {
          sinceMs = askedAtMs
          world.reporter.report({kind: 'note', message: noAnswerNote(sinceMs, error)})
        }
        failures += 1
        if (world.now() - sinceMs < patienceMs) return undefined
        const message = `no answer from SageMaker for ${Math.floor(patienceMs / 60_000)} minutes: ${error.message}`
        throw outOfSight(error, message, arn, place)
      }
    },
  }
}

/** The same error, with what it does not change: the execution. */
function outOfSight(error: MlpipeError, reason: string, arn: string, place: Place): MlpipeError {
  const id = executionId(arn)
  return new MlpipeError({
    code: error.code,
    who: error.who,
    exit: error.exit,
    message: `${reason}; execution ${id} goes on all the same`,
    nextSteps: [...error.nextSteps, nextCommand(`executions watch ${id}`, place)],
    cause: error,
  })
}
