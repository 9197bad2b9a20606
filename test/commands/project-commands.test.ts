// Commands that need no target: results, errors and exit codes as users and scripts see them.
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import Compile from '../../src/commands/compile.ts'
import ExecutionsList from '../../src/commands/executions/list.ts'
import Init from '../../src/commands/init.ts'
import Run from '../../src/commands/run.ts'
import Validate from '../../src/commands/validate.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir} from '../support/temp-dir.ts'

const spec = `\
name: churn
steps:
  stop:
    type: fail
    message: enough
`
const project = (text = spec) => join(tempDir({'mlpipe.yaml': text}), 'mlpipe.yaml')

it('validate says what it found on stdout', async () => {
  const file = project()
  expect(await runCommand(Validate, 'validate', ['-f', file])).toEqual({
    stdout: `${file} is valid: pipeline churn for target local, 1 step, 0 parameters\n`,
    stderr: '',
    exitCode: 0,
  })
})

it('--json prints one document', async () => {
  const {stdout, stderr} = await runCommand(Validate, 'validate', ['-f', project(), '--json'])
  expect(JSON.parse(stdout)).toMatchObject({formatVersion: 1, pipeline: 'churn', steps: [{name: 'stop', type: 'fail'}]})
  expect(stderr).toBe('')
})

it('compile prints the definition and nothing else', async () => {
  const {stdout, exitCode} = await runCommand(Compile, 'compile', ['-f', project()])
  expect(JSON.parse(stdout)).toMatchObject({Version: '2020-12-01', Steps: [{Name: 'stop', Type: 'Fail'}]})
  expect(exitCode).toBe(0)
})

it('compile -o writes the same bytes and leaves nothing beside them', async () => {
  const file = project()
  const directory = tempDir()
  const printed = await runCommand(Compile, 'compile', ['-f', file])
  const path = join(directory, 'definition.json')
  const {stdout} = await runCommand(Compile, 'compile', ['-f', file, '-o', path])
  expect(readFileSync(path, 'utf8')).toBe(printed.stdout)
  expect(stdout).toBe(`${path} holds the definition of churn for target local (0 files to upload)\n`)
  expect(readdirSync(directory)).toEqual(['definition.json'])
})

it('compile -o into a folder that does not exist says so', async () => {
  const path = join(tempDir(), 'none', 'definition.json')
  const {stderr, exitCode} = await runCommand(Compile, 'compile', ['-f', project(), '-o', path])
  expect(stderr).toContain('there is no folder')
  expect(exitCode).toBe(64)
})

describe('a wrong spec', () => {
  const wrong = 'name: churn\nsteps:\n  stop:\n    type: fial\n    message: enough\n'

  it('is shown with its place on stderr and exits 65', async () => {
    const file = project(wrong)
    const {stdout, stderr, exitCode} = await runCommand(Validate, 'validate', ['-f', file])
    expect(stderr).toContain(`${file}:4:11 error unknown-step-type`)
    expect(stderr).toContain('did you mean "fail"?')
    expect(stdout).toBe('')
    expect(exitCode).toBe(65)
  })

  it('is a JSON document with --json', async () => {
    const {stdout, stderr, exitCode} = await runCommand(Validate, 'validate', ['-f', project(wrong), '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      error: {code: 'spec-invalid', who: 'user', exit: 65},
      diagnostics: [{code: 'unknown-step-type', severity: 'error', start: {line: 4, column: 11}}],
    })
    expect(stderr).toBe('')
    expect(exitCode).toBe(65)
  })
})

describe('wrong usage exits 64 and says what is right', () => {
  it.each([
    ['an unknown flag', Validate, 'validate', ['--flie', 'x'], 'there is no flag --flie: did you mean "--file"?'],
    ['an argument too many', Validate, 'validate', ['x'], 'mlpipe validate does not take "x"'],
    ['a flag without its value', Run, 'run', ['--param'], 'flag --param expects a value'],
    ['text for a number', ExecutionsList, 'executions:list', ['--limit', 'x'], '--limit: expected an integer'],
    ['no such spec', Validate, 'validate', ['-f', '/none/mlpipe.yaml'], '/none/mlpipe.yaml'],
    ['an unknown template', Init, 'init', ['x', '--template', 'minimla'], 'did you mean "minimal"?'],
  ])('%s', async (_name, command, id, argv, message) => {
    const {stdout, stderr, exitCode} = await runCommand(command, id, argv)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(exitCode).toBe(64)
  })

  it('in JSON too, though parsing failed', async () => {
    const {stdout, exitCode} = await runCommand(Validate, 'validate', ['--json', '--flie'])
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'unknown-flag', nextSteps: ['mlpipe validate --help']}})
    expect(exitCode).toBe(64)
  })
})

it('a time that is none is refused before anything is read', async () => {
  const {stderr, exitCode} = await runCommand(Run, 'run', ['-f', '/none', '--timeout', 'soon'])
  expect(stderr).toContain('--timeout takes a time such as 45s, 90m or 2h, not "soon"')
  expect(exitCode).toBe(64)
})

it('without AWS credentials an AWS target says what is missing, and nothing is made', async () => {
  const text = `${spec}targets:\n  prod:\n    region: us-east-1\n    role: arn:aws:iam::111122223333:role/R\n    bucket: b\n`
  const file = project(text)
  const {stderr, exitCode} = await runCommand(ExecutionsList, 'executions:list', ['-f', file, '-t', 'prod'])
  expect(stderr).toMatch(/^target prod \(AWS us-east-1\)\n/)
  expect(stderr).toContain('needs AWS credentials')
  expect(exitCode).toBe(69)
  expect(existsSync(join(file, '..', '.mlpipe'))).toBe(false)
})

it('init writes a project once and never over another', async () => {
  const directory = join(tempDir(), 'new')
  const first = await runCommand(Init, 'init', [directory, '--template', 'minimal'])
  expect(first.stdout).toContain('minimal is ready in')
  expect(existsSync(join(directory, 'mlpipe.yaml'))).toBe(true)

  const second = await runCommand(Init, 'init', [directory, '--template', 'minimal'])
  expect(second.exitCode).toBe(64)
  expect((await runCommand(Init, 'init', [directory, '--template', 'minimal', '--force'])).exitCode).toBe(0)
})
