// Reads the first part of a file that a job may have written.

import {constants} from 'node:fs'
import {open} from 'node:fs/promises'

/** The start of a file as text; undefined when there is no file, or nothing in it. A named pipe is not waited for. */
export async function readStart(path: string, bytes: number): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined)
  if (!file) return undefined
  try {
    if (!(await file.stat()).isFile()) return undefined
    const {bytesRead, buffer} = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    // A character cut in two at the end is left out.
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), {stream: true})
    return text === '' ? undefined : text
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}
