// What a deploy keeps of what it was made from, beside the pipeline's code and data in S3. The tags of a pipeline tell of its last
// deploy only; a note is found again from the definition that an execution ran, and by the time at which it began.

import {createHash} from 'node:crypto'
import {parseExactJson} from '../definition/exact-json.ts'
import {canonicalJson, isJsonObject, type Json} from '../definition/json.ts'
import {objectsAt, textAt} from '../definition/json-members.ts'

export type NotedUpload = {
  readonly uri: string
  /** The local file or folder, as the spec names it. */
  readonly source: string
  /** What a folder held; absent where it held too much to be listed. */
  readonly files: readonly {readonly name: string; readonly sha256: string}[]
}

export type OriginNote = {
  readonly deployedAtMs: number
  readonly specFile: string
  readonly specSha256?: string
  readonly gitCommit?: string
  readonly gitDirty?: boolean
  readonly mlpipeVersion?: string
  readonly uploads: readonly NotedUpload[]
}

/** A folder of data may hold thousands. */
const mostFiles = 200

/** Undefined for a text that is no JSON. */
export function definitionDigest(definition: string): string | undefined {
  try {
    return createHash('sha256')
      .update(canonicalJson(parseExactJson(definition)))
      .digest('hex')
  } catch {
    return undefined
  }
}

/** Ends with `/`: the notes of one definition, oldest first by their names. */
export function notesUri(bucket: string, pipeline: string, digest: string): string {
  return `s3://${bucket}/${pipeline}/origins/${digest}/`
}

/** Sorted by name, the oldest comes first; of two deploys in the same millisecond each has its own. */
export function noteName(text: string, deployedAtMs: number): string {
  const time = new Date(deployedAtMs).toISOString().replace(/[-:]/g, '')
  return `${time}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`
}

/** When the deploy was; undefined for what is no note. */
export function noteTimeMs(name: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)([\d.]+Z)-[0-9a-f]{8}\.json$/.exec(name)
  if (!match) return undefined
  const [, year, month, day, hours, minutes, rest] = match
  const ms = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${rest}`)
  return Number.isNaN(ms) ? undefined : ms
}

export function formatNote({deployedAtMs, uploads, ...note}: OriginNote): string {
  const document = {
    formatVersion: 1,
    kind: 'mlpipe-origin',
    deployedAt: new Date(deployedAtMs).toISOString(),
    ...note,
    uploads: uploads.map(({uri, source, files}) => ({uri, source, files: files.length > mostFiles ? [] : files})),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Undefined for what is none: anyone may put objects there. */
export function parseNote(document: Json | undefined): OriginNote | undefined {
  if (!isJsonObject(document) || document.kind !== 'mlpipe-origin') return undefined
  const deployedAtMs = Date.parse(textAt(document, 'deployedAt') ?? '')
  if (Number.isNaN(deployedAtMs)) return undefined
  const {gitDirty} = document
  return {
    deployedAtMs,
    specFile: textAt(document, 'specFile') ?? '',
    ...optional('specSha256', textAt(document, 'specSha256')),
    ...optional('gitCommit', textAt(document, 'gitCommit')),
    ...optional('mlpipeVersion', textAt(document, 'mlpipeVersion')),
    ...(typeof gitDirty === 'boolean' ? {gitDirty} : {}),
    uploads: objectsAt(document, 'uploads').flatMap((upload) => {
      const [uri, source] = [textAt(upload, 'uri'), textAt(upload, 'source')]
      return uri === undefined || source === undefined ? [] : [{uri, source, files: filesOf(upload)}]
    }),
  }
}

function filesOf(upload: Json): NotedUpload['files'] {
  return objectsAt(upload, 'files').flatMap((file) => {
    const [name, sha256] = [textAt(file, 'name'), textAt(file, 'sha256')]
    return name === undefined || sha256 === undefined ? [] : [{name, sha256}]
  })
}

function optional<Name extends string>(name: Name, value: string | undefined): {readonly [key in Name]?: string} {
  return (value === undefined ? {} : {[name]: value}) as {readonly [key in Name]?: string}
}
