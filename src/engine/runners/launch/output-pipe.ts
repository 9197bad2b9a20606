// The pipe that a job's output comes through, so that `echo x > /dev/stderr` works in a job as it does in a container.
//
// Node connects its children by sockets, and Linux refuses to open a socket by its name under /dev or /proc. So the job gets
// a named pipe whose name is removed at once. mkfifo(1) costs a process; hence a pipe that nobody writes to any more is
// used again, by way of /proc. Elsewhere Node's own way is good enough: macOS opens /dev/stderr as a copy of the descriptor.

import {execFile} from 'node:child_process'
import {closeSync, constants, openSync, unlinkSync} from 'node:fs'
import {Socket} from 'node:net'
import {platform} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import type {Env} from './programs.ts'
import {findProgram} from './programs.ts'

export type OutputPipe = {
  /** For the job's stdout and stderr; to be given up, by `closeWriter`, when the job has it. */
  readonly writer: number
  readonly reader: Socket
  closeWriter(): void
}

const run = promisify(execFile)

/** Pipes that are open for reading in this process and for writing nowhere. */
const spare: number[] = []

/** Undefined where the system has no such pipes. `directory` is where one may be made. */
export async function openOutputPipe(directory: string, env: Env): Promise<OutputPipe | undefined> {
  if (platform() !== 'linux') return undefined
  try {
    const kept = spare.pop() ?? (await makePipe(join(directory, 'pipe'), env))
    return kept === undefined ? undefined : openBothEnds(kept)
  } catch {
    // A file system without named pipes, or no /proc.
    return undefined
  }
}

async function makePipe(path: string, env: Env): Promise<number | undefined> {
  const mkfifo = findProgram('mkfifo', env)
  if (mkfifo === undefined) return undefined
  await run(mkfifo, ['-m', '600', path])
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } finally {
    unlinkSync(path)
  }
}

/** `kept` stays open besides, and becomes spare when the last writer has gone. */
function openBothEnds(kept: number): OutputPipe {
  const writer = openWriter(kept)
  let hasEnded = false
  const reader = new Socket({
    fd: openEnd(kept, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  })
  reader.on('end', () => {
    hasEnded = true
  })
  reader.on('close', () => {
    if (hasEnded) spare.push(kept)
    else closeSync(kept)
  })
  reader.on('error', () => undefined)
  return {writer, reader, closeWriter: () => closeSync(writer)}
}

function openWriter(kept: number): number {
  try {
    return openEnd(kept, constants.O_WRONLY)
  } catch (error) {
    closeSync(kept)
    throw error
  }
}

function openEnd(kept: number, flags: number): number {
  return openSync(`/proc/self/fd/${kept}`, flags)
}
