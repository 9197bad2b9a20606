// Stops an execution and waits until it has stopped.

import type {ExecutionStatus, ExecutionStep, ExecutionsPort} from '../../cloud/ports.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {callbackCommand} from './callback-command.ts'
import {outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId} from './execution-arn.ts'
import {isTerminalStatus} from './inspect-execution.ts'
import {type Pace, paceOf, pauseBetweenLooks} from './pace.ts'
import {keepTrying} from './patience.ts'
import {resolveExecution} from './resolve-execution.ts'

export type StopResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly execution: string
  readonly arn: string
  /** `is-stopping`: it was told to stop, and had not stopped within a minute. */
  readonly outcome: 'has-stopped' | 'is-stopping' | 'had-ended'
  readonly status: ExecutionStatus
  /** The answers that it waits for before it stops: those of its callback steps. */
  readonly next: readonly string[]
}

const waitMs = 60_000
/** Before it is asked what the execution waits for. */
const patienceMs = 1000

export async function stopExecution(input: Place & {execution: string}, world: World): Promise<StopResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const {executions} = cloud
  const arn = await resolveExecution(input.execution, pipelineName, cloud, input)
  const before = await executions.describe(arn)
  const place = {pipeline: before.pipelineName, target: target.name, execution: executionId(arn), arn}
  if (isTerminalStatus(before.status)) {
    return {formatVersion: 1, ...place, outcome: 'had-ended', status: before.status, next: []}
  }

  const pace = paceOf(target)
  await keepTrying(() => executions.stop(arn), {pace, forMs: waitMs}, world)
  const {status, waiting} = await waitForEnd(arn, pace, executions, world)
  if (isTerminalStatus(status)) return {formatVersion: 1, ...place, outcome: 'has-stopped', status, next: []}
  const outline = outlineDefinition(readDefinition(await executions.definition(arn)))
  const next = waiting.flatMap(({name, callback}) =>
    callback ? [callbackCommand(callback.token, outline.types.get(name)?.outputs ?? [], input)] : [],
  )
  return {formatVersion: 1, ...place, outcome: 'is-stopping', status, next}
}

type Wait = {readonly status: ExecutionStatus; readonly waiting: readonly ExecutionStep[]}

/** Until it has ended, a minute has gone, or nothing but answers to callbacks is waited for. */
async function waitForEnd(arn: string, pace: Pace, executions: ExecutionsPort, world: World): Promise<Wait> {
  const startMs = world.now()
  const patience = {pace, forMs: waitMs}
  for (;;) {
    const lookedAtMs = world.now()
    const {status} = await keepTrying(() => executions.describe(arn), patience, world)
    const waitedMs = world.now() - startMs
    if (isTerminalStatus(status)) return {status, waiting: []}
    if (waitedMs >= patienceMs) {
      const steps = await keepTrying(() => executions.steps(arn), patience, world)
      const running = steps.filter(({endedAtMs}) => endedAtMs === undefined)
      const waiting = running.filter(({callback}) => callback)
      const isOnlyWaiting = waiting.length > 0 && waiting.length === running.length
      if (isOnlyWaiting || waitedMs >= waitMs) return {status, waiting}
    }
    const nowMs = world.now()
    const look = {failures: 0, quietMs: nowMs - startMs, tookMs: nowMs - lookedAtMs, random: world.random()}
    await world.sleep(pauseBetweenLooks(pace, look))
  }
}
