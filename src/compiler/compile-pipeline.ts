// A spec to the definition that SageMaker stores. Pure: the same spec, target and file contents give the same definition.

import {isJsonObject, type Json, type JsonObject, plainJson} from '../definition/json.ts'
import {descriptionMaximum, displayNameMaximum, stepNamePattern} from '../definition/names.ts'
import {fillDefinition} from '../definition/parse-definition.ts'
import {collectReferences} from '../definition/references.ts'
import {definitionVersion, type PipelineDefinition, type StepDefinition} from '../definition/types.ts'
import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import type {PipelineSpec, StepSpec, TargetSpec} from '../spec/pipeline-spec.ts'
import {referencesIn} from '../spec/value.ts'
import {type Branch, findBranches, nestBranches, reportCycle, specGraph, warnUnreachable} from './branches.ts'
import {checkDefinition, checkOverlay, noteRawEdges} from './checks/check-definition.ts'
import {checkPipelineLimits} from './checks/check-pipeline-limits.ts'
import {stepType} from './checks/check-properties.ts'
import {checkTargets} from './checks/check-target.ts'
import {compileParameters} from './compile-parameters.ts'
import type {Compiled, CompileInput, LocalPath, Scope, StepScope} from './context.ts'
import {fingerprintParameters} from './fingerprints.ts'
import {localPaths} from './local-content.ts'
import {handlerPaths, localMetadata} from './local-runners.ts'
import {addEdge, mayDependOn} from './resolve-reference.ts'
import {stepCompilers} from './step-compilers.ts'
import {argumentsShape} from './values/compile-shaped.ts'
import {compileText, staticText} from './values/compile-value.ts'
import {mergeApi} from './values/merge-api.ts'

/** The local files and folders that must be read before compiling. */
export function findLocalPaths(spec: PipelineSpec, input: CompileInput, findings: DiagnosticCollector): LocalPath[] {
  const scope = createScope(spec, input, findings)
  return [...localPaths(spec.steps, scope), ...handlerPaths(spec.steps, scope)]
}

/** The definition; of no use when there are errors among the findings. `declared` is the target as the spec has it. */
export function compilePipeline(
  spec: PipelineSpec,
  input: CompileInput,
  declared: TargetSpec | undefined,
  findings: DiagnosticCollector,
): Compiled {
  const scope = createScope(spec, input, findings)
  checkTargets(spec, scope)

  const parameters = compileParameters(spec.parameters, declared, findings)
  const {steps, wrong} = compileSteps(spec, scope)
  if (!input.isUnchecked) noteRawEdges(spec, steps, wrong, scope)
  const branches = findBranches(spec.steps, scope)
  const nested = nest(spec.steps, steps, branches, scope)
  warnFixedOutputs(spec.steps, steps, scope)

  const atTop = {...scope, stepName: ''}
  const own = {
    Version: definitionVersion,
    Metadata: localMetadata(spec, scope),
    Parameters: [...parameters, ...fingerprintParameters(scope)],
    ...compileExperiment(spec, atTop),
    ...compileMlflow(spec, atTop),
    Steps: nested as readonly unknown[] as readonly Json[],
  }
  const document = spec.definition ? mergeApi(own, spec.definition, atTop) : own
  // The compiler makes nothing but definitions; only `definition:` can put something else into one, and that is checked.
  const plain = plainJson(document) as JsonObject
  // `definition:` can take the list away, or make it null: both stand for none.
  const bare = {...plain, Parameters: plain.Parameters ?? []} as unknown as PipelineDefinition
  if (!input.isUnchecked) checkPipelineLimits(spec, declared, scope)
  const isSound = !input.isUnchecked && checkDefinition(spec, bare, steps, wrong, scope)
  const definition = isSound ? fillDefinition(plain) : bare
  const declaring = {...input, definition, origin: 'spec'} as const
  const triggers = isSound ? input.compileTriggers?.(spec.triggers, declaring, findings) : undefined
  return {
    document,
    definition,
    parallelism: spec.parallelism?.value,
    tags: Object.fromEntries(spec.tags.map(({name, value}) => [name, value.value])),
    uploads: [...scope.uploads.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1)),
    modelPackageGroups: groupNames(spec.steps, scope),
    triggers: triggers ?? [],
  }
}

function createScope(spec: PipelineSpec, input: CompileInput, findings: DiagnosticCollector): Scope {
  return {
    ...input,
    findings,
    compilers: stepCompilers,
    parameters: new Map(spec.parameters.map((parameter) => [parameter.name, parameter])),
    steps: new Map(spec.steps.map((step) => [step.name, step])),
    unreadSteps: new Set(spec.unreadSteps),
    targetRange: spec.targets.find(({name}) => name === input.target.name)?.nameRange ?? {start: 0, end: 0},
    defaults: spec.defaults,
    uploads: new Map(),
    fingerprints: new Map(),
    edges: new Map(),
  }
}

type CompiledSteps = {readonly steps: ReadonlyMap<string, StepDefinition>; readonly wrong: ReadonlySet<string>}

/** The steps by name, and which of them are wrong: what else is found in those would follow from it. */
function compileSteps(spec: PipelineSpec, scope: Scope): CompiledSteps {
  const {findings} = scope
  const before = findings.errors
  const steps = new Map<string, StepDefinition>()
  const wrong = new Set<string>()
  for (const step of spec.steps) {
    const count = findings.errors.length
    const compiled = compileStep(step, {...scope, stepName: step.name})
    if (step.definition && !scope.isUnchecked) checkOverlay(compiled, step.definition.range, findings)
    steps.set(step.name, compiled)
    const isWrong = findings.errors.length > count || before.some(({range}) => isWithin(range, step.range))
    if (isWrong) wrong.add(step.name)
  }
  return {steps, wrong}
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.start >= outer.start && inner.end <= outer.end
}

function compileStep(step: StepSpec, scope: StepScope): StepDefinition {
  checkStepName(step, scope)
  const compiler = scope.compilers[step.kind]
  const {Arguments, members, ...body} = compiler.compile(step, scope)
  const dependsOn = compileDependsOn(step, scope)
  const own = {
    Name: step.name,
    Type: compiler.type,
    ...(step.displayName ? {DisplayName: limited(step.displayName, displayNameMaximum, scope)} : {}),
    ...(step.description ? {Description: limited(step.description, descriptionMaximum, scope)} : {}),
    Arguments,
    ...(dependsOn.length > 0 ? {DependsOn: dependsOn} : {}),
    ...body,
    ...members,
  }
  return layOver(own as unknown as JsonObject, step, scope)
}

/** What the user says in SageMaker's own names goes over what was compiled. */
function layOver(compiled: JsonObject, step: StepSpec, scope: StepScope): StepDefinition {
  const {Arguments} = compiled
  if (!isJsonObject(Arguments)) return compiled as unknown as StepDefinition
  const shape = argumentsShape(stepType(step, scope))
  const args = step.api ? mergeApi(Arguments, step.api, scope, shape) : Arguments
  if (!step.definition) return {...compiled, Arguments: args} as unknown as StepDefinition

  const merged = mergeApi({...compiled, Arguments: args}, step.definition, scope)
  const own = step.definition.entries.find(({key}) => key === 'Arguments')?.value
  const shaped = own?.kind === 'map' ? {...merged, Arguments: mergeApi(args, own, scope, shape)} : merged
  return shaped as unknown as StepDefinition
}

function compileExperiment({experiment}: PipelineSpec, scope: StepScope): JsonObject {
  if (!experiment?.name || !experiment.trial) return {}
  const {name, trial} = experiment
  return {PipelineExperimentConfig: {ExperimentName: compileText(name, scope), TrialName: compileText(trial, scope)}}
}

function compileMlflow({mlflow}: PipelineSpec, scope: StepScope): JsonObject {
  if (!mlflow?.server) return {}
  const experiment = mlflow.experiment ? {MlflowExperimentName: compileText(mlflow.experiment, scope)} : {}
  return {MlflowConfig: {MlflowResourceArn: compileText(mlflow.server, scope), ...experiment}}
}

function limited({value, range}: {value: string; range: Range}, most: number, scope: Scope): string {
  if (value.length > most)
    scope.findings.error('out-of-range', range, `${value.length} characters are too many: SageMaker allows ${most}`)
  return value
}

function compileDependsOn(step: StepSpec, scope: StepScope): string[] {
  return (step.dependsOn ?? []).flatMap(({value: name, range}) => {
    if (!mayDependOn(name, range, scope)) return []
    addEdge(scope, name, range)
    return [name]
  })
}

function nest(
  specs: readonly StepSpec[],
  compiled: ReadonlyMap<string, StepDefinition>,
  branches: ReadonlyMap<string, Branch>,
  scope: Scope,
): StepDefinition[] {
  const graph = specGraph(specs, branches, scope)
  if (reportCycle(graph, branches, scope)) return []
  warnUnreachable(graph, branches, scope)
  const steps = scope.steps
  return nestBranches(compiled, branches, (name, nested) => {
    const step = steps.get(name)
    return step ? layOver(nested as unknown as JsonObject, step, {...scope, stepName: step.name}) : nested
  })
}

function checkStepName(step: StepSpec, scope: Scope): void {
  if (stepNamePattern.test(step.name)) return
  scope.findings.error('invalid-name', step.nameRange, `"${step.name}" cannot name a step`, {
    help: 'letters, digits, - and _, 64 characters at most',
  })
}

function groupNames(steps: readonly StepSpec[], scope: Scope): string[] {
  const names = steps.flatMap((step) => (step.kind === 'register' ? (staticText(step.group, scope) ?? []) : []))
  return [...new Set(names)]
}

/**
 * An output at a place that does not change with the execution is overwritten by every run. A cached step that reads it
 * sees an unchanged URI and is reused although the content is new.
 */
function warnFixedOutputs(
  steps: readonly StepSpec[],
  compiled: ReadonlyMap<string, StepDefinition>,
  scope: Scope,
): void {
  for (const step of steps) {
    if (step.kind !== 'processing') continue
    for (const {name, to} of step.outputs ?? []) {
      if (!to || referencesIn(to).some(({root}) => root === 'execution')) continue
      const reader = [...compiled.values()].find(
        (other) => other.CacheConfig && readsOutput(other.Arguments, step.name, name),
      )
      if (!reader) continue
      const message = `the output "${name}" always goes to the same place: "${reader.Name}" is cached and will be reused although its content is new`
      scope.findings.warning('fixed-output-path', to.range, message, {
        help: 'leave the destination out, or put ${execution.id} into it',
      })
    }
  }
}

function readsOutput(value: Json, stepName: string, output: string): boolean {
  return collectReferences(value).some(
    (reference) =>
      reference.kind === 'property' &&
      reference.stepName === stepName &&
      reference.path.some((segment) => segment.kind === 'key' && segment.key === output),
  )
}
