// Writes a result into a file that the user named.

import {rename, rm, writeFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import type {World} from './world.ts'

/** Whole or not at all: the text goes beside the file first and takes its place then. */
export async function writeOutput(path: string, text: string, {cwd, newToken}: Pick<World, 'cwd' | 'newToken'>) {
  const target = resolve(cwd, path)
  const temporary = `${target}.${newToken().slice(0, 8)}`
  try {
    await writeFile(temporary, text)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, {force: true})
    throw error
  }
}
