// `mlpipe import`: the spec on stdout, what is said about it on stderr, and the exit code.

import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import Compile from '../../src/commands/compile.ts'
import Import from '../../src/commands/import.ts'
import {parseExactJson} from '../../src/definition/exact-json.ts'
import {canonicalJson} from '../../src/definition/json.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'

const abalone = fileURLToPath(new URL('../fixtures/definitions/abalone_classic.json', import.meta.url))

it('prints the spec alone, and says on stderr how much is in its own words', async () => {
  const {stdout, stderr, exitCode} = await runCommand(Import, 'import', [abalone])
  expect(stdout).toMatch(/^# Imported by mlpipe from abalone_classic\.json\n\nname: abalone-classic\n/)
  expect(stderr).toMatch(/^note: 6 steps and 5 parameters: 100 % in the words of the spec; steps 6 in short keys, /)
  expect(exitCode).toBe(0)
})

it('writes a spec that mlpipe compile turns into the definition it came from, to the digit', async () => {
  const file = join(tempDir(), 'mlpipe.yaml')
  const written = await runCommand(Import, 'import', [abalone, '-o', file, '--check', '--quiet'])
  expect(written).toEqual({
    stdout: `${file} holds the spec of abalone-classic (6 steps, 5 parameters)\n`,
    stderr: '',
    exitCode: 0,
  })
  const compiled = await runCommand(Compile, 'compile', ['-f', file, '--quiet'])
  const texts = [compiled.stdout, readFileSync(abalone, 'utf8')]
  const [got, wanted] = texts.map((text) => canonicalJson(parseExactJson(text)))
  expect(got).toBe(wanted)
})

it('exits with 1 with --check when SageMaker would refuse the definition', async () => {
  const step = {Name: 'a', Type: 'BedrockModelImport', Arguments: {Model: {Get: 'Steps.nowhere.ModelName'}}}
  const directory = tempDir({'odd.json': JSON.stringify({Version: '2020-12-01', Steps: [step]})})
  const {stdout, exitCode} = await runCommand(Import, 'import', [join(directory, 'odd.json'), '--check', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({outcome: 'failed', check: {isSame: true, errors: [{severity: 'error'}]}})
  expect(exitCode).toBe(1)
})
