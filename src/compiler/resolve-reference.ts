// `${...}` to what SageMaker calls it: a Get, a Join, a JsonGet, or a text that is known already.

import type {Range} from '../diagnostics/diagnostic.ts'
import type {StepSpec} from '../spec/pipeline-spec.ts'
import {formatPath, type PathPart, type Reference} from '../spec/value.ts'
import {nearestName, suggestName} from '../text/nearest-name.ts'
import {resolveProperty} from './checks/check-properties.ts'
import type {Resolved, Scope, StepScope} from './context.ts'

/** Source: Developer Guide, "Execution variables" (the short names are mlpipe's). */
const executionVariables: Readonly<Record<string, string>> = {
  id: 'PipelineExecutionId',
  arn: 'PipelineExecutionArn',
  startTime: 'StartDateTime',
  currentTime: 'CurrentDateTime',
}

const pipelineVariables: Readonly<Record<string, string>> = {name: 'PipelineName', arn: 'PipelineArn'}

/** What a reference stands for, or undefined with the reason among the findings. */
export function resolveReference(reference: Reference, scope: StepScope): Resolved | undefined {
  switch (reference.root) {
    case 'parameters':
      return resolveParameter(reference, scope)
    case 'steps':
      return resolveStep(reference, scope)
    case 'execution':
      return resolveVariable(reference, executionVariables, scope)
    case 'pipeline':
      return resolveVariable(reference, pipelineVariables, scope)
    case 'target':
    case 'env': {
      const text = resolveStatic(reference, scope)
      return text === undefined ? undefined : {json: text, type: 'String'}
    }
  }
}

type StaticScope = Pick<Scope, 'env' | 'target' | 'findings'>

/** `target.…` and `env.…`: known when compiling. Undefined for anything else, reported where it is wrong. */
export function resolveStatic(reference: Reference, scope: StaticScope): string | undefined {
  const [part, extra] = reference.parts
  if (part?.kind !== 'name' || extra) return notKnown(reference, scope, `"${reference.text}" goes too deep`)
  if (reference.root === 'env') {
    const value = scope.env[part.name] ?? reference.fallback
    if (value !== undefined) return value
    scope.findings.error(
      'environment-variable-missing',
      reference.range,
      `the environment variable ${part.name} is not set`,
      {
        help: `\${env.${part.name}:-default} gives a value for when it is not`,
      },
    )
    return undefined
  }
  const {region, role, bucket, account} = scope.target
  const members: Readonly<Record<string, string | undefined>> = {bucket, region, role, account}
  if (!Object.hasOwn(members, part.name)) {
    return notKnown(reference, scope, `a target has no "${part.name}"`, suggestName(part.name, Object.keys(members)))
  }
  const value = members[part.name]
  if (value) return value
  return notKnown(reference, scope, `the target "${scope.target.name}" has no ${part.name}`)
}

function notKnown(reference: Reference, scope: Pick<Scope, 'findings'>, message: string, help?: string): undefined {
  scope.findings.error('invalid-reference', reference.range, message, {help})
  return undefined
}

function resolveParameter(reference: Reference, scope: StepScope): Resolved | undefined {
  const [part, extra] = reference.parts
  if (part?.kind !== 'name' || extra) {
    return notKnown(reference, scope, `"${reference.text}" goes too deep: a parameter is one value`)
  }
  const parameter = scope.parameters.get(part.name)
  if (parameter) return {json: {Get: `Parameters.${part.name}`}, type: parameter.type}
  const help = suggestName(part.name, scope.parameters.keys())
  scope.findings.error(
    'unknown-parameter-reference',
    part.range,
    `${owner(scope)} refers to the parameter "${part.name}", which is not declared`,
    {help},
  )
  return undefined
}

function owner({stepName}: StepScope): string {
  return stepName === '' ? 'the spec' : `step "${stepName}"`
}

function resolveVariable(
  reference: Reference,
  variables: Readonly<Record<string, string>>,
  scope: StepScope,
): Resolved | undefined {
  const [part, extra] = reference.parts
  const name = part?.kind === 'name' && !extra && Object.hasOwn(variables, part.name) ? variables[part.name] : undefined
  if (name) return {json: {Get: `Execution.${name}`}, type: 'String'}
  const help = `known: ${Object.keys(variables)
    .map((known) => `${reference.root}.${known}`)
    .join(', ')}`
  return notKnown(reference, scope, `there is no "${reference.text}"`, help)
}

function resolveStep(reference: Reference, scope: StepScope): Resolved | undefined {
  const [part, ...path] = reference.parts
  if (part?.kind !== 'name') return notKnown(reference, scope, `"${reference.text}" names no step`)
  const step = scope.steps.get(part.name)
  if (!step) {
    reportUnknownStep(part.name, part.range, `${owner(scope)} reads from`, scope)
    return undefined
  }
  addEdge(scope, part.name, reference.range)
  const [first] = path
  if (!first) {
    return notKnown(
      reference,
      scope,
      `"${reference.text}" names a step, not one of its values`,
      exampleFor(step, scope),
    )
  }
  if (isOwnPath(first)) {
    if (step.kind === 'fail') return failHasNone(reference, scope)
    const type = resolveProperty(step, path, scope)
    return type && {json: {Get: `Steps.${part.name}.${formatPath(path)}`}, type}
  }
  return resolveShortName(step, path, reference, scope)
}

function resolveShortName(
  step: StepSpec,
  path: readonly PathPart[],
  reference: Reference,
  scope: StepScope,
): Resolved | undefined {
  const compiler = scope.compilers[step.kind]
  const resolved = compiler.property(step, path, reference, scope)
  if (resolved !== 'unknown') return resolved
  if (step.kind === 'fail') return failHasNone(reference, scope)
  const [first] = path
  const name = first?.kind === 'name' ? first.name : ''
  const firstParts = [...new Set(compiler.propertyNames.map(firstPart))]
  const isNear = nearestName(name, firstParts) !== undefined
  const help = suggestName(name, isNear ? firstParts : compiler.propertyNames)
  scope.findings.error(
    'unsupported-reference',
    first?.range ?? reference.range,
    `${/^[aeiou]/.test(step.kind) ? 'an' : 'a'} ${step.kind} step has no "${name}"`,
    {help: `${help ? `${help.replace(/\?$/, '')}, ` : ''}or a property path of SageMaker's own`},
  )
  return undefined
}

function firstPart(path: string): string {
  return path.replace(/[.[].*/, '')
}

/** SageMaker's own property paths start with a capital letter; short names never do. */
function isOwnPath(part: PathPart): boolean {
  return part.kind === 'name' && /^[A-Z]/.test(part.name)
}

function failHasNone(reference: Reference, scope: StepScope): undefined {
  scope.findings.error('unsupported-reference', reference.range, 'a fail step has no values: nothing can depend on it')
  return undefined
}

function exampleFor(step: StepSpec, scope: Scope): string {
  const names = scope.compilers[step.kind].propertyNames
  return names.length > 0 ? `for example steps.${step.name}.${names[0]}` : 'a step of this type has no values'
}

/** A step that was itself wrong beyond reading has been reported already. */
export function reportUnknownStep(name: string, range: Range, clause: string, scope: Scope): void {
  if (scope.unreadSteps.has(name)) return
  const help = suggestName(name, [...scope.steps.keys()])
  scope.findings.error('unknown-step-reference', range, `${clause} "${name}", which is not a step in this pipeline`, {
    help,
  })
}

/** Whether the step being compiled may come after the other; reports why not. */
export function mayDependOn(name: string, range: Range, scope: StepScope): boolean {
  const {findings, stepName} = scope
  switch (scope.steps.get(name)?.kind) {
    case undefined:
      reportUnknownStep(name, range, `step "${stepName}" depends on`, scope)
      return false
    case 'fail':
      findings.error('depends-on-fail', range, `"${name}" is a fail step: nothing can come after it`)
      return false
    case 'condition': {
      const help = `name "${stepName}" under then: or else: of "${name}"`
      findings.error('branch-conflict', range, `SageMaker lets no step depend on a condition ("${name}")`, {help})
      return false
    }
    default:
      return true
  }
}

/** Notes that the step being compiled needs `needed`. */
export function addEdge(scope: StepScope, needed: string, range: Range): void {
  const edges = scope.edges.get(scope.stepName) ?? new Map<string, Range>()
  scope.edges.set(scope.stepName, edges)
  if (!edges.has(needed)) edges.set(needed, range)
}
