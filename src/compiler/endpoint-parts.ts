// What the steps that make endpoints have in common: names that SageMaker wants from its caller, and numbers within limits.

import {createHash} from 'node:crypto'
import {type Json, numberJson} from '../definition/json.ts'
import {partName, type Value} from '../spec/value.ts'
import {staticText} from './compile-value.ts'
import type {Scope, StepScope} from './context.ts'
import {resolveReference} from './resolve-reference.ts'

/** Sources: CreateEndpointConfig, CreateEndpoint and CreateInferenceComponent; ProductionVariant. */
const namePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/
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
  if (!value || name === undefined || namePattern.test(name)) return
  scope.findings.error('invalid-name', value.range, `"${name}" cannot name ${what}`, {help: nameRule})
}

export const nameRule = `letters, digits and - between them, ${nameMaximum} characters at most`

export function isName(name: string): boolean {
  return namePattern.test(name)
}

type Limits = {readonly least: number; readonly most?: number; readonly isWhole: boolean}

/** A number in its limits, or a reference to one. */
export function compileNumber(value: Value, what: string, limits: Limits, scope: StepScope): Json {
  if (value.kind === 'reference') {
    const resolved = resolveReference(value.reference, scope)
    if (!resolved) return ''
    const fits = limits.isWhole ? ['Integer', 'Number', 'Unknown'] : ['Integer', 'Float', 'Number', 'Unknown']
    if (fits.includes(resolved.type)) return resolved.json
    const message = `${what} must be ${describe(limits)}, but ${value.reference.text} is a ${resolved.type}`
    scope.findings.error('parameter-type', value.range, message)
    return ''
  }
  if (value.kind !== 'literal' || typeof value.value !== 'number') {
    scope.findings.error('wrong-type', value.range, `${what} must be ${describe(limits)}`)
    return ''
  }
  const {least, most = Number.POSITIVE_INFINITY, isWhole} = limits
  const fits = value.value >= least && value.value <= most && (!isWhole || Number.isInteger(value.value))
  if (!fits) scope.findings.error('out-of-range', value.range, `${what} must be ${describe(limits)}, not ${value.text}`)
  return numberJson(value.value, value.text)
}

function describe({least, most, isWhole}: Limits): string {
  const kind = isWhole ? 'a whole number' : 'a number'
  return most === undefined ? `${kind} of at least ${least}` : `${kind} from ${least} to ${most}`
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
  if (value?.kind === 'literal' && !/^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(value.text)) {
    scope.findings.error('invalid-name', value.range, `"${value.text}" cannot name a model`, {help: nameRule})
  }
}
