// Running a part of the pipeline, and running again what failed, with the built program.

import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {type Stage, stages} from '../support/stage.ts'
import {tempDir} from '../support/temp-dir.ts'

const spec = `
name: line
parameters: {word: plain}
defaults: {image: "sklearn:1.2-1"}
steps:
  make: {type: processing, code: make.py, args: ["\${parameters.word}"], outputs: [out]}
  mend: {type: processing, code: mend.py, inputs: {in: "\${steps.make.outputs.out}"}, outputs: [out]}
  show: {type: processing, code: show.py, inputs: {in: "\${steps.mend.outputs.out}"}, outputs: [out]}
  apart: {type: processing, code: apart.py, outputs: [out]}
`

const noting = (name: string) => `open(${JSON.stringify('@log')}, "a").write("${name} ")\n`
const io = (root: string) => `/opt/ml/processing/${root}`

type Step = {readonly name: string; readonly state: string; readonly reusedFrom?: {readonly execution: string}}
type Document = {
  readonly outcome: string
  readonly execution: string
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
  readonly selection?: {readonly steps: readonly string[]; readonly source?: string}
  readonly error?: {readonly code: string; readonly message: string; readonly nextSteps: readonly string[]}
}

function makeProject(stage: Stage) {
  const cwd = tempDir()
  const log = join(cwd, 'log')
  const mended = join(cwd, 'mended')
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text.replaceAll('@log', log))
  write('mlpipe.yaml', spec)
  stage.prepare(join(cwd, 'mlpipe.yaml'))
  write('make.py', `import sys\n${noting('make')}open("${io('output/out/word')}", "w").write(sys.argv[1])\n`)
  write(
    'mend.py',
    `import os, shutil\n${noting('mend')}assert os.path.exists(${JSON.stringify(mended)}), "not mended"\nshutil.copy("${io('input/in/word')}", "${io('output/out/word')}")\n`,
  )
  write('show.py', `${noting('show')}print("word is " + open("${io('input/in/word')}").read())\n`)
  write('apart.py', noting('apart'))

  const mlpipe = (...args: string[]) => stage.mlpipe(cwd, ...args)
  const json = (...args: string[]) => {
    const {exit, stdout} = mlpipe(...args, '--json')
    return {exit, document: JSON.parse(stdout) as Document}
  }
  const takeLog = () => {
    const text = existsSync(log) ? readFileSync(log, 'utf8').trim() : ''
    rmSync(log, {force: true})
    return text.split(' ').sort().join(' ')
  }
  expect(mlpipe('deploy').exit).toBe(0)
  return {cwd, mlpipe, json, takeLog, mend: () => writeFileSync(mended, '')}
}

const states = ({steps}: Document) => steps.map(({name, state}) => `${name}=${state}`).join(' ')

describe.each(stages)('on %s', (_name, open) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await open()
  })

  it('runs from a step on, on the results of the latest execution that has them', () => {
    const {mlpipe, json, takeLog, mend} = makeProject(stage)
    const unrun = json('run', '--from', 'show')
    expect(unrun.exit).toBe(64)
    expect(unrun.document.error?.message).toBe('show needs what mend made, and the pipeline has not been run')

    const failed = json('run', '--param', 'word=odd')
    expect(failed.exit).toBe(1)
    takeLog()
    const refused = json('run', '--from', 'show')
    expect(refused.exit).toBe(64)
    expect(refused.document.error?.message).toContain(`${failed.document.execution}: "mend" failed`)

    mend()
    const {exit, document} = json('run', '--from', 'mend')
    expect(exit).toBe(0)
    expect(states(document)).toBe('make=reused mend=succeeded show=succeeded apart=not-run')
    expect(document.steps[0]?.reusedFrom?.execution).toBe(failed.document.execution)
    expect(document.selection).toEqual({steps: ['mend', 'show'], source: failed.document.execution})
    expect(document.notes).toContain(`${failed.document.execution} ran with word=odd (now plain)`)
    expect(takeLog()).toBe('mend show')
    expect(mlpipe('executions', 'logs', '--step', 'show').stdout).toContain('word is odd')

    const shown = mlpipe('executions', 'show').stdout
    expect(shown).toMatch(/^steps +2 ran, 1 reused, 1 not run$/m)
    expect(shown).toMatch(new RegExp(`^selected +mend, show \\(others from ${failed.document.execution}\\)$`, 'm'))
    expect(shown).toMatch(new RegExp(`^= +make .* reused +from ${failed.document.execution}`, 'm'))
  })

  it('runs only what is named, with what lies between, or from a named execution', () => {
    const {json, takeLog, mend} = makeProject(stage)
    mend()
    const first = json('run', '--param', 'word=first').document
    json('run', '--param', 'word=second')
    takeLog()

    expect(states(json('run', '--only', 'apart').document)).toBe(
      'make=not-run mend=not-run show=not-run apart=succeeded',
    )
    expect(takeLog()).toBe('apart')
    const gap = json('run', '--only', 'make,show')
    expect(gap.exit).toBe(64)
    expect(gap.document.error?.nextSteps).toEqual([
      expect.stringMatching(/^mlpipe run --select make,show( -t prod)? {2}\(runs it too\)$/),
    ])
    expect(states(json('run', '--select', 'make,show').document)).toBe(
      'make=succeeded mend=succeeded show=succeeded apart=not-run',
    )
    const named = json('run', '--only', 'show', '--source', first.execution.slice(0, 8)).document
    expect(named.selection).toEqual({steps: ['show'], source: first.execution})
    expect(json('run', '--from', 'shwo').document.error?.message).toContain('did you mean "show"?')
    expect(json('run', '--source', 'latest').exit).toBe(64)
    expect(json('run', '--from', 'make', '--only', 'show').exit).toBe(64)
  })

  it('retries an execution once what made it fail is mended, and keeps what had succeeded', () => {
    const {mlpipe, json, takeLog, mend} = makeProject(stage)
    const failed = json('run', '--param', 'word=kept').document
    expect(takeLog()).toBe('apart make mend')
    const again = json('executions', 'retry')
    expect(again.exit).toBe(1)
    expect(takeLog()).toBe('mend')

    mend()
    const {exit, document} = json('executions', 'retry', failed.execution)
    expect(exit).toBe(0)
    expect(document.execution).toBe(failed.execution)
    expect(states(document)).toBe('make=succeeded mend=succeeded show=succeeded apart=succeeded')
    expect(takeLog()).toBe('mend show')
    expect(mlpipe('executions', 'logs', '--step', 'show').stdout).toContain('word is kept')

    const done = json('executions', 'retry')
    expect(done.exit).toBe(64)
    expect(done.document.error?.code).toBe('not-retryable')
  })

  it('retries with the scripts that the execution was started with, says so, and leaves a mended one to a run', () => {
    const {cwd, mlpipe, json, takeLog} = makeProject(stage)
    json('run')
    writeFileSync(
      join(cwd, 'mend.py'),
      `import shutil\nshutil.copy("${io('input/in/word')}", "${io('output/out/word')}")\n`,
    )
    expect(mlpipe('deploy').exit).toBe(0)
    takeLog()
    const retried = mlpipe('executions', 'retry')
    expect(retried.exit).toBe(1)
    expect(retried.stderr).toContain('warning: what is deployed now differs from what this execution runs')
    expect(takeLog()).toBe('mend')
    expect(states(json('run', '--from', 'mend').document)).toBe(
      'make=reused mend=succeeded show=succeeded apart=not-run',
    )
  })

  it('leaves a retry to a process of its own with --no-wait', async () => {
    const {json, mend} = makeProject(stage)
    const failed = json('run').document
    mend()
    const started = json('executions', 'retry', '--no-wait')
    expect(started.exit).toBe(0)
    expect(started.document.outcome).toBe('started')
    const end = Date.now() + 30_000
    const status = () => (json('executions', 'show', failed.execution).document as unknown as {status: string}).status
    while (status() === 'Executing' && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100))
    expect(status()).toBe('Succeeded')
  })
})
