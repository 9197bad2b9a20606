// `mlpipe schema`, and what `mlpipe init` makes of it: an editor finds the schema beside the spec, without a network.

import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {schema} from '../../src/actions/schema.ts'
import Init from '../../src/commands/init.ts'
import Schema from '../../src/commands/schema.ts'
import Validate from '../../src/commands/validate.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'

it('prints the schema alone, or writes the same bytes', async () => {
  const path = join(tempDir(), 'schema.json')
  const printed = await runCommand(Schema, 'schema', [])
  const written = await runCommand(Schema, 'schema', ['-o', path])
  expect(printed).toEqual({stdout: schema().text, stderr: '', exitCode: 0})
  expect(readFileSync(path, 'utf8')).toBe(printed.stdout)
  expect(written.stdout).toContain(`# yaml-language-server: $schema=${path}`)
})

it('init puts it beside the spec, whose first line names it', async () => {
  const directory = join(tempDir(), 'new')
  const {stdout} = await runCommand(Init, 'init', [directory, '--template', 'minimal'])
  const [first = ''] = readFileSync(join(directory, 'mlpipe.yaml'), 'utf8').split('\n')
  // The form that the YAML language server looks for: https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
  const named = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? ''
  expect(readFileSync(join(directory, named), 'utf8')).toBe(schema().text)
  expect(stdout).toContain(named)
  expect((await runCommand(Validate, 'validate', ['-f', join(directory, 'mlpipe.yaml')])).exitCode).toBe(0)
})

it('init --force brings an older schema up to date', async () => {
  const directory = join(tempDir({'new/.mlpipe.schema.json': '{}'}), 'new')
  expect((await runCommand(Init, 'init', [directory, '--template', 'minimal', '--force'])).exitCode).toBe(0)
  expect(readFileSync(join(directory, '.mlpipe.schema.json'), 'utf8')).toBe(schema().text)
})
