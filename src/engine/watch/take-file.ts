// A file of a watched folder becomes an object; object, event and the memory of it are one transaction.

import {statSync} from 'node:fs'
import type {OperationContext} from '../operations/context.ts'
import type {ObjectEntry} from '../store/object-records.ts'
import {measureMd5} from '../store/object-records.ts'
import {findWatchedFile, keepWatchedFile} from '../store/watched-files.ts'
import type {FoundFile} from './scan.ts'

export type Destination = {readonly bucket: string; readonly key: string}

export type TakeContext = Pick<OperationContext, 'db' | 'objects'>

/** It was written to meanwhile, or another server has taken it. */
class NotTaken extends Error {}

/** Undefined when the file has the content that it was last taken with; `moved` when it did not hold still. */
export async function takeFile(
  file: FoundFile,
  {bucket, key}: Destination,
  {db, objects}: TakeContext,
): Promise<ObjectEntry | 'moved' | undefined> {
  const uri = `s3://${bucket}/${key}`
  const {relativePath: _, ...facts} = file
  const md5 = await measureMd5(file.path)
  if (md5 === undefined || !isAsFound(file)) return 'moved'
  const isTaken = () => findWatchedFile(db, file.path, uri)?.md5 === md5
  const remember = () => keepWatchedFile(db, {...facts, uri, md5})
  if (isTaken()) {
    remember()
    return undefined
  }

  const settle = () => {
    if (!isAsFound(file) || isTaken()) throw new NotTaken()
    remember()
    return {etag: md5, headers: {}}
  }
  try {
    return await objects.putFile(bucket, key, file.path, {settle})
  } catch (error) {
    if (!isAsFound(file)) return 'moved'
    if (error instanceof NotTaken) return undefined
    throw error
  }
}

function isAsFound({path, size, modifiedMs}: FoundFile): boolean {
  const facts = statSync(path, {throwIfNoEntry: false})
  return facts?.size === size && facts.mtimeMs === modifiedMs
}
