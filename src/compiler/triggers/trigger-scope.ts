// What compiling a trigger needs besides its spec, and its texts with target, environment and pipeline put in.

import type {DiagnosticCollector} from '../../diagnostics/diagnostic.ts'
import type {Located, Reference, Value} from '../../spec/value.ts'
import type {TriggerScope} from '../context.ts'
import {partitionOf} from '../partition.ts'
import {resolveStatic} from '../resolve-reference.ts'

/** A trigger's scope and what is found in it. */
export type Findings = TriggerScope & {readonly findings: DiagnosticCollector}

/** Of the pipeline that the triggers start; where the target does not tell the account, with an example of one. */
export function startedArn({pipelineName, target}: TriggerScope, account = target.account ?? '111122223333'): string {
  const {region} = target
  return `arn:${partitionOf(region)}:sagemaker:${region}:${account}:pipeline/${pipelineName.toLowerCase()}`
}

/** The text of a value; undefined when there is none, or when it is wrong, which is then reported. */
export function triggerText(value: Value | undefined, scope: Findings): Located<string> | undefined {
  if (!value) return undefined
  if (value.kind === 'literal') return {value: value.text, range: value.range}
  if (value.kind !== 'reference' && value.kind !== 'text') {
    scope.findings.error('wrong-type', value.range, 'expected a single value that is known before a run')
    return undefined
  }
  const parts = value.kind === 'reference' ? [value.reference] : value.parts
  const texts = parts.map((part) => (typeof part === 'string' ? part : knownText(part, scope)))
  return texts.every((text) => text !== undefined) ? {value: texts.join(''), range: value.range} : undefined
}

/** What of the references is known when a trigger is made: EventBridge knows nothing of the pipeline's parameters and steps. */
function knownText(reference: Reference, scope: Findings): string | undefined {
  if (reference.root === 'target' || reference.root === 'env') return resolveStatic(reference, scope)
  if (reference.text === 'pipeline.name') return scope.pipelineName
  scope.findings.error('reference-not-allowed', reference.range, `"${reference.text}" is not known to EventBridge`, {
    help: 'target, env and pipeline.name are; a value of the event is $.detail.… without braces',
  })
  return undefined
}
