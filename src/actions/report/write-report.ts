// Writes a report into a file, and over an earlier report, but over nothing else.

import {open, stat} from 'node:fs/promises'
import {resolve} from 'node:path'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {World} from '../world.ts'
import {writeOutput} from '../write-output.ts'

/** A report says what it is within its first characters. */
const firstBytes = 1024

/** `mark`: what stands in every report, near its beginning. */
export async function writeReport(path: string, text: string, mark: string, world: World): Promise<void> {
  const named = resolve(world.cwd, path)
  const there = await stat(named).catch(() => undefined)
  if (there?.isFile() && there.size > 0 && !(await beginning(named)).includes(mark)) {
    throw new MlpipeError({
      code: 'not-a-report',
      message: `${path} is there already, and is not a report of mlpipe: it is not written over`,
      nextSteps: ['mlpipe report -o FILE  (another file)'],
    })
  }
  await writeOutput(path, text, world)
}

async function beginning(path: string): Promise<string> {
  const file = await open(path)
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(firstBytes), 0, firstBytes, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
