// A spec compiled in this process, without a file: every local path is taken to be there.
import {compilePipeline, findLocalPaths} from '../../src/compiler/compile-pipeline.ts'
import type {BundleContent, CompileInput, LocalPath} from '../../src/compiler/context.ts'
import {compileTriggers} from '../../src/compiler/triggers/compile-triggers.ts'
import {formatJson} from '../../src/definition/exact-json.ts'
import {type Diagnostic, DiagnosticCollector} from '../../src/diagnostics/diagnostic.ts'
import {chooseTarget} from '../../src/project/target.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'
import type {Trigger} from '../../src/trigger/trigger.ts'

export type CompiledText = {
  readonly diagnostics: readonly Diagnostic[]
  /** Undefined when there are errors. */
  readonly definitionText: string | undefined
  readonly triggers: readonly Trigger[]
}

export function compileText(text: string): CompiledText {
  const findings = new DiagnosticCollector()
  const spec = parseSpec(text, findings)
  if (!spec) return {diagnostics: findings.sorted(), definitionText: undefined, triggers: []}

  const target = chooseTarget(spec, '/project', undefined, {})
  const pipelineName = spec.name?.value ?? 'unnamed'
  const unread: CompileInput = {pipelineName, target, env: {}, bundles: new Map<string, BundleContent>()}
  const bundles = new Map(findLocalPaths(spec, unread, findings).map((path) => [path.path, stub(path, spec.steps)]))
  const {document, triggers} = compilePipeline(spec, {...unread, bundles, compileTriggers}, target.declared, findings)
  const definitionText = formatJson(document)
  return {diagnostics: findings.sorted(), definitionText: findings.hasErrors ? undefined : definitionText, triggers}
}

/** A folder where an entry is asked for, else a file; its hash follows from its path. */
function stub({path}: LocalPath, steps: readonly object[]): BundleContent {
  const codes = steps.flatMap((step) => ('code' in step ? [step.code as CodeLike | undefined] : []))
  const entries = codes.flatMap((code) => (code?.isFolder && code.path.value === path ? [code.entry?.value ?? ''] : []))
  const sha256 = Buffer.from(path).toString('hex').padEnd(64, '0').slice(0, 64)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const files = (entries.length > 0 ? entries : [name]).map((each) => ({name: each}))
  return {kind: entries.length > 0 ? 'folder' : 'file', sha256, listSha256: sha256, files}
}

type CodeLike = {
  readonly isFolder: boolean
  readonly path: {readonly value: string}
  readonly entry: {readonly value: string} | undefined
}
