// What of a trigger is fired: as it stands, or as the spec declares it while it is not made.

import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {describeStarter, type StandingKind} from '../../../trigger/describe.ts'
import {ownerOf} from '../../../trigger/ownership.ts'
import type {TriggerParameter, TriggerSource} from '../../../trigger/trigger.ts'
import {nextCommand, type Place, quoted} from '../../next-commands.ts'
import {kindOf, starterOf, type TriggerPair, targetsIn} from '../look/pair-triggers.ts'

export type FirableTrigger = {
  readonly name: string
  readonly kind: StandingKind
  readonly documentName: string
  /** EventBridge Scheduler starts the pipeline without one. */
  readonly hasEvent: boolean
  /** Absent for what goes by the clock only. */
  readonly pattern: string | undefined
  /** What is declared under its name. */
  readonly source: TriggerSource | undefined
  readonly parameters: readonly TriggerParameter[]
  /** What is not as somebody may think. */
  readonly notes: readonly string[]
}

export function firable(pair: TriggerPair, pipelineArn: string, place: Place): FirableTrigger {
  const {name, standing, declared} = pair
  const starter = starterOf(pair)
  const [target, ...others] = targetsIn(pair).filter(({arn}) => arn === pipelineArn)
  if (!starter || !target) {
    throw new MlpipeError({
      code: 'trigger-without-target',
      message: `the trigger "${name}" does not start the pipeline: its target is another, or gone`,
      nextSteps: [nextCommand(`trigger show ${quoted(name)}`, place)],
    })
  }
  const {kind} = describeStarter(starter)
  return {
    name,
    kind: kindOf(kind, declared, ownerOf(starter.description)?.triggerName === name),
    documentName: starter.name,
    hasEvent: starter.kind === 'rule',
    pattern: starter.kind === 'rule' ? starter.pattern : undefined,
    source: declared?.trigger.source,
    parameters: target.parameters,
    notes: [
      ...(standing ? [] : ['it is not made yet: it is fired as the spec declares it']),
      ...(standing && !standing.isEnabled ? ['it is disabled: no event fires it'] : []),
      ...(others.length === 0 ? [] : ['its rule starts the pipeline more than once: this is its first target']),
    ],
  }
}
