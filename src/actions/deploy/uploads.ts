// Code and data under their content hashes: which of it a target lacks, and its way there. The hash is part of the URI, so
// what is there is what is wanted.

import type {ObjectFacts, ObjectsPort} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {BundleFile} from '../../project/bundle.ts'
import {packSourceArchive} from '../../project/source-archive.ts'
import {inParallel} from '../in-parallel.ts'
import type {Reporter} from '../reporter.ts'
import type {LocalUpload} from './deployment.ts'

/** `files` are those that are not there; of an archive and of a single file all that it has. */
export type MissingUpload = LocalUpload

const parallelCalls = 8

export async function missingUploads(uploads: readonly LocalUpload[], objects: ObjectsPort): Promise<MissingUpload[]> {
  const missing = new Map<string, MissingUpload>()
  await inParallel(uploads, parallelCalls, async (upload) => {
    if (await objects.exists(probeOf(upload))) return
    missing.set(upload.uri, upload.form === 'folder' ? await restOf(upload, objects) : upload)
  })
  return uploads.flatMap(({uri}) => missing.get(uri) ?? [])
}

/** The last file of a folder goes up when all others are there, so it stands for them. */
function probeOf({uri, form, files}: LocalUpload): string {
  const last = form === 'folder' ? files.at(-1) : undefined
  return last ? `${uri}/${last.name}` : uri
}

/** An upload that broke off has left files there; an object is there whole or not at all. */
async function restOf(upload: LocalUpload, objects: ObjectsPort): Promise<MissingUpload> {
  const prefix = `${upload.uri}/`
  const keyStart = prefix.indexOf('/', 's3://'.length) + 1
  const there = new Set((await listed(prefix, objects)).map(({key}) => key))
  const files = upload.files.filter(({name}) => !there.has(`${prefix.slice(keyStart)}${name}`))
  return {...upload, files, bytes: sum(files)}
}

/** A bucket that is not there holds nothing; `local` makes it with the first object, and on AWS it is told of later. */
async function listed(prefix: string, objects: ObjectsPort): Promise<readonly ObjectFacts[]> {
  try {
    return await objects.list(prefix)
  } catch (error) {
    if (error instanceof MlpipeError && error.code === 'no-such-bucket') return []
    throw error
  }
}

type Transfer = {readonly bytes: number; send(onBytes: (sent: number) => void): Promise<void>}

/** `sent` counts the files that have arrived, also when it ends with an error. */
export async function sendUploads(
  missing: readonly MissingUpload[],
  objects: ObjectsPort,
  reporter: Reporter,
  sent: {files: number},
): Promise<void> {
  const rounds = [missing.flatMap((upload) => firstRound(upload, objects)), lastRound(missing, objects)]
  const transfers = rounds.flat()
  const total = {files: transfers.length, bytes: sum(transfers)}
  let arrived = 0
  const tell = () => {
    const files = {sent: sent.files, total: total.files}
    reporter.report({kind: 'upload-progress', files, bytes: {sent: arrived, total: total.bytes}})
  }
  for (const {uri, source, bytes} of missing) reporter.report({kind: 'upload', uri, source, bytes})
  for (const round of rounds) {
    await inParallel(round, parallelCalls, async (transfer) => {
      let told = 0
      const count = (bytes: number) => {
        arrived += bytes - told
        told = bytes
      }
      await transfer.send((bytes) => {
        count(bytes)
        tell()
      })
      count(transfer.bytes)
      sent.files += 1
      tell()
    })
  }
}

export function countFiles(missing: readonly MissingUpload[]): number {
  return missing.reduce((count, {form, files}) => count + (form === 'archive' ? 1 : files.length), 0)
}

function firstRound(upload: MissingUpload, objects: ObjectsPort): Transfer[] {
  const {uri, form, files, bytes} = upload
  if (form === 'archive') {
    return [{bytes, send: async () => objects.put(uri, await packSourceArchive(files))}]
  }
  if (form === 'file') return files.map((file) => transferOf(file, uri, objects))
  return files.slice(0, -1).map((file) => transferOf(file, `${uri}/${file.name}`, objects))
}

/** The files that say of a folder that all of it is there. */
function lastRound(missing: readonly MissingUpload[], objects: ObjectsPort): Transfer[] {
  return missing.flatMap(({uri, form, files}) => {
    const last = form === 'folder' ? files.at(-1) : undefined
    return last ? [transferOf(last, `${uri}/${last.name}`, objects)] : []
  })
}

function transferOf({path, bytes}: BundleFile, uri: string, objects: ObjectsPort): Transfer {
  return {bytes, send: (onBytes) => objects.putFile(uri, path, {onBytes})}
}

function sum(items: readonly {readonly bytes: number}[]): number {
  return items.reduce((total, {bytes}) => total + bytes, 0)
}
