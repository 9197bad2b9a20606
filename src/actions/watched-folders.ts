// The folders that `mlpipe local serve --watch` is to take files from: what was given is right, and the folders are there, before
// the server says that it is ready.

import {constants} from 'node:fs'
import {access, stat} from 'node:fs/promises'
import {relative, resolve} from 'node:path'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'

export type WatchedFolder = {
  /** Absolute. */
  readonly directory: string
  readonly bucket: string
  /** Empty, or with `/` at its end. */
  readonly prefix: string
}

type Places = {readonly cwd: string; readonly stateDirectory: string}

/** Each as `DIR=s3://BUCKET/PREFIX`. */
export async function planWatches(given: readonly string[], places: Places): Promise<WatchedFolder[]> {
  const folders = given.map((text) => parseWatch(text, places.cwd))
  for (const folder of folders) await checkFolder(folder, places)
  return folders
}

export function uriOf({bucket, prefix}: WatchedFolder): string {
  return `s3://${bucket}/${prefix}`
}

/** The name of a folder may have `=` in it. */
function parseWatch(text: string, cwd: string): WatchedFolder {
  const [, directory = '', bucket = '', path = ''] = /^(.+)=s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(text) ?? []
  if (directory === '') throw unreadable(text, 'it is not of the form DIR=s3://BUCKET/PREFIX')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw unreadable(text, `'${bucket}' cannot be a bucket: it takes 3 to 63 small letters, digits, . and -`)
  }
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`
  return {directory: resolve(cwd, directory), bucket, prefix}
}

async function checkFolder({directory}: WatchedFolder, {cwd, stateDirectory}: Places): Promise<void> {
  const place = relative(cwd, directory) || '.'
  const facts = await stat(directory).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw isMissing
      ? unwatchable(place, 'there is no such folder', [`mkdir -p ${place}`], error)
      : noEntry(place, error)
  })
  if (!facts.isDirectory()) throw unwatchable(place, 'it is a file, and a folder is watched')
  await access(directory, constants.R_OK | constants.X_OK).catch((error: unknown) => {
    throw noEntry(place, error)
  })
  const inside = relative(stateDirectory, directory)
  if (!inside.startsWith('..'))
    throw unwatchable(place, "it lies in the engine's own state, which the engine writes to")
}

function unreadable(text: string, why: string): MlpipeError {
  return new MlpipeError({
    code: 'unusable-watch',
    message: `--watch ${text}: ${why}`,
    nextSteps: ['mlpipe local serve --watch incoming=s3://my-bucket/incoming'],
  })
}

function noEntry(place: string, cause: unknown): MlpipeError {
  return unwatchable(place, 'this user may not read it', [`ls -ld ${place}  (who may)`], cause)
}

function unwatchable(place: string, why: string, nextSteps: readonly string[] = [], cause?: unknown): MlpipeError {
  return new MlpipeError({code: 'unusable-watch', message: `cannot watch ${place}: ${why}`, nextSteps, cause})
}
