// Finds and reads the spec file.

import {readFile, stat} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import type {Source} from '../diagnostics/diagnostic.ts'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'

export const defaultSpecName = 'mlpipe.yaml'

/** A pipeline of 1,000 steps takes about 0.5 MB. */
const maximumBytes = 5_000_000

export type SpecFile = {
  /** As the user gave it, for messages. */
  readonly shownPath: string
  readonly directory: string
  readonly source: Source
}

/** Reads the file named with -f, or mlpipe.yaml in the working directory. A BOM is dropped. */
export async function readSpecFile(file: string | undefined, cwd: string): Promise<SpecFile> {
  const shownPath = file ?? defaultSpecName
  const path = resolve(cwd, shownPath)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw missingSpec(shownPath, file === undefined)
  if (found.isDirectory()) {
    throw new MlpipeError({
      code: 'spec-is-a-directory',
      message: `${shownPath} is a directory, not a spec`,
      exit: 65,
      nextSteps: [`mlpipe validate -f ${join(shownPath, defaultSpecName)}`],
    })
  }
  if (found.size > maximumBytes) {
    throw new MlpipeError({
      code: 'spec-too-large',
      message: `${shownPath} has ${Math.round(found.size / 1e6)} MB; a spec may have ${maximumBytes / 1e6} MB`,
      exit: 65,
      nextSteps: ['keep data in files of their own and name them under `inputs:`'],
    })
  }
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new MlpipeError({code: 'spec-unreadable', message: `${shownPath} cannot be read`, exit: 65, cause: error})
  })
  return {shownPath, directory: dirname(path), source: {path: shownPath, text: text.replace(/^\uFEFF/, '')}}
}

function missingSpec(shownPath: string, isDefault: boolean): MlpipeError {
  return new MlpipeError({
    code: 'spec-not-found',
    message: isDefault ? `there is no ${shownPath} in this directory` : `there is no file ${shownPath}`,
    nextSteps: isDefault ? ['mlpipe init my-pipeline', 'mlpipe <command> -f path/to/mlpipe.yaml'] : [],
  })
}
