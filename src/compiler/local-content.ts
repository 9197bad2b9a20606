// Local files and folders in a spec: which there are, and where they go in S3, under the hash of their content.

import type {Json} from '../definition/json.ts'
import type {Entry} from '../spec/fields.ts'
import type {StepSpec} from '../spec/pipeline-spec.ts'
import type {CodeSpec, InputSpec} from '../spec/shapes/shapes.ts'
import type {Value} from '../spec/value.ts'
import {suggestName} from '../text/nearest-name.ts'
import type {BundleContent, LocalPath, Scope, StepScope} from './context.ts'
import {otherLocalValues} from './local-values.ts'
import {compileText, staticText} from './values/compile-value.ts'

/** Every local path that the steps name, to be read before compiling. */
export function localPaths(steps: readonly StepSpec[], scope: Scope): LocalPath[] {
  return steps.flatMap((step) => [
    ...contentHolders(step).flatMap((holder) => pathsIn(holder, scope)),
    ...otherLocalValues(step).flatMap(({value, use}) => localPath(value, use, scope)),
  ])
}

/** Where code and data can be named: the step, and the parts of it that have code and data of their own. */
type ContentHolder = {
  readonly code?: CodeSpec | undefined
  readonly inputs?: readonly Entry<DataSource>[] | undefined
  readonly input?: DataSource | undefined
}
type DataSource = Pick<InputSpec, 'from'>

function contentHolders(step: StepSpec): readonly ContentHolder[] {
  switch (step.kind) {
    case 'processing':
    case 'training':
    case 'automl':
    case 'transform':
      return [step]
    case 'tuning':
      return [step, ...(step.definitions ?? []).map(({value}) => value)]
    case 'model':
    case 'register':
      return [step, ...(step.containers ?? [])]
    default:
      return []
  }
}

function pathsIn({code, inputs, input}: ContentHolder, scope: Scope): LocalPath[] {
  const sources = [...(inputs ?? []).map(({value}) => value), ...(input ? [input] : [])]
  const isLocalCode = code && !isUri(code.path.value)
  return [
    ...(isLocalCode ? [{path: code.path.value, use: 'code' as const, range: code.path.range}] : []),
    ...sources.flatMap(({from}) => localPath(from, 'data', scope)),
  ]
}

function localPath(value: Value | undefined, use: LocalPath['use'], scope: Scope): LocalPath[] {
  const path = staticText(value, scope)
  return value && path !== undefined && !isUri(path) ? [{path, use, range: value.range}] : []
}

/** The S3 URI of an input: a local path is uploaded under its content hash, everything else stays. */
export function compileSource(input: DataSource, scope: StepScope): Json {
  return input.from ? compileLocation(input.from, 'data', scope) : ''
}

/** The same for any value that may name a local file or folder. */
export function compileLocation(value: Value, use: LocalPath['use'], scope: StepScope): Json {
  const path = staticText(value, scope)
  if (path === undefined) return compileText(value, scope)
  if (path.startsWith('s3://')) return path
  if (isUri(path)) {
    scope.findings.error('data-missing', value.range, `"${path}" is neither an s3:// URI nor a local path`)
    return ''
  }
  return uploadLocal(path, use, scope) ?? ''
}

/** Where code lies in S3 and in the container. */
export type PlacedCode = {readonly s3Uri: string; readonly entry: string; readonly bundle: BundleContent | undefined}

/** Code as plain files, for containers that mount it. Undefined when it was wrong. */
export function placeCode(code: CodeSpec, scope: StepScope): PlacedCode | undefined {
  const path = code.path.value
  if (path.startsWith('s3://')) {
    const entry = code.entry?.value ?? (code.isFolder ? '' : baseName(path))
    return {s3Uri: path, entry, bundle: undefined}
  }
  const entry = checkedEntry(code, scope)
  const s3Uri = uploadLocal(path, 'code', scope)
  return entry !== undefined && s3Uri !== undefined ? {s3Uri, entry, bundle: scope.bundles.get(path)} : undefined
}

/** Code as sourcedir.tar.gz, for script mode. Undefined when it was wrong. */
export function archiveCode(code: CodeSpec, scope: StepScope): PlacedCode | undefined {
  const path = code.path.value
  if (path.startsWith('s3://')) {
    if (code.isFolder && path.endsWith('.tar.gz'))
      return {s3Uri: path, entry: code.entry?.value ?? '', bundle: undefined}
    scope.findings.error('code-missing', code.range, 'script mode takes code in S3 as a tar.gz archive', {
      help: 'code: {dir: s3://bucket/sourcedir.tar.gz, entry: train.py}',
    })
    return undefined
  }
  const entry = checkedEntry(code, scope)
  const bundle = scope.bundles.get(path)
  if (entry === undefined || !bundle) return undefined
  const uri = `s3://${scope.target.bucket}/${scope.pipelineName}/code/${bundle.listSha256}/sourcedir.tar.gz`
  scope.uploads.set(uri, {uri, path, form: 'archive', sha256: bundle.listSha256})
  return {s3Uri: uri, entry, bundle}
}

/** The script's name inside the bundle; reported when a folder does not hold it. */
function checkedEntry(code: CodeSpec, scope: StepScope): string | undefined {
  const bundle = scope.bundles.get(code.path.value)
  if (!bundle) return undefined
  if (bundle.kind === 'file' && code.isFolder) {
    scope.findings.error('code-missing', code.path.range, `"${code.path.value}" is a file, not a folder`, {
      help: `code: ${code.path.value}`,
    })
    return undefined
  }
  if (bundle.kind === 'folder' && !code.isFolder) {
    scope.findings.error('code-missing', code.path.range, `"${code.path.value}" is a folder`, {
      help: `name the script too: code: {dir: ${code.path.value}, entry: main.py}`,
    })
    return undefined
  }
  const entry = code.isFolder ? code.entry?.value : bundle.files[0]?.name
  if (entry === undefined) return undefined
  if (bundle.files.some(({name}) => name === entry)) return entry
  const folder = `${code.path.value.replace(/\/$/, '')}/`
  const help = entry.startsWith(folder)
    ? `the entry is relative to the folder: ${entry.slice(folder.length)}`
    : suggestName(
        entry,
        bundle.files.map(({name}) => name),
      )
  const message = `there is no ${entry} in ${code.path.value}`
  scope.findings.error('code-missing', code.entry?.range ?? code.range, message, {help})
  return undefined
}

/** Notes that a local file or folder must be in S3, and gives its URI there. */
export function uploadLocal(path: string, use: 'code' | 'data', scope: StepScope): string | undefined {
  const bundle = scope.bundles.get(path)
  if (!bundle) return undefined
  const folder = `s3://${scope.target.bucket}/${scope.pipelineName}/${use}/${bundle.sha256}`
  const uri = bundle.kind === 'file' ? `${folder}/${bundle.files[0]?.name ?? ''}` : folder
  scope.uploads.set(uri, {uri, path, form: bundle.kind, sha256: bundle.sha256})
  return uri
}

export function isUri(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(path)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
