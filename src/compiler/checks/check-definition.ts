// What is looked at when a definition is there: requests, references in SageMaker's own form, secrets. A step that has been
// found wrong before is left alone: what else is wrong with it would follow from that.

import {flattenSteps} from '../../definition/flat-steps.ts'
import {type Json, plainJson} from '../../definition/json.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import type {ReferenceScope} from '../../definition/request-shapes/value-type.ts'
import {
  definitionVersion,
  type ParameterDefinition,
  type PipelineDefinition,
  type StepDefinition,
} from '../../definition/types.ts'
import type {DiagnosticCollector, Range} from '../../diagnostics/diagnostic.ts'
import type {PipelineSpec} from '../../spec/pipeline-spec.ts'
import type {Scope} from '../context.ts'
import {parameterPlace, specPlace} from '../places.ts'
import {addEdge, mayDependOn} from '../resolve-reference.ts'
import {checkReferences, type Names, namedSteps} from './check-references.ts'
import {reportRequest} from './check-request.ts'
import {isPlainSecret, plainSecrets} from './check-secrets.ts'

/** Whether what `definition:` made of a step is one: the shapes that everything else relies on. */
export function checkOverlay(step: StepDefinition, range: Range, findings: DiagnosticCollector): void {
  checkText({Version: definitionVersion, Steps: [plainJson(step as unknown as Json)]}, range, findings)
}

function checkText(document: Json, range: Range, findings: DiagnosticCollector): boolean {
  const parsed = parseDefinition(jsonText(document))
  if (parsed.ok) return true
  findings.error(
    'wrong-type',
    range,
    parsed.message.replace('Unable to parse pipeline definition. ', 'SageMaker cannot read this: '),
  )
  return false
}

/** Keys that are not known may be new; steps and parameters must be what they are taken for. */
function canBeWalked({Parameters, Steps}: PipelineDefinition, range: Range, findings: DiagnosticCollector): boolean {
  return checkText({Parameters, Steps} as unknown as Json, range, findings)
}

function parsesAsSteps({Steps}: PipelineDefinition): boolean {
  return parseDefinition(jsonText({Steps} as unknown as Json)).ok
}

/** A number too large for JavaScript stays a number: `1e400` would become null, and pass for nothing. */
function jsonText(document: Json): string {
  return JSON.stringify(document, (_, value: unknown) =>
    value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? Number.MAX_VALUE : value,
  )
}

/** Edges of references that were not written as `${…}`, and of DependsOn under `definition:`. */
export function noteRawEdges(
  spec: PipelineSpec,
  compiled: ReadonlyMap<string, StepDefinition>,
  wrong: ReadonlySet<string>,
  scope: Scope,
): void {
  for (const [stepName, step] of compiled) {
    if (wrong.has(stepName)) continue
    const own = {...scope, stepName}
    const isNoted = (name: string) => scope.edges.get(stepName)?.has(name) ?? false
    const place = placeIn(spec, stepName)
    for (const [name, path] of namedSteps(step)) {
      if (!isNoted(name) && scope.steps.has(name)) addEdge(own, name, place(path))
    }
    for (const name of step.DependsOn ?? []) {
      const range = place('DependsOn')
      if (!isNoted(name) && mayDependOn(name, range, own)) addEdge(own, name, range)
    }
  }
}

/**
 * `compiled` are the steps of the spec, for when a cycle kept them out of the definition; `wrong` those with errors. False when
 * `definition:` made something else of it, which cannot be looked into.
 */
export function checkDefinition(
  spec: PipelineSpec,
  definition: PipelineDefinition,
  compiled: ReadonlyMap<string, StepDefinition>,
  wrong: ReadonlySet<string>,
  scope: Scope,
): boolean {
  // `api:` of a condition can put steps into its branches.
  const overlaid = spec.steps.flatMap((step) => {
    const over = step.definition ?? (step.kind === 'condition' ? step.api : undefined)
    return over ? [{name: step.name, range: over.range}] : []
  })
  const overlay = spec.definition ?? overlaid[0]
  // What `definition:` of a step has made of it was reported there.
  const areReported = overlaid.some(({name}) => wrong.has(name)) && !parsesAsSteps(definition)
  const rest = areReported ? {...definition, Steps: []} : definition
  if (overlay && !canBeWalked(rest, overlay.range, scope.findings)) return false
  if (areReported) return false
  const steps = new Map(flattenSteps(definition).map(({step}) => [step.Name, step]))
  for (const [name, step] of compiled) {
    if (!steps.has(name)) steps.set(name, plainJson(step as unknown as Json) as unknown as StepDefinition)
  }
  const types: ReferenceScope = {
    parameters: new Map(definition.Parameters.map(({Name, Type = 'String'}) => [Name, Type])),
    steps,
  }
  const names: Names = {parameters: new Set(types.parameters.keys()), steps, unread: scope.unreadSteps}

  for (const [name, step] of steps) {
    if (!wrong.has(name)) checkStep(step, types, names, placeIn(spec, step.Name), scope)
  }
  for (const parameter of definition.Parameters) warnSecretParameter(parameter, spec, scope)
  return true
}

function checkStep(
  step: StepDefinition,
  types: ReferenceScope,
  names: Names,
  place: (path: string) => Range,
  scope: Scope,
): void {
  const {findings} = scope
  const broken = checkReferences(step, names)
  for (const {code, path, message, help} of broken) {
    findings.error(code, place(path), message, {help})
  }
  if (broken.length === 0) reportRequest(step, types, (path) => place(belowArguments(path)), findings)
  for (const {name, path} of plainSecrets(step)) {
    findings.warning('plain-secret', place(belowArguments(path)), openTo(`the environment variable "${name}"`), {
      help: 'keep it in AWS Secrets Manager, let the code fetch it there, and give its ARN here',
    })
  }
}

function belowArguments(path: string): string {
  return path.startsWith('[') ? `Arguments${path}` : `Arguments.${path}`
}

function warnSecretParameter(parameter: ParameterDefinition, spec: PipelineSpec, scope: Scope): void {
  if (!isPlainSecret(parameter)) return
  const range = parameterPlace(spec, parameter.Name, 'DefaultValue') ?? elsewhere(spec)
  scope.findings.warning('plain-secret', range, openTo(`the default of parameter "${parameter.Name}"`), {
    help: 'leave the default out; better still, keep the secret in AWS Secrets Manager',
  })
}

function openTo(what: string): string {
  return `${what} looks like a secret: DescribePipeline shows it to everybody who may call it`
}

/** The line of the spec for a path of a step; a step that only `definition:` knows has the place of that. */
function placeIn(spec: PipelineSpec, stepName: string): (path: string) => Range {
  return (path) => specPlace(spec, stepName, path) ?? elsewhere(spec)
}

function elsewhere(spec: PipelineSpec): Range {
  return spec.definition?.range ?? {start: 0, end: 0}
}
