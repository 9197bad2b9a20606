// Watches a folder: a file that has appeared or changed, and then held still, becomes an object. Looks every second, since no
// file system tells of everything; where the folder itself tells of a change, at once.

import {type FSWatcher, watch} from 'node:fs'
import {switchEventsOn} from '../store/bucket-settings.ts'
import {findWatchedFile} from '../store/watched-files.ts'
import {type FoundFile, scanFolder} from './scan.ts'
import {type TakeContext, takeFile} from './take-file.ts'

export type WatchedFolder = {
  /** Absolute. */
  readonly directory: string
  readonly bucket: string
  /** Empty, or with `/` at its end. */
  readonly prefix: string
}

export type WatchListeners = {
  onTaken?(file: FoundFile, uri: string): void
  /** The folder or a file of it cannot be read; told once, and tried again. */
  onTrouble?(path: string, error: unknown): void
}

export type WatchOptions = WatchListeners & {
  /** Not looked into: the engine writes there. */
  readonly excluded: string
  /** How long a file has to stay as it is. */
  readonly settleMs?: number
  readonly pollMs?: number
}

export type Watch = {
  /** Resolves when a file that is being taken is taken. */
  close(): Promise<void>
}

/** What was done to the bucket: it was not there, or did not send its events. */
export type Prepared = {readonly isNew: boolean; readonly isSwitchedOn: boolean}

/** Makes the bucket when it is missing, and has it send its events to EventBridge. */
export async function prepareBucket(bucket: string, {db, objects}: TakeContext): Promise<Prepared> {
  const isNew = !(await objects.hasBucket(bucket))
  if (isNew) await objects.createBucket(bucket)
  return {isNew, isSwitchedOn: switchEventsOn(db, bucket)}
}

export function watchFolder(folder: WatchedFolder, context: TakeContext, options: WatchOptions): Watch {
  const {settleMs = 1000, pollMs = 1000} = options
  const notices = startNotices(folder.directory, () => lookSoon())
  const state = {
    seen: new Map<string, FoundFile>(),
    waiting: new Map<string, Waiting>(),
    told: new Map<string, string>(),
  }
  let timer: NodeJS.Timeout | undefined
  let pass: Promise<void> | undefined
  let isClosed = false

  const look = () => {
    clearTimeout(timer)
    if (isClosed || pass !== undefined) return
    const startedMs = performance.now()
    pass = lookOnce(folder, state, context, {...options, settleMs, isClosed: () => isClosed}).finally(() => {
      pass = undefined
      // A folder that takes long to walk is walked less often.
      const restMs = Math.max(pollMs, 10 * (performance.now() - startedMs))
      if (!isClosed) timer = setTimeout(look, state.waiting.size > 0 ? Math.min(restMs, settleMs) : restMs)
    })
  }
  const lookSoon = () => {
    clearTimeout(timer)
    if (!isClosed && pass === undefined) timer = setTimeout(look, noticeMs)
  }

  look()
  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      notices?.close()
      await pass
    },
  }
}

/** Notices come in swarms. */
const noticeMs = 50

type Waiting = {readonly file: FoundFile; readonly sinceMs: number}

type State = {
  /** By path: as they were when they were taken. */
  readonly seen: Map<string, FoundFile>
  readonly waiting: Map<string, Waiting>
  /** By path: the trouble that was told. */
  readonly told: Map<string, string>
}

type LookOptions = WatchListeners & {
  readonly excluded: string
  readonly settleMs: number
  isClosed(): boolean
}

async function lookOnce(
  folder: WatchedFolder,
  state: State,
  context: TakeContext,
  options: LookOptions,
): Promise<void> {
  const files = await attempt(folder.directory, state, options, () => scanFolder(folder.directory, options.excluded))
  const paths = new Set(files?.map(({path}) => path))
  if (files) for (const path of state.waiting.keys()) if (!paths.has(path)) state.waiting.delete(path)
  for (const file of files ?? []) {
    if (options.isClosed()) return
    const key = folder.prefix + file.relativePath
    if (isSeen(file, key, folder, state, context) || !hasSettled(file, state, options.settleMs)) continue
    const taken = await attempt(file.path, state, options, () => takeFile(file, {bucket: folder.bucket, key}, context))
    if (taken === 'moved' || state.told.has(file.path)) continue
    state.waiting.delete(file.path)
    state.seen.set(file.path, file)
    if (taken) options.onTaken?.(file, `s3://${folder.bucket}/${key}`)
  }
}

/** Also by another server, or an earlier one: the state remembers. */
function isSeen(file: FoundFile, key: string, {bucket}: WatchedFolder, {seen}: State, {db}: TakeContext): boolean {
  const before = seen.get(file.path) ?? findWatchedFile(db, file.path, `s3://${bucket}/${key}`)
  return before !== undefined && isUnchanged(before, file)
}

function hasSettled(file: FoundFile, {waiting}: State, settleMs: number): boolean {
  const before = waiting.get(file.path)
  if (before && isUnchanged(before.file, file)) return performance.now() - before.sinceMs >= settleMs
  waiting.set(file.path, {file, sinceMs: performance.now()})
  return false
}

type Facts = Pick<FoundFile, 'size' | 'modifiedMs'>

function isUnchanged(before: Facts, now: Facts): boolean {
  return before.size === now.size && before.modifiedMs === now.modifiedMs
}

/** Undefined where it failed. */
async function attempt<Result>(path: string, {told}: State, {onTrouble}: LookOptions, run: () => Promise<Result>) {
  try {
    const result = await run()
    told.delete(path)
    return result
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (told.get(path) !== message) onTrouble?.(path, error)
    told.set(path, message)
    return undefined
  }
}

/** Of the folder alone: what lies deeper is not told of on every system. */
function startNotices(directory: string, onNotice: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, onNotice)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
