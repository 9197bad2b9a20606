// Reads the logs of an execution's jobs once, or on and on until it has ended.

import type {Cloud, ExecutionStatus, ExecutionStep} from '../../cloud/ports.ts'
import type {Place} from '../next-commands.ts'
import type {World} from '../world.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import type {JobLogs} from './job-logs.ts'
import {keepContact, observer, type Seen} from './look.ts'
import {type Pace, pauseBetweenLooks} from './pace.ts'

export type Reading = {
  readonly arn: string
  readonly pace: Pace
  readonly place: Place
  isWanted(step: ExecutionStep): boolean
}

export type ReadLogs = {
  readonly status: ExecutionStatus
  /** Those that are wanted. */
  readonly steps: readonly ExecutionStep[]
  readonly isInterrupted: boolean
}

export async function readLogs({arn, isWanted}: Reading, logs: JobLogs, {executions}: Cloud): Promise<ReadLogs> {
  const {status} = await executions.describe(arn)
  const steps = (await executions.steps(arn)).filter(isWanted)
  await logs.read(steps)
  return {status, steps, isInterrupted: false}
}

/** For lines that come late, after the end of the execution. */
const longestWaitMs = 60_000

export async function followLogs(reading: Reading, logs: JobLogs, cloud: Cloud, world: World): Promise<ReadLogs> {
  const {arn, pace, place, isWanted} = reading
  const {interrupt, reporter} = world
  const look = observer(arn, pace, cloud.executions)
  const contact = keepContact({arn, pace, place, again: ['executions logs', ' --follow']}, world)
  let status: ExecutionStatus = 'Executing'
  let steps: readonly ExecutionStep[] = []
  let lastChangeMs = world.now()
  let endSeenMs: number | undefined

  /** Once the execution has ended, its steps are known, and only late lines may come. */
  async function readOn(): Promise<boolean> {
    if (!isTerminalStatus(status)) {
      const seen: Seen = await look()
      status = seen.execution?.status ?? status
      steps = seen.steps.filter(isWanted)
    }
    return logs.read(steps)
  }

  for (;;) {
    const lookedAtMs = world.now()
    const changed = await contact.ask(readOn)
    if (isTerminalStatus(status)) endSeenMs ??= world.now()
    const isLate = endSeenMs !== undefined && world.now() - endSeenMs >= longestWaitMs
    if (isTerminalStatus(status) && (logs.isSettled(steps) || isLate)) {
      reporter.report({kind: 'note', message: `execution ${executionId(arn)} has ended: ${status}`})
      return {status, steps, isInterrupted: false}
    }
    if (interrupt.aborted) return {status, steps, isInterrupted: !isTerminalStatus(status)}

    const nowMs = world.now()
    if (changed) lastChangeMs = nowMs
    const quiet = {quietMs: nowMs - lastChangeMs, tookMs: nowMs - lookedAtMs}
    const pauseMs = pauseBetweenLooks(pace, {failures: contact.failures(), ...quiet, random: world.random()})
    await world.sleep(pauseMs, interrupt)
  }
}
