// Triggers of a spec, or of a command line, to what EventBridge is told. Pure; everything that can be known to be wrong is
// found here, before AWS.

import type {DiagnosticCollector} from '../../diagnostics/diagnostic.ts'
import type {TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import {fingerprintValues} from '../../trigger/fingerprint-values.ts'
import {triggerNamePattern} from '../../trigger/names.ts'
import type {Trigger} from '../../trigger/trigger.ts'
import type {TriggerScope} from '../context.ts'
import {warnOfCache} from './cache-warnings.ts'
import {compileDelivery} from './delivery.ts'
import {checkEventValues} from './event-values.ts'
import {checkLoops} from './loops.ts'
import {compileParameters} from './parameters.ts'
import {compileSource} from './sources.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

/** The triggers; of no use when there are errors among the findings. */
export function compileTriggers(
  specs: readonly TriggerSpec[],
  scope: TriggerScope,
  findings: DiagnosticCollector,
): Trigger[] {
  return specs.flatMap((spec) => compileTrigger(spec, {...scope, findings}) ?? [])
}

function compileTrigger(spec: TriggerSpec, scope: Findings): Trigger | undefined {
  const {pipelineName, definition, findings, origin} = scope
  if (!triggerNamePattern.test(spec.name)) {
    findings.error('invalid-name', spec.nameRange, `"${spec.name}" cannot name a trigger`, {
      help: 'letters, digits and -, beginning and ending with a letter or digit, 64 characters at most',
    })
  }
  const description = triggerText(spec.description, scope)
  const given = compileParameters(spec, scope)
  const delivery = compileDelivery(spec, scope)
  const source = compileSource(spec, scope)
  if (!source) return undefined

  const started = {pipelineName, definition, parameters: given, source}
  checkEventValues(spec, source, scope)
  checkLoops(spec, source, started, scope)
  const trigger: Trigger = {
    name: spec.name,
    origin,
    ...(description ? {description: description.value} : {}),
    isEnabled: spec.enabled?.value ?? true,
    source,
    parameters: source.kind === 's3' ? [...given, ...fingerprintValues(source, started)] : given,
    ...delivery,
  }
  warnOfCache(spec, trigger, scope)
  return trigger
}
