// Golden files by folder: adding a case adds a folder and no code. Only `npm run golden` writes the expected files.
import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect} from 'vitest'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

export type GoldenCase = {readonly name: string; readonly directory: string}

/** The cases below test/fixtures/<folder>, one per sub-folder, sorted by name. Throws when there is none. */
export function goldenCases(folder: string): GoldenCase[] {
  const parent = join(fixtures, folder)
  const cases = readdirSync(parent, {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({name: entry.name, directory: join(parent, entry.name)}))
  if (cases.length === 0) throw new Error(`no case in ${parent}`)
  return cases.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Expects `text` to be the content of `file` in the case's folder; a file that is missing is a failure too. */
export async function expectGolden(golden: GoldenCase, file: string, text: string): Promise<void> {
  await expect(text).toMatchFileSnapshot(join(golden.directory, file))
}
