// What stands and what the spec declares, put together by name; and which of these the user means.

import type {StandingTarget, StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../../text/nearest-name.ts'
import type {StandingKind} from '../../../trigger/describe.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {describeStanding, ownName} from '../standing-triggers.ts'
import type {DeclaredDocuments} from './declared-triggers.ts'
import type {FoundTriggers} from './find-standing.ts'

/** At least one of the two is there. */
export type TriggerPair = {
  /** Of the trigger; of the rule or schedule where something else made it. */
  readonly name: string
  readonly standing?: StandingTrigger
  readonly declared?: DeclaredDocuments
}

export function pairTriggers(
  {starting, strayed}: FoundTriggers,
  declared: ReadonlyMap<string, DeclaredDocuments>,
  pipelineName: string,
): TriggerPair[] {
  const pairs = [...starting, ...strayed].map((standing): TriggerPair => {
    const own = ownName(standing, pipelineName)
    const wanted = own === undefined ? undefined : declared.get(own)
    return {name: own ?? standing.name, standing, ...(wanted ? {declared: wanted} : {})}
  })
  const made = new Set(pairs.map((pair) => pair.declared?.trigger.name))
  const missing = [...declared.values()].filter(({trigger}) => !made.has(trigger.name))
  return [...pairs, ...missing.map((one) => ({name: one.trigger.name, declared: one}))]
}

/** As it stands, or as it would be made. */
export function starterOf({standing, declared}: TriggerPair) {
  return standing ?? declared?.documents.starter
}

/** All of its targets, also those that are not the pipeline. */
export function targetsIn({standing, declared}: TriggerPair): readonly StandingTarget[] {
  if (standing) return standing.kind === 'rule' ? standing.targets : [standing.target]
  return declared ? [declared.documents.starter.target] : []
}

/** What a pattern says, or the spec; an alarm that mlpipe waits for tells of drift. */
export function kindOf(read: StandingKind, declared: DeclaredDocuments | undefined, isOwn: boolean): StandingKind {
  if (declared) return declared.trigger.source.kind
  return read === 'alarm' && isOwn ? 'drift' : read
}

/** By its name, or the name or ARN of its rule or schedule. */
export function choosePair(
  wanted: string,
  pairs: readonly TriggerPair[],
  pipelineName: string,
  place: Place,
): TriggerPair {
  const byName = pairs.filter(({name}) => name === wanted)
  const byDocument = pairs.filter(({standing}) => standing?.name === wanted || standing?.arn === wanted)
  const matches = byName.length > 0 ? byName : byDocument
  const [first, ...others] = matches
  if (first && others.length === 0) return first
  if (first) {
    const shown = matches.flatMap(({standing}) => (standing ? [`${describeStanding(standing)}: ${standing.arn}`] : []))
    throw new MlpipeError({
      code: 'ambiguous-trigger',
      message: `several triggers of "${pipelineName}" are called "${wanted}"; name one by its ARN:\n${shown.map((line) => `  ${line}`).join('\n')}`,
    })
  }
  const hint = suggestName(wanted, new Set(pairs.map(({name}) => name))) ?? 'it has none'
  throw new MlpipeError({
    code: 'unknown-trigger',
    message: `"${wanted}" is not a trigger of the pipeline "${pipelineName}": ${hint}`,
    nextSteps: [nextCommand('trigger list', place)],
  })
}
