// The built program on a real terminal, where oclif, ora and the live progress take other paths than in a pipe.
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {displayWidth, stripColour} from '../../src/views/style.ts'
import {answerOnTerminal, onTerminal} from '../support/on-terminal.ts'
import {tempDir} from '../support/temp-dir.ts'

it.each([[['--help']], [['run', '--help']], [['--version']]])('%j says something and ends with 0', async (argv) => {
  const {code, screen} = await onTerminal(tempDir(), 80, ...argv)
  expect(screen).toMatch(/mlpipe/)
  expect(code).toBe(0)
})

it('the first minute: init, deploy, run', async () => {
  const directory = tempDir()
  const project = join(directory, 'tumours')
  expect((await onTerminal(directory, 60, 'init', 'tumours')).code).toBe(0)
  expect((await onTerminal(project, 60, 'deploy')).code).toBe(0)
  const {code, screen} = await onTerminal(project, 60, 'run')
  expect(stripColour(screen)).toMatch(/^status +Succeeded after/m)
  expect(screen).toContain('\u001B[?25h')
  const stayed = stripColour(screen.slice(screen.lastIndexOf('\u001B[?25h'))).split('\n')
  expect(stayed.filter((line) => displayWidth(line) > 60 && !/^ {2}mlpipe|^arn/.test(line))).toEqual([])
  expect(code).toBe(0)
})

const failing = `\
name: failing
steps:
  a-step-with-a-long-name-of-forty-characters:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: fail.py
`

it('what a job prints cannot take over the terminal', async () => {
  const code = `print('\\x1b[31mred\\x1b[2J\\x1b]0;title\\x07 \\r 10%\\r 20%', flush=True)\nraise SystemExit('\\x1b[5mblinks')\n`
  const directory = tempDir({'mlpipe.yaml': failing, 'fail.py': code})
  await onTerminal(directory, 80, 'deploy')
  for (const argv of [['run'], ['executions', 'show'], ['executions', 'logs']]) {
    const {screen} = await onTerminal(directory, 80, ...argv)
    expect(screen).toContain('20%')
    expect(screen).toContain('blinks')
    expect(screen).not.toMatch(/\u001B\[5m|\u001B\[2J|\u001B\]0;|10%/)
  }
})

it('however narrow, the state of a step is seen', async () => {
  const directory = tempDir({'mlpipe.yaml': failing, 'fail.py': 'raise SystemExit(3)\n'})
  await onTerminal(directory, 40, 'deploy')
  const {code, screen} = await onTerminal(directory, 40, 'run')
  expect(stripColour(screen)).toMatch(/✗ {2}a-step-with-a-l… {2}failed/m)
  expect(code).toBe(1)
})

it.each([
  ['Ctrl-C', '\x03', 130],
  ['Ctrl-D', '\x04', 0],
  ['n', 'n\n', 0],
])('%s at a question keeps everything', async (_key, keys, exit) => {
  const directory = tempDir({'mlpipe.yaml': failing, 'fail.py': ''})
  await onTerminal(directory, 80, 'deploy')
  const {code, screen} = await answerOnTerminal(directory, {question: 'y/N', keys}, 'local', 'reset')
  expect(screen).not.toContain('bug')
  expect(code).toBe(exit)
  expect(existsSync(join(directory, '.mlpipe'))).toBe(true)
})
