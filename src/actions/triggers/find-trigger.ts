// The trigger that a name means: one of mlpipe's by the name that it was declared under, or any rule or schedule that starts
// the pipeline by its own name.

import type {Cloud} from '../../cloud/ports.ts'
import type {StandingTrigger} from '../../cloud/trigger-ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {documentName} from '../../trigger/names.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {ownName} from './standing-triggers.ts'

/** What mlpipe's triggers have in common is looked for too, in case that one of them lost its target, or never got it. */
export async function findTriggers(
  name: string,
  pipelineName: string,
  found: readonly StandingTrigger[],
  {triggers}: Cloud,
): Promise<StandingTrigger[]> {
  const own = found.filter((one) => ownName(one, pipelineName) === name)
  if (own.length > 0) return own
  const named = found.filter((one) => one.name === name)
  if (named.length > 0) return named
  const stray = await triggers.rule(documentName(pipelineName, name))
  return stray && ownName(stray, pipelineName) === name ? [stray] : []
}

export function unknownTrigger(
  name: string,
  pipelineName: string,
  found: readonly StandingTrigger[],
  place: Place,
): MlpipeError {
  const names = found.map((one) => ownName(one, pipelineName) ?? one.name)
  const help = suggestName(name, names) ?? 'nothing starts it'
  return new MlpipeError({
    code: 'unknown-trigger',
    message: `the pipeline "${pipelineName}" has no trigger "${name}" on this target: ${help}`,
    nextSteps: [nextCommand('trigger list', place)],
  })
}
