// A real directory for one test, gone when the test is over.
import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {onTestFinished} from 'vitest'

/** Makes an empty directory, or one holding `files` (relative path to text), and removes it after the test. */
export function tempDir(files: Readonly<Record<string, string>> = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mlpipe-test-')))
  onTestFinished(() => rmSync(directory, {recursive: true, force: true, maxRetries: 5}))
  writeFiles(directory, files)
  return directory
}

/** Writes `files` (relative path to text) below `directory`. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(directory, path)
    mkdirSync(dirname(target), {recursive: true})
    writeFileSync(target, text)
  }
}
