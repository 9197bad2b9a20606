// Which step runs took something: an object, a place in S3, or the content of a local file.

import {contentHash, liesAt} from './content.ts'
import type {OriginNote} from './origin-note.ts'
import type {StepRun, Taken} from './provenance.ts'

export type FileContent = {
  /** Relative to the spec's folder. */
  readonly path: string
  readonly sha256: string
  readonly listSha256: string
}

/** A run, and what of it was asked about. */
export type Match = {readonly run: StepRun; readonly taken: Taken}

/** `sha256` is that of the file itself, as far as the deploy has noted it. */
type FileMatch = Match & {readonly sha256: string}

export type FileMatches = {
  /** Took the very content that the file has now. */
  readonly same: readonly FileMatch[]
  /** Took what was at this path then, and is not what it is now. */
  readonly other: readonly FileMatch[]
}

/** By the place that each was given; `heldThen` tells whether what is asked about lay there. */
export function runsTaking(uri: string, runs: readonly StepRun[]): Match[] {
  return runs.flatMap((run) =>
    [...run.inputs, ...run.code].flatMap((taken) => (isGiven(uri, taken) ? [{run, taken}] : [])),
  )
}

/** SageMaker takes every key that begins with a prefix: `s3://b/part` is also `s3://b/part-1.csv`. */
function isGiven(uri: string, {uri: place, content}: Taken): boolean {
  const isPrefix = content?.kind === 'fingerprint' && uri.startsWith(place)
  return isPrefix || liesAt(place, uri) || liesAt(uri, place)
}

/** Those that wrote to a place where it lies, or below it. */
export function runsMaking(uri: string, runs: readonly StepRun[]): StepRun[] {
  return runs.filter(({outputs}) => outputs.some((output) => liesAt(uri, output.uri) || liesAt(output.uri, uri)))
}

/** `noteOf` is what the deploy of an execution has kept: it tells paths, and what the folders held. */
export function runsTakingFile(
  file: FileContent,
  runs: readonly StepRun[],
  noteOf: (executionArn: string) => OriginNote | undefined,
): FileMatches {
  const same: FileMatch[] = []
  const other: FileMatch[] = []
  for (const run of runs) {
    for (const taken of [...run.inputs, ...run.code]) {
      const sha256 = contentThen(file, taken, noteOf(run.executionArn))
      if (sha256 === undefined) continue
      if (sha256 === file.sha256) same.push({run, taken, sha256})
      else other.push({run, taken, sha256})
    }
  }
  return {same, other}
}

/** The hash of what the run took of this file; undefined when it took something else. */
function contentThen(file: FileContent, taken: Taken, note: OriginNote | undefined): string | undefined {
  const hash = taken.content?.kind === 'content-hash' ? taken.content.value : contentHash(taken.uri)
  if (hash === file.sha256 || hash === file.listSha256) return file.sha256
  const upload = note?.uploads.find(({uri}) => liesAt(taken.uri, uri))
  if (!upload) return undefined
  const source = plainPath(upload.source)
  if (source === plainPath(file.path)) return upload.files.length === 1 ? upload.files[0]?.sha256 : hash
  if (!file.path.startsWith(`${source}/`)) return undefined
  const within = file.path.slice(source.length + 1)
  return upload.files.find(({name}) => name === within)?.sha256
}

function plainPath(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '')
}
