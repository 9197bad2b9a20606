// What the steps that make endpoints have in common: names that SageMaker wants from its caller.

import {createHash} from 'node:crypto'
import {entityNamePattern} from '../../definition/names.ts'
import {partName, type Value} from '../../spec/value.ts'
import type {Scope, StepScope} from '../context.ts'
import {staticText} from '../values/compile-value.ts'

export const nameMaximum = 63

/** `<pipeline>-<step>`; a long one ends with a hash in place of what was cut off, so that it stays the step's own. */
export function ownName({pipelineName, stepName}: StepScope, most: number): string {
  const name = `${pipelineName}-${stepName}`.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')
  if (name.length <= most) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, most - hash.length - 1).replace(/-$/, '')}-${hash}`
}

/** Reports a name that SageMaker would refuse, as far as it is known before a run. */
export function checkName(value: Value | undefined, what: string, scope: Scope): void {
  const name = staticText(value, scope)
  if (!value || name === undefined || entityNamePattern.test(name)) return
  scope.findings.error('invalid-name', value.range, `"${name}" cannot name ${what}`, {help: nameRule})
}

export const nameRule = `letters, digits and - between them, ${nameMaximum} characters at most`

export function isName(name: string): boolean {
  return entityNamePattern.test(name)
}

/** A training step gives an artifact; what an endpoint serves is a model made of it. */
export function checkModelName(value: Value | undefined, scope: Scope): void {
  const reference = value?.kind === 'reference' ? value.reference : undefined
  const [part, property] = reference?.root === 'steps' ? reference.parts : []
  const step = part?.kind === 'name' ? scope.steps.get(part.name) : undefined
  if (step?.kind === 'training' && partName(property) === 'model') {
    const message = `"${reference?.text}" is a model artifact, not the name of a model`
    scope.findings.error('unsupported-reference', value?.range ?? step.nameRange, message, {
      help: 'a step of type model makes a model of it; one of type deploy does all three steps',
    })
    return
  }
  if (value?.kind === 'literal' && !entityNamePattern.test(value.text)) {
    scope.findings.error('invalid-name', value.range, `"${value.text}" cannot name a model`, {help: nameRule})
  }
}
