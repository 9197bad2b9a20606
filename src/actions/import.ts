// Turns a pipeline definition into a spec that compiles to it, to the digit.

import {stat} from 'node:fs/promises'
import {resolve} from 'node:path'
import {compilePipeline} from '../compiler/compile-pipeline.ts'
import {isJsonObject, type JsonObject} from '../definition/json.ts'
import {jsonDifferences} from '../definition/json-difference.ts'
import {pipelineNamePattern} from '../definition/names.ts'
import {DiagnosticCollector} from '../diagnostics/diagnostic.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {type DiagnosticJson, diagnosticsToJson} from '../diagnostics/render-diagnostics.ts'
import {type ImportedSpec, importDefinition} from '../importer/import-definition.ts'
import {readDefinition, type SourceDefinition} from '../importer/read-definition.ts'
import {type ImportSummary, type StepWording, summarize} from '../importer/summary.ts'
import {chooseTarget} from '../project/target.ts'
import {parseSpec} from '../spec/parse-spec.ts'
import {compileForImport} from './compile-for-import.ts'
import {type ImportSource, type Original, readOriginal} from './import-source.ts'
import {nextCommand} from './next-commands.ts'
import type {World} from './world.ts'
import {writeOutput} from './write-output.ts'

export type ImportInput = ImportSource & {
  readonly name?: string | undefined
  /** The spec goes into this file. */
  readonly output?: string | undefined
  /** Overwrite a file that is there already. */
  readonly force: boolean
  /** Compile the spec as `mlpipe compile` does, and compare. */
  readonly check: boolean
}

export type ImportCheck = {
  readonly isSame: boolean
  /** Paths at which the definitions differ; the first ten. */
  readonly differences: readonly string[]
  /** What `mlpipe validate` finds in the spec. */
  readonly errors: readonly DiagnosticJson[]
}

export type ImportResult = {
  readonly formatVersion: 1
  readonly outcome: 'imported' | 'failed'
  readonly source: string
  readonly pipeline: string
  /** YAML that ends with a newline. */
  readonly spec: string
  /** Where it was written. */
  readonly file?: string
  readonly summary: ImportSummary
  readonly check?: ImportCheck
}

export async function importPipeline(input: ImportInput, world: World): Promise<ImportResult> {
  if (input.output !== undefined && !input.force) await refuseToOverwrite(input.output, world.cwd)
  const original = await readOriginal(input, world)
  const definition = checkedDefinition(original)
  const pipeline = chooseName(input, original, definition)
  const imported = importDefinition(definition, {
    pipelineName: pipeline,
    description: original.description ?? definition.pipeline.description,
    parallelism: original.parallelism ?? definition.pipeline.parallelism,
    compile: compileForImport(pipeline),
    header: `Imported by mlpipe from ${original.shown}`,
  })
  if (!imported.ok) throw cannotImport(original, imported)

  const {text} = imported
  const summary = summarize(imported.draft)
  if (input.output !== undefined) await writeOutput(input.output, text, world)
  const check = checkSpec(text, input.output ?? 'the spec', definition.document, world)
  for (const message of describeSummary(summary)) world.reporter.report({kind: 'note', message})
  report(check, input, world)
  const isRight = check.isSame && check.errors.length === 0
  return {
    formatVersion: 1,
    outcome: input.check && !isRight ? 'failed' : 'imported',
    source: input.source,
    pipeline,
    spec: text,
    ...(input.output === undefined ? {} : {file: input.output}),
    summary,
    ...(input.check ? {check} : {}),
  }
}

async function refuseToOverwrite(output: string, cwd: string): Promise<void> {
  const there = await stat(resolve(cwd, output)).catch(() => undefined)
  if (!there?.isFile()) return
  throw new MlpipeError({
    code: 'file-exists',
    message: `${output} is there already`,
    nextSteps: ['name another file with -o', 'add --force to overwrite it'],
  })
}

function checkedDefinition({text, shown}: Original): SourceDefinition {
  const read = readDefinition(text)
  if (read.ok) return read.definition
  const message = `${shown} is no pipeline definition: ${read.problem}`
  throw new MlpipeError({code: 'definition-invalid', message, exit: 65})
}

function chooseName({name}: ImportInput, original: Original, {pipeline}: SourceDefinition): string {
  if (name !== undefined && !pipelineNamePattern.test(name)) {
    const message = `"${name}" cannot name a pipeline: letters, digits and -, beginning and ending with a letter or digit`
    throw new MlpipeError({code: 'invalid-name', message})
  }
  const chosen = name ?? pipeline.name ?? original.name
  if (chosen !== undefined && pipelineNamePattern.test(chosen)) return chosen
  throw new MlpipeError({
    code: 'name-missing',
    message: `${original.shown} gives the pipeline no name`,
    nextSteps: ['add --name NAME'],
  })
}

function cannotImport({shown}: Original, {faults}: Extract<ImportedSpec, {ok: false}>): MlpipeError {
  const [fault] = faults
  const place = fault?.step === undefined ? '' : `step "${fault.step}": `
  const message = `no spec compiles to ${shown}: ${place}${fault?.diagnostic.message ?? 'the definition came out otherwise'}`
  return new MlpipeError({code: 'cannot-import', message, exit: 65})
}

/** How much of the definition the spec says in its own words, and what it does not. */
function describeSummary({steps, own, parameters, percent}: ImportSummary): string[] {
  const count = (wording: StepWording) => steps.filter((step) => step.wording === wording).length
  const parts = [`${count('short')} in short keys`, `${count('api')} with api: or definition:`, `${count('raw')} raw`]
  const sizes = [counted(steps.length, 'step'), counted(parameters, 'parameter')]
  const total = `${sizes.join(' and ')}: ${percent} % in the words of the spec; steps ${parts.join(', ')}`
  const left = steps.flatMap((step) => (step.own.length > 0 ? [`${step.name} (${step.own.join(', ')})`] : []))
  const all = own.length > 0 ? [`the pipeline (${own.join(', ')})`, ...left] : left
  return all.length === 0 ? [total] : [total, `in the words of SageMaker: ${all.join(', ')}`]
}

function counted(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`
}

/** As `mlpipe compile` would do it, checks and all. */
function checkSpec(text: string, path: string, wanted: JsonObject, world: World): ImportCheck {
  const findings = new DiagnosticCollector()
  const spec = parseSpec(text, findings)
  const target = chooseTarget({targets: []}, world.cwd, 'local', {})
  const pipelineName = spec?.name?.value ?? ''
  const compiled =
    spec && compilePipeline(spec, {pipelineName, target, env: {}, bundles: new Map()}, undefined, findings)
  const differences = isJsonObject(compiled?.document) ? jsonDifferences(wanted, compiled.document) : [{path: ''}]
  const errors = findings.sorted().filter(({severity}) => severity === 'error')
  return {
    isSame: differences.length === 0,
    differences: differences.slice(0, 10).map((difference) => difference.path),
    errors: diagnosticsToJson(errors, {path, text}),
  }
}

/** Told always, so that no spec is given out that is not what it seems. */
function report({isSame, differences, errors}: ImportCheck, {check, output}: ImportInput, {reporter}: World): void {
  const [first] = errors
  if (first) {
    const more = errors.length > 1 ? `, and ${errors.length - 1} more` : ''
    const nextSteps = output === undefined ? [] : [nextCommand('validate', {file: output})]
    reporter.report({kind: 'warning', message: `the definition itself is doubtful: ${first.message}${more}`, nextSteps})
  }
  if (!isSame) {
    const message = `the spec compiles to another definition; they differ at ${differences.join(', ')}`
    reporter.report({kind: 'warning', message})
  } else if (check) reporter.report({kind: 'note', message: 'the spec compiles to the definition it came from'})
}
