// What only real processes show: signals, detached workers, a killed process, closed pipes. Runs the built program.
import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {closeSync, openSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import {tempDir} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

const spec = `\
name: slow
parameters:
  seconds: 0
steps:
  quick:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    cache: 30d
    code: quick.py
    outputs: [x]
  slow:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    cache: 30d
    code: slow.py
    args: ["\${parameters.seconds}"]
    inputs:
      x: \${steps.quick.outputs.x}
`
const quick = "open('/opt/ml/processing/output/x/f', 'w').write('1')\n"
/** Deaf to SIGTERM, as programs are that hang. */
const stubborn = 'import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n'
const slow = "import sys, time\nprint('started', flush=True)\ntime.sleep(float(sys.argv[1]))\nprint('done')\n"

type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string}

function start(directory: string, ...argv: string[]) {
  const child = spawn(process.execPath, [program, ...argv], {cwd: directory, env: {...process.env, CI: '1'}})
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({code: Number(code), stdout, stderr}))
  return {child, ended, stdout: () => stdout, stderr: () => stderr}
}

const mlpipe = (directory: string, ...argv: string[]) => start(directory, ...argv).ended
const json = async (directory: string, ...argv: string[]) =>
  JSON.parse((await mlpipe(directory, ...argv, '--json')).stdout)

async function deployed(slowCode = slow): Promise<string> {
  const directory = tempDir({'mlpipe.yaml': spec, 'quick.py': quick, 'slow.py': slowCode})
  expect((await mlpipe(directory, 'deploy')).code).toBe(0)
  return directory
}

/** Resolves once the slow step's program is at work. */
async function slowStepRuns(directory: string): Promise<void> {
  for (;;) {
    const {stdout} = await mlpipe(directory, 'executions', 'logs', '--step', 'slow')
    if (stdout.includes('started')) return
    await delay(50)
  }
}

async function runUntilSlow(
  directory: string,
): Promise<{child: ChildProcess; ended: Promise<Ended>; stderr(): string}> {
  const run = start(directory, 'run', '--param', 'seconds=60')
  await slowStepRuns(directory)
  return run
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops the execution, says how to look at it, and exits 130',
  async (signal) => {
    const directory = await deployed()
    const {child, ended} = await runUntilSlow(directory)
    child.kill(signal)
    const {code, stdout, stderr} = await ended
    expect(code).toBe(130)
    expect(stderr).toMatch(/^stopping execution [a-z0-9]{12}; Ctrl-C again ends it at once$/m)
    expect(stderr).toMatch(/^- {2}slow .* stopped /m)
    expect(stdout).toMatch(/^status +Stopped as you asked/m)
    expect(stdout).toMatch(/^ {2}mlpipe executions show [a-z0-9]{12}$/m)
    expect(await json(directory, 'executions', 'show')).toMatchObject({status: 'Stopped'})
  },
)

it('a second Ctrl-C does not wait for a step that does not listen', async () => {
  const directory = await deployed(`${stubborn}${slow}`)
  const {child, ended, stderr} = await runUntilSlow(directory)
  child.kill('SIGINT')
  while (!stderr().includes('stopping execution')) await delay(20)
  child.kill('SIGINT')
  expect((await ended).code).toBe(130)
  expect(await json(directory, 'executions', 'show')).toMatchObject({status: 'Stopped'})
})

it('after kill -9 the next command says what happened, and a new run reuses what had succeeded', async () => {
  const directory = await deployed()
  const {child, ended} = await runUntilSlow(directory)
  child.kill('SIGKILL')
  await ended
  const listed = await mlpipe(directory, 'executions', 'list')
  expect(listed.stderr).toMatch(
    /^warning: execution [a-z0-9]{12} of slow lost its process during slow, and is marked Failed$/m,
  )
  expect(listed.stdout).toMatch(/Failed/)
  expect((await mlpipe(directory, 'executions', 'list')).stderr).not.toContain('warning')

  const again = await mlpipe(directory, 'run')
  expect(again.code).toBe(0)
  expect(again.stderr).toMatch(/^= {2}quick .* cached /m)
})

it('--no-wait hands the execution to a process of its own', async () => {
  const directory = await deployed()
  const started = await mlpipe(directory, 'run', '--no-wait', '--param', 'seconds=1')
  expect(started.code).toBe(0)
  expect(started.stdout).toMatch(
    /^arn +arn:aws:sagemaker:us-east-1:000000000000:pipeline\/slow\/execution\/[a-z0-9]{12}$/m,
  )
  const followed = await mlpipe(directory, 'executions', 'logs', '--follow', '--step', 'slow')
  expect(followed.stdout).toBe('started\ndone\n')
  expect(await json(directory, 'executions', 'show')).toMatchObject({status: 'Succeeded', counts: {succeeded: 2}})
})

it('--timeout stops waiting with 75; the execution goes on and can be stopped', async () => {
  const directory = await deployed()
  const {code, stdout} = await mlpipe(directory, 'run', '--timeout', '1s', '--param', 'seconds=60')
  expect(code).toBe(75)
  expect(stdout).toMatch(/^status +still running, no longer waited for/m)
  await slowStepRuns(directory)
  const stopped = await mlpipe(directory, 'executions', 'stop')
  expect(stopped.stdout).toMatch(/^[a-z0-9]{12} has ended: Stopped$/m)
  expect(stopped.code).toBe(0)
})

it('two runs at once both end right', async () => {
  const directory = await deployed()
  const both = await Promise.all([mlpipe(directory, 'run'), mlpipe(directory, 'run')])
  expect(both.map(({code}) => code)).toEqual([0, 0])
  expect((await json(directory, 'executions', 'list')).executions).toMatchObject([
    {status: 'Succeeded'},
    {status: 'Succeeded'},
  ])
})

it('a reader that goes away ends nothing with a stack trace', async () => {
  const directory = await deployed()
  const {child, ended} = start(directory, 'run')
  child.stdout?.destroy()
  child.stderr?.destroy()
  expect((await ended).code).toBe(0)
})

it('Ctrl-C while logs are followed exits 130 and leaves the execution alone', async () => {
  const directory = await deployed()
  await mlpipe(directory, 'run', '--no-wait', '--param', 'seconds=60')
  await slowStepRuns(directory)
  const follow = start(directory, 'executions', 'logs', '--follow')
  while (!follow.stdout().includes('started')) await delay(20)
  follow.child.kill('SIGINT')
  expect((await follow.ended).code).toBe(130)
  expect(await json(directory, 'executions', 'show')).toMatchObject({status: 'Executing'})
  expect((await mlpipe(directory, 'executions', 'stop')).stdout).toContain('Stopped')
})

it('logs that were followed to the end say how it ended', async () => {
  const directory = await deployed()
  await mlpipe(directory, 'run', '--no-wait')
  const {code, stderr} = await mlpipe(directory, 'executions', 'logs', '--follow')
  expect(stderr).toMatch(/note: execution \w+ has ended: Succeeded\n$/)
  expect(code).toBe(0)
})

it('a result that cannot be written is told, without a stack trace', async () => {
  const full = openSync('/dev/full', 'w')
  const directory = tempDir({'mlpipe.yaml': spec, 'quick.py': quick, 'slow.py': slow})
  const {status, stderr} = spawnSync(process.execPath, [program, 'validate'], {
    cwd: directory,
    stdio: ['ignore', full, 'pipe'],
  })
  closeSync(full)
  expect(String(stderr)).toMatch(/^error: the result cannot be written: ENOSPC[^\n]*\n$/)
  expect(status).toBe(69)
})

it.each([
  ['help', 'run'],
  ['run', '--help'],
])('mlpipe %s %s shows the help of run', async (...argv) => {
  const {code, stdout} = await mlpipe(tempDir(), ...argv)
  expect(stdout).toContain('$ mlpipe run [')
  expect(code).toBe(0)
})

it('an unknown command exits 64 with the nearest one', async () => {
  const {code, stderr} = await mlpipe(join(program, '..'), 'validat')
  expect(stderr).toBe(
    'error: "validat" is not a command of mlpipe: did you mean "validate"?\n  next: mlpipe validate\n',
  )
  expect(code).toBe(64)
})
