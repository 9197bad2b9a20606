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

export type ContactOptions = {
  readonly arn: string
  readonly pace: Pace
  readonly place: Place
  /** The command that goes on from where this one ends, before the execution's id; and what follows it. */
  readonly again: readonly [before: string, after?: string]
}

/** A loss of contact is told once, and so is its end. */
export function keepContact(options: ContactOptions, world: World): Contact {
  const {pace} = options
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
        if (!isPassing(error)) throw outOfSight(error, error.message, options)
        if (failures === 0) {
          sinceMs = askedAtMs
          world.reporter.report({kind: 'note', message: noAnswerNote(sinceMs, error)})
        }
        failures += 1
        if (world.now() - sinceMs < patienceMs) return undefined
        const message = `no answer from SageMaker for ${Math.floor(patienceMs / 60_000)} minutes: ${error.message}`
        throw outOfSight(error, message, options)
      }
    },
  }
}

/** The same error, with what it does not change: the execution. */
function outOfSight(error: MlpipeError, reason: string, {arn, place, again}: ContactOptions): MlpipeError {
  const id = executionId(arn)
  const [before, after = ''] = again
  return new MlpipeError({
    code: error.code,
    who: error.who,
    exit: error.exit,
    message: `${reason}; execution ${id} goes on all the same`,
    nextSteps: [...error.nextSteps, nextCommand(`${before} ${id}${after}`, place)],
    cause: error,
  })
}
