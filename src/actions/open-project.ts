// A spec file, read, checked and compiled for a target: what validate, compile, deploy and run begin with.

import {compilePipeline, findLocalPaths} from '../compiler/compile-pipeline.ts'
import type {BundleContent, Compiled, CompileInput, LocalPath} from '../compiler/context.ts'
import {formatJson} from '../definition/exact-json.ts'
import {pipelineNamePattern} from '../definition/names.ts'
import {type Diagnostic, type DiagnosticCode, DiagnosticCollector, type Source} from '../diagnostics/diagnostic.ts'
import {SpecError} from '../diagnostics/spec-error.ts'
import {type Bundle, type BundleProblem, readBundle} from '../project/bundle.ts'
import {readSpecFile} from '../project/read-spec-file.ts'
import type {Target} from '../project/target.ts'
import {parseSpec} from '../spec/parse-spec.ts'
import type {PipelineSpec} from '../spec/pipeline-spec.ts'
import {openTarget} from './open-target.ts'
import type {World} from './world.ts'

export type ProjectInput = {readonly file?: string | undefined; readonly target?: string | undefined}

export type Project = {
  readonly specPath: string
  readonly directory: string
  readonly source: Source
  readonly spec: PipelineSpec
  readonly pipelineName: string
  readonly target: Target
  readonly bundles: ReadonlyMap<string, Bundle>
  readonly compiled: Compiled
  /** The text that is deployed: compact JSON. */
  readonly definitionText: string
  readonly warnings: readonly Diagnostic[]
}

type Place = Pick<World, 'cwd' | 'env' | 'regionOf'>
type TargetOf = (spec: PipelineSpec, directory: string, named: string | undefined, world: Place) => Promise<Target>

/** UpdatePipeline, PipelineDefinition: 1,048,576 characters at most. */
const maximumDefinitionLength = 1_048_576

/**
 * Throws a SpecError with everything that is wrong, or gives a project without errors. `targetOf` is for who compiles for
 * another target than the one that is named.
 */
export async function openProject(
  input: ProjectInput,
  world: Place,
  targetOf: TargetOf = openTarget,
): Promise<Project> {
  const {shownPath, directory, source} = await readSpecFile(input.file, world.cwd)
  const findings = new DiagnosticCollector()
  const spec = parseSpec(source.text, findings)
  if (!spec) throw new SpecError(source, findings.sorted())

  const target = await targetOf(spec, directory, input.target, world)
  const pipelineName = checkedName(spec, findings)
  const unread: CompileInput = {pipelineName, target, env: world.env, bundles: new Map<string, BundleContent>()}
  const bundles = await readBundles(directory, findLocalPaths(spec, unread, findings), findings)
  const compiled = compilePipeline(
    spec,
    {...unread, bundles, ...(await triggerCompiler(spec)), ...(await gateCompiler(spec))},
    target.declared,
    findings,
  )
  const definitionText = formatJson(compiled.document)
  checkLength(definitionText, spec, findings)
  if (findings.hasErrors) throw new SpecError(source, findings.sorted())

  const warnings = findings.sorted()
  return {
    specPath: shownPath,
    directory,
    source,
    spec,
    pipelineName,
    target,
    bundles,
    compiled,
    definitionText,
    warnings,
  }
}

/**
 * Name and target of a pipeline, for commands that look at what is deployed: the rest of the spec may be wrong.
 */
export async function findPipeline(
  input: ProjectInput,
  world: Place,
): Promise<Pick<Project, 'specPath' | 'directory' | 'pipelineName' | 'target'>> {
  const {shownPath, directory, source} = await readSpecFile(input.file, world.cwd)
  const findings = new DiagnosticCollector()
  const spec = parseSpec(source.text, findings)
  if (!spec?.name) throw new SpecError(source, findings.sorted())
  const target = await openTarget(spec, directory, input.target, world)
  return {specPath: shownPath, directory, pipelineName: spec.name.value, target}
}

async function triggerCompiler({triggers}: PipelineSpec): Promise<Pick<CompileInput, 'compileTriggers'>> {
  if (triggers.length === 0) return {}
  const {compileTriggers} = await import('../compiler/triggers/compile-triggers.ts')
  return {compileTriggers}
}

async function gateCompiler({steps}: PipelineSpec): Promise<Pick<CompileInput, 'compileGate'>> {
  if (!steps.some((step) => step.kind === 'condition' && step.gate)) return {}
  const {compileGate} = await import('../compiler/parts/gate.ts')
  return {compileGate}
}

function checkedName(spec: PipelineSpec, findings: DiagnosticCollector): string {
  const name = spec.name
  if (name && !pipelineNamePattern.test(name.value)) {
    findings.error('invalid-name', name.range, `"${name.value}" cannot name a pipeline`, {
      help: 'letters, digits and -, beginning and ending with a letter or digit, 256 characters at most',
    })
  }
  return name?.value ?? 'unnamed'
}

async function readBundles(
  directory: string,
  paths: readonly LocalPath[],
  findings: DiagnosticCollector,
): Promise<Map<string, Bundle>> {
  const bundles = new Map<string, Bundle>()
  for (const {path, use, range} of paths) {
    const bundle = bundles.get(path) ?? (await readBundle(directory, path))
    if ('problem' in bundle) {
      const help = bundle.problem === 'missing' ? {help: 'looked for relative to the spec'} : {}
      findings.error(problemCode(bundle, use), range, `"${path}" cannot be used as ${use}: ${bundle.detail}`, help)
    } else bundles.set(path, bundle)
  }
  return bundles
}

function problemCode({problem}: BundleProblem, use: LocalPath['use']): DiagnosticCode {
  if (problem === 'unreadable') return 'unreadable-file'
  return use === 'code' ? 'code-missing' : 'data-missing'
}

function checkLength(text: string, spec: PipelineSpec, findings: DiagnosticCollector): void {
  if (text.length <= maximumDefinitionLength) return
  const message = `the definition has ${text.length} characters; SageMaker takes ${maximumDefinitionLength}`
  findings.error('out-of-range', spec.name?.range ?? {start: 0, end: 0}, message)
}
