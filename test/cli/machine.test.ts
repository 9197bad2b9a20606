// The machine as doctor sees it: programs that answer, fail and are missing, and directories that can be written.

import {chmodSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {thisMachine} from '../../src/cli/machine.ts'
import {tempDir} from '../support/temp-dir.ts'

function withProgram(script: string) {
  const directory = tempDir({program: `#!/bin/sh\n${script}\n`})
  chmodSync(join(directory, 'program'), 0o755)
  return thisMachine({PATH: directory})
}

it.each([
  ['a program that answers', 'echo first; echo "version 1.2"', {kind: 'answered', text: 'version 1.2'}],
  ['one that answers on stderr', 'echo "Python 2.7" >&2', {kind: 'answered', text: 'Python 2.7'}],
  ['one that fails', 'echo "no daemon" >&2; exit 1', {kind: 'failed', text: 'no daemon'}],
])('%s', async (_what, script, expected) => {
  expect(await withProgram(script).ask('program', [])).toEqual(expected)
})

it('a program that is not on PATH is missing', async () => {
  expect(await thisMachine({PATH: tempDir()}).ask('program', [])).toEqual({kind: 'missing'})
})

it('a sandbox that the environment asks for and that does not exist is a problem', async () => {
  expect(await thisMachine({PATH: '', MLPIPE_SANDBOX: 'jail'}).sandbox()).toEqual({
    problem: expect.stringContaining('"jail"'),
  })
  expect(await thisMachine({PATH: '', MLPIPE_SANDBOX: 'none'}).sandbox()).toEqual({kind: 'none'})
})

it('a directory that is not there yet is as good as the one above it; a file is none', async () => {
  const directory = tempDir()
  const {whyReadOnly} = thisMachine({})
  expect(await whyReadOnly(join(directory, 'a/b'))).toBeUndefined()
  writeFileSync(join(directory, 'file'), '')
  expect(await whyReadOnly(join(directory, 'file'))).toBe('it is no directory')
})
