// Turns what is listed of an execution's steps, look after look, into events: each start and each end once.

import type {Callback, Cloud, ExecutionStep} from '../../cloud/ports.ts'
import type {Place} from '../next-commands.ts'
import type {ProgressEvent} from '../reporter.ts'
import type {World} from '../world.ts'
import {callbackCommand} from './callback-command.ts'
import type {DefinitionOutline} from './definition-outline.ts'
import {cacheSources, isTerminalState, stateOf, stepReport} from './step-report.ts'

export type StepWatcher = {
  /** Reports what is new; true when something was. */
  take(steps: readonly ExecutionStep[]): Promise<boolean>
}

export type WatchedSteps = {
  readonly outline: DefinitionOutline
  /** Steps that had ended before, and are not reported. */
  readonly known?: ReadonlySet<string>
  /** What the user named, for commands that are proposed. */
  readonly place?: Place
}

export function watchSteps({outline, known, place = {}}: WatchedSteps, cloud: Cloud, world: World): StepWatcher {
  const sources = cacheSources(cloud.executions)
  const started = new Set<string>()
  const waiting = new Set<string>()
  const ended = new Set(known)
  return {
    async take(steps) {
      const events: ProgressEvent[] = []
      const news = steps.filter(({name}) => !ended.has(name))
      for (const step of news) {
        if (isTerminalState(stateOf(step))) {
          ended.add(step.name)
          events.push({kind: 'step-ended', step: await stepReport(step, outline, sources, world.now())})
        } else if (!started.has(step.name)) {
          const label = {name: step.name, type: outline.types.get(step.name)?.type ?? ''}
          events.push({kind: 'step-started', step: label, atMs: step.startedAtMs ?? world.now()})
        }
        started.add(step.name)
        if (step.callback && !ended.has(step.name) && !waiting.has(step.callback.token)) {
          waiting.add(step.callback.token)
          events.push(waitingEvent(step.name, step.callback, outline, place))
        }
      }
      for (const event of events.sort((a, b) => endOf(a) - endOf(b))) world.reporter.report(event)
      return events.length > 0
    },
  }
}

function waitingEvent(
  step: string,
  {token, queueUrl}: Callback,
  outline: DefinitionOutline,
  place: Place,
): ProgressEvent {
  const answer = callbackCommand(token, outline.types.get(step)?.outputs ?? [], place)
  return {kind: 'step-waiting', step, ...(queueUrl === undefined ? {} : {queueUrl}), answer}
}

/** Steps that ended come in the order in which they ended; then what has started. */
function endOf(event: ProgressEvent): number {
  if (event.kind !== 'step-ended' || event.step.endedAt === undefined) return Number.MAX_SAFE_INTEGER
  return Date.parse(event.step.endedAt)
}
