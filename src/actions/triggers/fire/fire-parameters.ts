// The parameters that a trigger gives, taken out of its event. `overridden`: names that are given beside it.

import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {type EventParameter, eventParameters} from '../../../trigger/event-parameters.ts'
import type {FirableTrigger} from './firable-trigger.ts'
import type {FireEvent} from './fire-event.ts'

export function fireParameters(
  {name, parameters}: FirableTrigger,
  event: FireEvent | undefined,
  overridden: readonly string[],
): readonly EventParameter[] {
  const {given, missing: all} = eventParameters(parameters, event?.fields.node)
  const missing = all.filter((one) => !overridden.includes(one.name))
  if (missing.length === 0) return given
  const paths = missing.map(({name: parameter, path}) => `${parameter} (${path})`).join(', ')
  throw new MlpipeError({
    code: 'event-lacks-value',
    message: `the event has nothing for ${paths}, and the trigger "${name}" could not start the pipeline with it`,
    nextSteps: missing.map((one) => `mlpipe trigger fire ${name} --param ${one.name}=…`),
  })
}
