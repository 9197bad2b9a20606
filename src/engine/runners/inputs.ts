// Copies a job's inputs from the object store to where its request wants them.
// Source: SageMaker API, S3DataSource and ProcessingS3Input: S3Prefix is every object whose key begins with the URI's key.

import {constants} from 'node:fs'
import {copyFile, mkdir, readFile} from 'node:fs/promises'
import {dirname, join, posix} from 'node:path'
import type {Json} from '../../definition/json.ts'
import {isJsonObject} from '../../definition/json.ts'
import {parseS3Uri} from '../store/objects.ts'
import {clientFault} from './job-fault.ts'
import type {InputSource} from './job-plan.ts'
import type {JobObjects} from './job-types.ts'
import {hostPath} from './ml-paths.ts'

type Placed = {readonly sourcePath: string; readonly relativePath: string}

/** Where inputs are copied from and to. */
export type InputPlace = {
  readonly mlDirectory: string
  readonly deps: {readonly objects: Pick<JobObjects, 'head' | 'list'>}
}

const parallelCopies = 8

/** Copies one input; a fault when there is nothing to copy. Stops early when `isCancelled`. */
export async function copyInput(input: InputSource, context: InputPlace, isCancelled: () => boolean): Promise<void> {
  const directory = hostPath(context.mlDirectory, input.localPath, input.owner)
  const placed = await findObjects(input, context)
  if (placed.length === 0 && !input.isOptional) throw noObjects(input)

  await mkdir(directory, {recursive: true})
  const made = new Set([directory])
  const waiting = placed[Symbol.iterator]()
  const copyOneByOne = async () => {
    for (const {sourcePath, relativePath} of waiting) {
      if (isCancelled()) return
      const target = join(directory, relativePath)
      if (!made.has(dirname(target))) await mkdir(dirname(target), {recursive: true})
      made.add(dirname(target))
      await copyFile(sourcePath, target, constants.COPYFILE_FICLONE)
    }
  }
  await Promise.all(Array.from({length: Math.min(parallelCopies, placed.length)}, copyOneByOne))
}

/** Bucket and key of an S3 URI; a fault when it is none. */
export function parseUri(uri: string, owner: string): {bucket: string; key: string} {
  const parsed = parseS3Uri(uri)
  if (!parsed) throw clientFault(`${owner} has "${uri}", which is no S3 URI; one looks like s3://bucket/key`)
  return parsed
}

async function findObjects(input: InputSource, context: InputPlace): Promise<Placed[]> {
  return input.kind === 'ManifestFile' ? findByManifest(input, context) : findByPrefix(input, context)
}

async function findByPrefix(input: InputSource, context: InputPlace): Promise<Placed[]> {
  const {bucket, key: prefix} = parseUri(input.uri, input.owner)
  const entries = await context.deps.objects.list(bucket, prefix)
  return entries
    .filter(({key}) => !key.endsWith('/'))
    .map(({key, path}) => ({sourcePath: path, relativePath: safePath(relativeKey(key, prefix), input)}))
}

/** Below the prefix when it is a folder of the key; else (the object itself, or a name that begins alike) from the prefix's folder on. */
export function relativeKey(key: string, prefix: string): string {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  if (key.startsWith(folder)) return key.slice(folder.length)
  return key.slice(prefix.lastIndexOf('/') + 1)
}

/** A manifest is `[{"prefix": "s3://bucket/some/"}, "a.csv", "b/c.csv"]`. */
async function findByManifest(input: InputSource, context: InputPlace): Promise<Placed[]> {
  const {bucket, key} = parseUri(input.uri, input.owner)
  const manifest = await context.deps.objects.head(bucket, key)
  if (!manifest) throw noObjects(input)

  const [head, ...names] = parseManifest(await readFile(manifest.path, 'utf8'), input)
  const prefix = isJsonObject(head) && typeof head.prefix === 'string' ? head.prefix : undefined
  if (prefix === undefined)
    throw clientFault(`the manifest "${input.uri}" of ${input.owner} does not begin with {"prefix": "s3://…"}`)
  return Promise.all(names.map((name) => findListed(String(name), prefix, input, context)))
}

async function findListed(name: string, prefix: string, input: InputSource, context: InputPlace): Promise<Placed> {
  const {bucket, key} = parseUri(prefix + name, input.owner)
  const entry = await context.deps.objects.head(bucket, key)
  if (!entry)
    throw clientFault(`the manifest "${input.uri}" of ${input.owner} lists "${prefix}${name}", which does not exist`)
  return {sourcePath: entry.path, relativePath: safePath(name, input)}
}

function parseManifest(text: string, input: InputSource): readonly Json[] {
  try {
    const document = JSON.parse(text) as Json
    if (Array.isArray(document)) return document
  } catch {
    // Said below, as for any other document that is no list.
  }
  throw clientFault(`the manifest "${input.uri}" of ${input.owner} is not a JSON list`)
}

/** A key is any text; as a path it must stay below the input's directory. */
function safePath(relative: string, input: InputSource): string {
  const normal = posix.normalize(relative)
  const isInside =
    normal !== '.' && normal !== '..' && !normal.startsWith('../') && !normal.startsWith('/') && !normal.includes('\0')
  if (!isInside)
    throw clientFault(`the key "${relative}" below "${input.uri}" of ${input.owner} cannot be a file's path`)
  return normal
}

/** SageMaker's own sentence, as far as it is true here. */
function noObjects(input: InputSource): Error {
  const wording = `No S3 objects found under S3 URL "${input.uri}" given in input data source (${input.owner}).`
  return clientFault(`Data download failed:${wording} Ensure that objects exist under that S3 prefix`)
}
